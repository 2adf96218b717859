from ..model import Meta, ask_all, note
from ..names import QUALITY


async def code_answers(answers, survey, *, key):
    meta = Meta(
        survey.id,
        cohort=survey.cohort or "all",
        extra={"step": "code", "codebook": survey.codebook.version},
    )
    coded = await ask_all([f"Code: {a}" for a in answers], meta, key=key)
    for one in coded:
        agreed = survey.codebook.knows(one["text"])
        note(one["id"], key=key, agreed=agreed, **{QUALITY: 1.0 if agreed else 0.0})
        survey.note(one["id"], key="agreed", agreed=agreed)
    return coded
