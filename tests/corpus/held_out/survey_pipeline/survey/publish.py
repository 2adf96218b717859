from dataclasses import dataclass


@dataclass
class Meta:
    """Meta tags of the web page."""

    survey_id: str
    cohort: str
    extra: dict[str, str]


def publish(text: str, meta: Meta) -> str:
    tags = "".join(f'<meta property="{k}" content="{v}">' for k, v in meta.extra.items())
    return f"<head>{tags}</head><body>{text}</body>"
