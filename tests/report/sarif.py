"""What SARIF 2.1.0 asks of a report, in the words of this project, and the schema of the standard where it is installed.

The first is what code scanning and editors read. The second comes with the npm package PACKAGE, which
`make test-external` installs.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from tests.published import node_package

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = "@microsoft/jest-sarif"
"""Its version 1.0.0-beta.0 holds `lib/schemas/sarif-2.1.0-rtm.5.json`, the schema of OASIS."""


def _object(required: Iterable[str], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _list(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


_TEXT = {"type": "string", "minLength": 1}
_FROM_ONE = {"type": "integer", "minimum": 1}
_FROM_ZERO = {"type": "integer", "minimum": 0}
_LEVEL = {"enum": ["error", "warning", "note"]}
_MESSAGE = _object(["text"], {"text": {"type": "string"}, "markdown": _TEXT})
_ARTIFACT = _object(["uri"], {"uri": {"type": "string", "format": "uri-reference"}, "uriBaseId": _TEXT})
_REGION = _object([], {"startLine": _FROM_ONE, "startColumn": _FROM_ONE, "endLine": _FROM_ONE, "endColumn": _FROM_ONE})
_PHYSICAL = _object(["artifactLocation"], {"artifactLocation": _ARTIFACT, "region": _REGION})
_LOCATION = _object([], {"physicalLocation": _PHYSICAL, "logicalLocations": _list(_object([], {"kind": _TEXT}))})
_REPLACEMENT = _object(["deletedRegion"], {"deletedRegion": _REGION, "insertedContent": _object(["text"], {})})
_CHANGE = _object(
    ["artifactLocation", "replacements"],
    {"artifactLocation": _ARTIFACT, "replacements": _list(_REPLACEMENT, minItems=1)},
)
_RULE = _object(["id", "shortDescription"], {"id": _TEXT, "shortDescription": _MESSAGE, "help": _MESSAGE})
_RESULT = _object(
    ["ruleId", "ruleIndex", "level", "message", "locations"],
    {
        "ruleId": _TEXT,
        "ruleIndex": _FROM_ZERO,
        "level": _LEVEL,
        "message": _MESSAGE,
        "locations": _list(_LOCATION),
        "relatedLocations": _list(_LOCATION),
        "occurrenceCount": _FROM_ONE,
        "fixes": _list(_object(["artifactChanges"], {"artifactChanges": _list(_CHANGE, minItems=1)})),
    },
)
_DRIVER = _object(["name", "version", "rules"], {"name": _TEXT, "version": _TEXT, "rules": _list(_RULE)})
_RUN = _object(
    ["tool", "results", "columnKind"],
    {
        "tool": _object(["driver"], {"driver": _DRIVER}),
        "columnKind": {"enum": ["unicodeCodePoints", "utf16CodeUnits"]},
        "results": _list(_RESULT),
    },
)
_REPORT = _object(
    ["$schema", "version", "runs"],
    {"$schema": _TEXT, "version": {"const": "2.1.0"}, "runs": _list(_RUN, minItems=1, maxItems=1)},
)
_VALIDATOR = jsonschema_rs.Draft7Validator(_REPORT, validate_formats=True)


def problems(document: Any) -> list[str]:
    """What code scanning or an editor would stumble over in a report; nothing, if all is well."""
    return [str(error) for error in _VALIDATOR.iter_errors(document)]


@cache
def _standard() -> jsonschema_rs.Draft4Validator:
    path = node_package(PACKAGE) / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
    text = path.read_text(encoding="utf-8").replace("{2}]?$", "{2}$")  # a bracket too many, twice: no engine takes it
    return jsonschema_rs.Draft4Validator(json.loads(text), validate_formats=True)


def problems_by_the_standard(document: Any) -> list[str]:
    """What the schema of the standard says against a report. Needs PACKAGE."""
    return [str(error) for error in _standard().iter_errors(document)]
