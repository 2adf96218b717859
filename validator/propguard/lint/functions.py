"""Functions of one document: their parameters, what they return, and what they are called by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.document import Document

_MOST_NODES = 20_000
_DEEPEST_PATTERN = 6
_SELVES = frozenset({"self", "cls"})
_CONSTRUCTORS = frozenset({"__construct", "__init__", "constructor", "__post_init__", "initialize"})
_REST = frozenset(
    {"dictionary_splat_pattern", "hash_splat_parameter", "list_splat_pattern", "rest_pattern", "splat_parameter"}
)
_KEYWORDS = frozenset({"dictionary_splat_pattern", "hash_splat_parameter"})


class Parameter(NamedTuple):
    """One name that a function gets from its caller.

    `position` counts from 0 without `self`, negative where it is given by keyword only. `path` is what is taken out of the
    argument where it is taken apart: `("properties",)` for `{ properties }`. `gathers` tells that the name holds all
    arguments that no other parameter takes, or all entries but those in `taken`. One that is declared by the user may have an
    `option`: what a keyword argument is called, or an entry of a map that is an argument.
    """

    name: str
    position: int
    path: tuple[str, ...] = ()
    gathers: Literal["", "positional", "keywords", "rest"] = ""
    taken: tuple[str, ...] = ()
    option: str = ""


class Declared(NamedTuple):
    """A parameter as it is declared, with its default value and its type where it has them."""

    parameter: Parameter
    default: Node | None = None
    type: Node | None = None


class Given(NamedTuple):
    """A name that its caller gives a function."""

    function: Node
    declared: Declared


class Functions:
    """The functions of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._grammar = document.grammar
        self._known: dict[int, dict[str, Declared]] = {}
        self._returns: dict[int, list[Node]] = {}

    def parameters(self, function: Node) -> dict[str, Declared]:
        """The parameters of a function by name, in their order."""
        found = self._known.get(function.id)
        if found is None:
            found = self._known[function.id] = {
                declared.parameter.name: declared for declared in self._declared(function)
            }
        return found

    def owner_class(self, function: Node) -> Node | None:
        """The class that a function is a method of."""
        around = self._document.lineage(function)[1:]
        for node in around:
            if node.type in self._grammar.classes:
                return node
            if node.type in self._grammar.functions:
                return None
        return None

    def is_constructor(self, function: Node) -> bool:
        return self.name(function) in _CONSTRUCTORS or function.type == "primary_constructor"

    def receiver_type(self, function: Node) -> Node | None:
        """The type that a function is a method of, where it says so itself: `func (c *Client) Complete(…)`."""
        receiver = function.child_by_field_name("receiver")
        declared = None if receiver is None or not receiver.named_children else receiver.named_children[0]
        return None if declared is None else declared.child_by_field_name("type")

    def name(self, function: Node) -> str:
        """The name that a function is declared or bound with; empty where it has none."""
        node = self.name_node(function)
        return "" if node is None else self._document.text(node).strip("\"'")

    def name_node(self, function: Node) -> Node | None:
        """Where the name of a function stands: in its own declaration, or where it is bound, even through a wrapper such as
        `useCallback(…)`."""
        name = function.child_by_field_name("name")
        if name is not None:
            return name
        inner, parent = function, function.parent
        for _ in range(4):
            if parent is None:
                return None
            for table in (self._grammar.declarations, self._grammar.fields, self._grammar.pairs):
                fields = table.get(parent.type)
                if fields is not None and self._document.is_field(inner, parent, fields[1]):
                    target = self._document.child(parent, fields[0])
                    if target is not None and target.type in self._grammar.members:
                        return self._document.child(target, self._grammar.members[target.type])
                    return target
            passing = self._grammar.arguments | self._grammar.transparent
            if parent.type not in passing and parent.type not in self._grammar.calls:
                return None
            inner, parent = parent, parent.parent
        return None

    def inner(self, value: Node) -> Node | None:
        """The function that a name is bound to with `value`, be it through something such as `useCallback(…)`."""
        value = self._document.bare(value)
        for _ in range(3):
            if value.type in self._grammar.functions:
                return value
            arguments = self._document.positional(value) if value.type in self._grammar.calls else []
            if not arguments:
                return None
            value = arguments[0]
        return None

    def returns(self, function: Node) -> list[Node]:
        """The expressions that a function gives back."""
        found = self._returns.get(function.id)
        if found is None:
            found = self._returns[function.id] = list(self._returned(function))
        return found

    def methods(self, owner: Node, name: str) -> list[Node]:
        """The functions of this name in the body of a class."""
        body = owner.child_by_field_name("body")
        inner = (child.child_by_field_name("definition") or child for child in (body.named_children if body else ()))
        return [node for node in inner if node.type in self._grammar.functions and self.name(node) == name]

    def class_fields(self, owner: Node) -> dict[str, Declared]:
        """The fields that a class declares with a type in its body, in their order: what its constructor takes where it
        writes none of its own."""
        body = owner.child_by_field_name("body")
        found: dict[str, Declared] = {}
        for field in self._struct_fields(owner) if body is None else ():
            for each in field.children_by_field_name("name"):
                text = self._document.text(each)
                found[text] = Declared(Parameter(text, len(found)), None, field.child_by_field_name("type"))
        for child in body.named_children if body is not None else ():
            inner = child.named_children[0] if child.type == "expression_statement" and child.named_children else child
            fields = self._grammar.assignments.get(inner.type) or self._grammar.fields.get(inner.type)
            annotation = inner.child_by_field_name("type")
            if fields is None or annotation is None:
                continue
            name = self._document.child(inner, fields[0])
            if name is not None and name.child_count == 0:
                text = self._document.text(name)
                found[text] = Declared(Parameter(text, len(found)), self._document.child(inner, fields[1]), annotation)
        return found

    def _struct_fields(self, owner: Node) -> list[Node]:
        """The declarations in a type that is a list of fields."""
        written = owner.child_by_field_name("type")
        lists = [] if written is None else written.named_children
        return [child for one in lists for child in one.named_children if child.child_by_field_name("name") is not None]

    def _returned(self, function: Node) -> Iterator[Node]:
        body = function.child_by_field_name("body")
        if body is None:
            return
        if body.type not in self._grammar.statements:
            yield body
            return
        pending, seen = [body], 0
        while pending and seen < _MOST_NODES:
            node = pending.pop()
            seen += 1
            if node.type in self._grammar.functions and node != function:
                continue
            if node.type in self._grammar.returns and node.named_children:
                yield node.named_children[-1]
            else:
                pending.extend(reversed(node.named_children))

    def _declared(self, function: Node) -> Iterator[Declared]:
        single = function.child_by_field_name("parameter")
        if single is not None:
            yield from self._pattern(single, 0, ())
            return
        receiver = function.child_by_field_name("receiver")
        for child in receiver.named_children if receiver is not None else ():
            yield from self._pattern(child, -1, ())
        position, keyword_only = 0, False
        for child in self._listed(function):
            names = child.children_by_field_name("name")
            if len(names) > 1:  # `a, b string`
                for name in names:
                    for declared in self._pattern(name, position, ()):
                        yield declared._replace(type=child.child_by_field_name("type"))
                    position += 1
                continue
            if child.type in {"keyword_separator", "positional_separator"}:
                keyword_only = keyword_only or child.type == "keyword_separator"
                continue
            is_keyword = keyword_only or child.type == "keyword_parameter"
            found = list(self._pattern(child, -1 if is_keyword else position, ()))
            if position == 0 and len(found) == 1 and found[0].parameter.name in _SELVES:
                continue
            keyword_only = keyword_only or any(one.parameter.gathers == "positional" for one in found)
            position += 1
            yield from found

    def _listed(self, function: Node) -> list[Node]:
        """What stands in the list of a function's parameters."""
        listed = function.child_by_field_name("parameters")
        if listed is not None:
            return [child for child in listed.named_children if child.type not in self._grammar.comments]
        lists = (child for child in function.named_children if child.type in self._grammar.parameter_lists)
        return [child for one in lists for child in one.named_children if child.type in self._grammar.opaque]

    def _pattern(self, node: Node, position: int, path: tuple[str, ...]) -> Iterator[Declared]:
        """The names that one parameter, or a part of one that is taken apart, declares."""
        if len(path) > _DEEPEST_PATTERN:
            return
        kind, text = node.type, self._document.text
        if node.child_count == 0:
            yield Declared(Parameter(text(node), position, path))
        elif kind in _REST:
            inner = node.named_children[0] if node.named_children else None
            if inner is not None and inner.child_count == 0:
                gathers: Literal["positional", "keywords"] = "keywords" if kind in _KEYWORDS else "positional"
                yield Declared(Parameter(text(inner), position, path, gathers))
        elif kind == "object_pattern":
            yield from self._taken_apart(node, position, path)
        elif kind in {"typed_parameter", "required_parameter", "optional_parameter"}:
            inner = node.child_by_field_name("pattern") or (node.named_children[0] if node.named_children else None)
            for declared in self._pattern(inner, position, path) if inner is not None else ():
                yield declared._replace(
                    default=declared.default or node.child_by_field_name("value"),
                    type=declared.type or (node.child_by_field_name("type") if not declared.parameter.path else None),
                )
        else:
            inner = node.child_by_field_name("name") or node.child_by_field_name("left")
            default = node.child_by_field_name("value") or node.child_by_field_name("right")
            annotation = node.child_by_field_name("type")
            if (
                inner is None and self._grammar.parameter_lists
            ):  # where no field says what is the name, what follows it is the type
                named = [child for child in node.named_children if child.type not in {"modifiers", "string_literal"}]
                inner, annotation = named[0] if named else None, named[1] if len(named) > 1 else None
                inner = None if inner is None or inner.child_count > 0 else inner
            for declared in self._pattern(inner, position, path) if inner is not None else ():
                yield declared._replace(
                    default=declared.default or default or node.child_by_field_name("default_value"),
                    type=declared.type or annotation,
                )

    def _taken_apart(self, pattern: Node, position: int, path: tuple[str, ...]) -> Iterator[Declared]:
        taken: list[str] = []
        for child in pattern.named_children:
            if child.type == "pair_pattern":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    taken.append(self._document.text(key).strip("\"'"))
                    yield from self._pattern(value, position, (*path, taken[-1]))
            elif child.type == "rest_pattern" and child.named_children:
                name = self._document.text(child.named_children[0])
                yield Declared(Parameter(name, position, path, "rest", tuple(taken)))
            elif child.type not in self._grammar.comments:
                for declared in self._pattern(child, position, path):
                    taken.append(declared.parameter.name)
                    yield declared._replace(
                        parameter=declared.parameter._replace(path=(*path, declared.parameter.name))
                    )
