from survey import model as llm
from survey.publish import Meta as PageMeta
from survey.publish import publish


async def summarise(coded, survey, *, key):
    extra = dict(step="summarise", answers=len(coded))
    if survey.embargoed:
        extra["embargo"] = survey.embargo_date.isoformat()
    answer = await llm.ask("\n".join(c["text"] for c in coded), llm.Meta(survey_id=survey.id, extra=extra), key=key)
    publish(answer["text"], PageMeta(survey_id=survey.id, cohort="public", extra={"og:type": "article"}))
    return answer
