"""Bodies that the platform's validator turns down, with the words that it has for them.

Source: tsoa's generated validation as Helicone/helicone at 67df07b8 configures it (no additional properties).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from propguard.sandbox.bodies import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

Kind = Literal["string", "number", "boolean", "object", "filter"]

_TYPES: Mapping[Kind, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "filter": (dict, str),
}


def faults_in(body: Any, required: Mapping[str, Kind], optional: Mapping[str, Kind] | None = None) -> dict[str, Any]:
    """What is wrong with the fields of a body, by field; empty where nothing is."""
    if not isinstance(body, dict):
        return {"requestBody": {"message": "invalid object", "value": body}}
    known = {**required, **(optional or {})}
    details: dict[str, Any] = {}
    for name, value in body.items():
        if name not in known:
            message = f'"{name}" is an excess property and therefore is not allowed'
            details[f"requestBody.{name}"] = {"message": message, "value": name}
        elif not isinstance(value, _TYPES[known[name]]) or (isinstance(value, bool) and known[name] != "boolean"):
            details[f"requestBody.{name}"] = {"message": f"invalid {known[name]} value", "value": value}
    for name in required:
        if name not in body:
            details[f"requestBody.{name}"] = {"message": f"'{name}' is required"}
    return details


def invalid(details: Mapping[str, Any], **further: object) -> Response:
    """The answer to a body that the validator turned down."""
    return answer(422, {"message": "Validation Failed", "details": details, **further})
