"""Where the platform's own libraries take properties in another form than that of a header: one row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from propguard.model.finding import Door


class Surface(NamedTuple):
    """One such form; `id` is also the end of the name of the folder of its example, `tests/cases/lint/surface_<id>`.

    `names` are what the option, or the method, is called. An option `holds` below `path` either `properties`, whose keys are
    written without the prefix, or a list of `tags`. The first argument of a method is a map that holds `attributes`, those
    of which are properties that have the prefix. Where not only this platform has a method of the name, `about` are the
    words of which a file holds one that means this one.
    """

    id: str
    names: tuple[str, ...]
    holds: Literal["properties", "tags", "attributes"]
    door: Door
    path: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


_BODIES = ("extraBody", "extra_body", "providerOptions", "provider_options")
_LOGGERS = ("HeliconeAsyncLogger", "helicone_async", "@helicone/async", "traceloop", "Traceloop")

SURFACES = (
    # The provider for the AI SDK makes headers of both (Helicone/ai-sdk, src/helicone-language-model.ts).
    Surface("extra_body_properties", _BODIES, "properties", "header", ("helicone", "properties")),
    Surface("extra_body_tags", _BODIES, "tags", "header", ("helicone", "tags")),
    # So do the earlier packages for JavaScript and Python.
    Surface("helicone_meta", ("heliconeMeta",), "properties", "header", ("properties",)),
    Surface("helicone_meta_python", ("helicone_meta",), "properties", "header", ("custom_properties",)),
    # OpenTelemetry keeps the case of its attributes; of those without a prefix the platform takes none.
    Surface(
        "association_properties",
        ("set_association_properties", "setAssociationProperties", "withAssociationProperties"),
        "attributes",
        "api",
    ),
    Surface(
        "logger_properties",
        ("set_properties", "with_properties", "setProperties", "withProperties"),
        "attributes",
        "api",
        about=_LOGGERS,
    ),
)

OPTIONS = tuple(dict.fromkeys(name for surface in SURFACES if surface.holds != "attributes" for name in surface.names))
"""What the options are called; a file that holds one and writes properties by it names the platform, too."""
