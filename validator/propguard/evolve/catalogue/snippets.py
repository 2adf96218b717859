"""How the properties of a schema are written in a program: once for each language, with properties of that schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.evolve import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.model.names import Names
    from propguard.model.schema import Property, PropertySchema

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+)*\Z")
"""Names and values that stand in every language as they are."""

_PYTHON = """\
import httpx
from openai import OpenAI

client = OpenAI(
    base_url="https://oai.helicone.ai/v1",
    default_headers={
        "Helicone-Auth": f"Bearer {helicone_api_key}",
@HEADERS@
    },
)

# afterwards, for a request that is stored already
httpx.put(
    f"https://api.helicone.ai/v1/request/{request_id}/property",
    headers={"Authorization": f"Bearer {helicone_api_key}"},
    json={"key": "@KEY@", "value": "@VALUE@"},
).raise_for_status()
"""
_TYPESCRIPT = """\
import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://oai.helicone.ai/v1",
  defaultHeaders: {
    "Helicone-Auth": `Bearer ${heliconeApiKey}`,
@HEADERS@
  },
});

// afterwards, for a request that is stored already
await fetch(`https://api.helicone.ai/v1/request/${requestId}/property`, {
  method: "PUT",
  headers: { Authorization: `Bearer ${heliconeApiKey}`, "Content-Type": "application/json" },
  body: JSON.stringify({ key: "@KEY@", value: "@VALUE@" }),
});
"""
_CURL = """\
curl https://oai.helicone.ai/v1/chat/completions \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H "Content-Type: application/json" \\
  -H "Helicone-Auth: Bearer $HELICONE_API_KEY" \\
@HEADERS@
  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}'

# afterwards, for a request that is stored already
curl -X PUT "https://api.helicone.ai/v1/request/$REQUEST_ID/property" \\
  -H "Authorization: Bearer $HELICONE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"key": "@KEY@", "value": "@VALUE@"}'
"""
_LANGUAGES = (
    ("Python", "python", _PYTHON, '        "{name}": "{value}",'),
    ("TypeScript", "ts", _TYPESCRIPT, '    "{name}": "{value}",'),
    ("curl", "sh", _CURL, '  -H "{name}: {value}" \\'),
)
_MOST = 3


def snippets(schema: PropertySchema, names: Names, level: int) -> list[str]:
    """A heading and a block of code for each language; none where no property has a value that could be shown."""
    shown = _shown(schema)
    if not shown:
        return []
    key, value = shown[-1]
    blocks = []
    for title, word, text, line in _LANGUAGES:
        headers = [line.format(name=wording.header_name(names, name), value=sample) for name, sample in shown]
        code = text.replace("@HEADERS@", "\n".join(headers)).replace("@KEY@", key).replace("@VALUE@", value)
        blocks += [f"{'#' * level} {title}", f"```{word}\n{code}```"]
    return blocks


def _shown(schema: PropertySchema) -> list[tuple[str, str]]:
    """The properties to show, each with a value: what is required before what is closed, and that before the rest."""
    found = [
        (declared, value)
        for declared in schema.properties.values()
        if (value := wording.sample(declared)) is not None and _is_fit(declared, value)
    ]
    found.sort(key=lambda pair: (not pair[0].required, pair[0].enum is None))
    return [(declared.name, value) for declared, value in found[:_MOST]]


def _is_fit(declared: Property, value: str) -> bool:
    texts: Sequence[str] = (declared.name, value)
    return not declared.is_namespace and declared.deprecated is None and all(map(_PLAIN.match, texts))
