client.chat.completions.create(model="m", extra_headers={"Helicone-Property-App": "chat"})
client.with_options(default_headers={"Helicone-Property-App": "chat"}).chat()
llm = ChatOpenAI(default_headers={"Helicone-Property-App": "chat"}).bind(extra_headers={"Helicone-Property-App": "b"})
litellm.completion(model="m", metadata={"Helicone-Property-App": "chat"}, headers={"Helicone-Property-App": "c"})
requests.post(url, headers={"Helicone-Property-App": "chat"}, timeout=3)
HeliconeManualLogger(headers={"Helicone-Property-App": "a"}).log_request(
    request, operation, additional_headers={"Helicone-Property-App": "b"}
)
httpx.AsyncClient(headers=[("Helicone-Property-App", "chat")])
