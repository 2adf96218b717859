"""A project's own functions through which properties are written: what is known of them, whatever file they stand in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from propguard.lint.origin import UNKNOWN
from propguard.lint.text import Text
from propguard.model.naming import fold
from propguard.model.stored_key import stored_key
from propguard.model.wrapper import FoundWrapper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.functions import Parameter
    from propguard.lint.origin import Origin
    from propguard.model.finding import Door


_OPTIONS = re.compile(r"(?i)opt|conf|c(?:on)?te?xt|param|prop|setting|meta|tag|arg|input|req|label|trace|llm|self|this")
"""What an object is called that is there to carry options."""

_ANY = frozenset({"value", "val", "name", "label", "tag", "v"})
"""Names of parameters that say nothing of what they hold."""


Kind = Literal["function", "method", "class", "made", "declared", "option"]

_KEEPING = frozenset({"given", "if", "text", *UNKNOWN})
"""Changes after which a value is still the one that was given."""

MOST_DERIVED = 12
"""Templates of one function up to which those are followed that it has from the functions it calls: each of these may add a
few to every one of theirs, so that there is no end to them where functions call each other."""

ELSEWHERE = -1
"""The owner of a template's parameters: no function of the document that reads it."""


class Write(NamedTuple):
    """A place at which a property is written. `node` is the key, or where no key stands the call.

    `literal` is the map literal that it stands in, `wrapper` the function through which it goes; `implied` tells that the key
    is the wrapper's own, written in the file `fixed_in`, and the call only gives a value; `is_whole`, that it gives an object of which the value is a part.
    `caller_key` is what the call writes for the key where that is not the header's whole name.
    """

    node: Node
    door: Door
    shape: str
    key: Text
    values: tuple[Text, ...]
    literal: Node | None = None
    wrapper: str | None = None
    implied: bool = False
    is_whole: bool = False
    fixed_in: str | None = None
    caller_key: str | None = None


class Template(NamedTuple):
    """What a wrapper writes: a key and values in which holes stand for its parameters.

    `shape` is that of the write in its body; `returned` where it only makes the name of a header.
    """

    door: Door
    shape: str
    key: Text
    values: tuple[Text, ...]


class Wrapper(NamedTuple):
    """A function, method or class by which properties are written.

    `name` is what a call of it names, `owner` the class or object whose method it is, `start` the byte at which it begins
    in the file at `path`, `line` its line there. `hops` counts the wrappers between it and the header or the call itself.
    `alias` is the name under which another module hands it on, where that is another one. One that is `made` is the
    function that a call of the function `name` gives back. One that is `declared` is the user's word, of no file, with the path
    to it as the `owner`; an `option` is an argument of that name, whatever is called.
    """

    path: str
    name: str
    kind: Kind
    owner: str
    parameters: tuple[Parameter, ...]
    template: Template
    start: int
    line: int
    hops: int = 0
    alias: str = ""

    @property
    def is_declared(self) -> bool:
        return not self.path

    @property
    def function(self) -> tuple[str, int]:
        """The file that defines it, and the byte there at which it begins."""
        return self.path, self.start

    @property
    def full_name(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name


class Constant(NamedTuple):
    """A name of the top level of the file at `path` that stands for a header's name, or holds some.

    `alias` is the name under which another module hands it on, where that is another one.
    """

    path: str
    name: str
    alias: str = ""


def full(wrappers: Iterable[Wrapper]) -> frozenset[tuple[str, int]]:
    """The functions of which no more templates are followed, as `wrappers` hold enough."""
    derived = Counter(wrapper.function for wrapper in wrappers if wrapper.hops and not wrapper.alias)
    return frozenset(function for function, count in derived.items() if count >= MOST_DERIVED)


def as_found(wrapper: Wrapper, path: str) -> FoundWrapper:
    """What is told of a wrapper, whose file is called `path` in reports."""
    template = wrapper.template
    of_key = next(template.key.origins(), None)
    origin = of_key or next((origin for value in template.values for origin in value.origins()), None)
    parameter = next((one for one in wrapper.parameters if origin is not None and one.name == origin.name), None)
    words = [*([] if origin is None else [origin.name]), *(() if origin is None else origin.path)]
    if parameter is not None and parameter.path and origin is not None:
        words = [*parameter.path, *origin.path]
    gives: Literal["map", "key", "value"] = "value" if of_key is None else "map" if of_key.part == "key" else "key"
    key = None if template.key.is_hole else stored_key(template.key.starred(), template.door)
    return FoundWrapper(path, wrapper.line, wrapper.full_name, template.door, gives, ".".join(words), key, wrapper.hops)


def wrappers_of(analysis: Analysis, write: Write, hops: int) -> Iterator[Wrapper]:
    """The functions whose parameters the key or the values of `write` come from."""
    owners = dict.fromkeys(
        origin.owner for way in (write.key, *write.values) for origin in way.origins() if origin.name
    )
    for start in owners:
        owner = analysis.origins.owners.get(start)
        if owner is None or not (_rests_on(write.key, start) or _implies(write, start)):
            continue
        key, *values = (
            _only_of(way.abroad(analysis.document.source, analysis.path), start) for way in (write.key, *write.values)
        )
        template = Template(write.door, write.shape, key, tuple(values))
        yield from _named(analysis, owner, template, hops)
        yield from _typed(analysis, owner, template, hops)


def _rests_on(way: Text, owner: int) -> bool:
    return any(origin.owner == owner and origin.name for origin in way.origins())


def _implies(write: Write, owner: int) -> bool:
    """Whether a value is a parameter of `owner` whose name says which property it is."""
    return write.key.known is not None and any(
        is_handed_on(way, write.key) and any(origin.owner == owner for origin in way.origins()) for way in write.values
    )


def is_handed_on(way: Text, key: Text) -> bool:
    """Whether a value is just what the function around was given as the property `key`, be it in an object of options.

    That is so where the parameter, or the option, is named after the property; else the function is about something else.
    """
    origin = way.pieces[0].origin if len(way.pieces) == 1 and way.pieces[0].text is None else None
    if origin is None or origin.part != "whole" or any(change[0] not in _KEEPING for change in origin.changes):
        return False
    if origin.path and not _OPTIONS.search(origin.name):
        return False
    name, wanted = fold(origin.path[-1] if origin.path else origin.name.lstrip("$")), fold(key.known or "")
    return name in _ANY or (len(name) > 1 and (name in wanted or wanted in name)) or _is_misspelt(wanted, name)


def _is_misspelt(wanted: str, name: str) -> bool:
    """Whether a key is probably a typing error of the name of a parameter, which is one that a wrapper fixes all the same."""
    from propguard.rules.near import misspelled

    return misspelled(wanted, (name,)) is not None


def _only_of(way: Text, owner: int) -> Text:
    """`way` with the holes alone that stand for parameters of `owner`."""
    return Text(
        tuple(
            piece._replace(origin=None)
            if piece.origin is None or piece.origin.owner != owner or not piece.origin.name
            else piece._replace(origin=piece.origin._replace(owner=ELSEWHERE, closed=False))
            for piece in way.pieces
        ),
        way.json_type,
    )


def _named(analysis: Analysis, owner: Node, template: Template, hops: int) -> Iterator[Wrapper]:
    """The names under which the function or class `owner` is called."""
    functions, text = analysis.functions, analysis.document.text
    line = owner.start_point.row + 1

    def wrapper(name: str, kind: Kind, of: str = "", start: int = owner.start_byte) -> Wrapper:
        return Wrapper(analysis.path, name, kind, of, parameters, template, start, line, hops)

    if owner.type in analysis.document.grammar.classes:
        parameters = tuple(one.parameter for one in functions.class_fields(owner).values())
        if (class_name := owner.child_by_field_name("name")) is not None:
            yield wrapper(text(class_name), "class")
        return
    parameters = tuple(one.parameter for one in functions.parameters(owner).values())
    around = functions.owner_class(owner)
    if around is not None:
        class_name = around.child_by_field_name("name")
        of = "" if class_name is None else text(class_name)
        if not functions.is_constructor(owner):
            yield wrapper(functions.name(owner), "method", of)
        elif of:
            yield wrapper(of, "class", start=around.start_byte)
        return
    name = functions.name(owner)
    held = functions.receiver_type(owner)
    holder = analysis.types.class_name(held) if held is not None else analysis.object_around(owner) if name else None
    if name:
        yield wrapper(name, "function" if holder is None else "method", holder or "")
        return
    if analysis.is_default_export(owner):
        yield wrapper("default", "function")
    maker = analysis.maker_of(owner)
    if maker is not None:
        yield wrapper(functions.name(maker), "made", start=maker.start_byte)


def _typed(analysis: Analysis, owner: Node, template: Template, hops: int) -> Iterator[Wrapper]:
    """The class that a parameter is an object of, where what is written is one of its fields."""
    if owner.type in analysis.document.grammar.classes:
        return
    origins = {origin for way in (template.key, *template.values) for origin in way.origins()}
    names = {origin.name for origin in origins if origin.path}
    if len(names) != 1 or any(not origin.path for origin in origins):
        return
    declared = analysis.functions.parameters(owner).get(names.pop())
    annotation = None if declared is None else declared.type
    definition = None if annotation is None else analysis.receivers.named(analysis.types.class_name(annotation))
    found = None if definition is None else analysis.declared(definition)
    if found is None or definition is None or found[1].type not in found[0].document.grammar.classes:
        return
    other, class_node = found
    constructor = other.constructor(class_node)
    fields = (
        other.functions.class_fields(class_node) if constructor is None else other.functions.parameters(constructor)
    )
    wanted = {origin.path[0] for origin in origins}
    if not wanted <= set(fields):
        return
    yield Wrapper(
        definition.path,
        definition.name,
        "class",
        "",
        tuple(one.parameter for one in fields.values()),
        template._replace(key=_from_field(template.key), values=tuple(_from_field(value) for value in template.values)),
        class_node.start_byte,
        class_node.start_point.row + 1,
        hops,
    )


def _from_field(way: Text) -> Text:
    def of(origin: Origin | None) -> Origin | None:
        return None if origin is None else origin._replace(name=origin.path[0], path=origin.path[1:])

    return way._replace(pieces=tuple(piece._replace(origin=of(piece.origin)) for piece in way.pieces))
