"""A session is one grant application; all that is asked within it carries its tags."""

import os
import typing as t

import anthropic

URL = "https://anthropic.helicone.ai"
_P = "Helicone-Property-"


class Session:
    model = "claude-3-5-sonnet-latest"

    def __init__(self, call_id: str, **tags: str):
        self.call_id = call_id
        self._tags: t.Dict[str, str] = dict(tags)
        self._client = anthropic.Anthropic(base_url=URL)

    def label(self, name: str, value: t.Any) -> "Session":
        self._tags[name] = str(value)
        return self

    def _headers(self, more: t.Optional[t.Mapping[str, t.Any]]) -> t.Dict[str, str]:
        result = {"Helicone-Auth": f"Bearer {os.getenv('HELICONE_API_KEY')}", _P + "Call": self.call_id}
        result.update({_P + k: v for k, v in self._tags.items()})
        if more:
            result.update((_P + k, str(v)) for k, v in more.items())
        return result

    def write(self, instruction: str, *, section: str, tags: t.Optional[t.Mapping[str, t.Any]] = None) -> str:
        headers = self._headers(tags)
        headers[_P + "Section"] = section
        reply = self._client.messages.create(
            model=self.model,
            max_tokens=2048,
            messages=[{"role": "user", "content": instruction}],
            extra_headers=headers,
        )
        return reply.content[0].text


class DraftSession(Session):
    model = "claude-3-5-haiku-latest"

    def __init__(self, call_id: str, author: str):
        super().__init__(call_id, stage="draft", author=author)


def open_session(call_id: str, final: bool = False) -> Session:
    if final:
        return Session(call_id, stage="final")
    return DraftSession(call_id, author=os.environ.get("USER", "unknown"))
