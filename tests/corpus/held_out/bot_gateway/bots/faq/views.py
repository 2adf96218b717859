from django.http import JsonResponse

from bots.chatlog import chatlog
from gateway import gateway, llm_feature, llm_properties


@llm_feature("faq", surface="web")
def answer(request):
    text = gateway.complete(request.POST["q"], properties={"page_section": request.POST.get("section", "top")})
    chatlog.complete(request.POST["q"], properties={"page_section": "log", "surface": "web"})
    return JsonResponse({"answer": text, "properties": {"surface": "web"}})


def suggest(request):
    with llm_properties(feature="suggest", user_tier=request.user.tier):
        return JsonResponse({"items": gateway.complete("Suggest three questions").splitlines()})
