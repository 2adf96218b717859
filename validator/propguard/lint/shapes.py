"""Syntax trees shown in the shape that the readers ask for, where a grammar's own is another.

The readers find the parts of a call, a pair or a name by the types and fields of nodes. Some grammars wrap every
argument, give fields no names, or write everything as a call and its operators. A table of shapes says how such nodes
are shown instead, so that no reader has to know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node, Point

    from propguard.lint.budget import Budget


class Made(NamedTuple):
    """A node that the grammar does not have, over the bytes from `start` to `end`."""

    type: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


class Part(NamedTuple):
    """A child, and the field in which it stands."""

    node: Node | Made
    field: str | None = None

    @property
    def is_named(self) -> bool:
        return isinstance(self.node, Made) or (self.node.is_named and not self.node.is_extra)

    @property
    def start(self) -> int:
        return self.node.start if isinstance(self.node, Made) else self.node.start_byte

    @property
    def end(self) -> int:
        return self.node.end if isinstance(self.node, Made) else self.node.end_byte


Parts = list[Part]


class Shape(NamedTuple):
    """How a node is shown: under another `type`, with its parts arranged anew, or `dissolved`, its parts in its place.

    A node that has no parts is arranged as its own one.
    """

    type: str = ""
    arrange: Callable[[Parts], Parts] | None = None
    dissolved: bool = False


Shapes = Mapping[str, "Shape | Callable[[Node], Shape]"]
"""By the types of the grammar: a shape, or what chooses one for a node."""

AS_IT_IS = Shape()
DISSOLVED = Shape(dissolved=True)


def shaped(root: Node, shapes: Shapes, budget: Budget) -> Node:
    """The tree of `root` in these shapes. Asking it anything raises TooExpensive where the budget is spent."""
    top = ShapedNode(_Tree(shapes, budget), Part(root), None)
    return cast("Node", top)  # it has all of a Node that the readers use


def numbered(*fields: str | None) -> Callable[[Parts], Parts]:
    """Named parts in these fields, in their order."""

    def arrange(parts: Parts) -> Parts:
        names = iter(fields)
        return [part._replace(field=next(names, None) or part.field) if part.is_named else part for part in parts]

    return arrange


def in_fields(*types: str) -> Callable[[Parts], Parts]:
    """Parts of these types of the grammar in fields of the same names."""
    return lambda parts: [part._replace(field=part.node.type) if part.node.type in types else part for part in parts]


def without(*types: str) -> Callable[[Parts], Parts]:
    """No part of these types of the grammar."""
    return lambda parts: [part for part in parts if part.node.type not in types]


def method_call(receiver: str, method: str) -> Callable[[Parts], Parts]:
    """What is called in the field `function`: a `member`, where the parts are a receiver and the name of a method."""

    def arrange(parts: Parts) -> Parts:
        places = [place for place, part in enumerate(parts) if part.field == method]
        if not places:
            return parts
        last = places[0]
        if parts[0].field != receiver:
            return [part._replace(field="function") if part.field == method else part for part in parts]
        called = tuple(parts[: last + 1])
        made = Made("member", called[0].start, called[-1].end, called)
        return [Part(made, "function"), *parts[last + 1 :]]

    return arrange


def interpolating(*content: str) -> Callable[[Parts], Parts]:
    """Every named part that is not of these types stands in an `interpolation`."""

    def arrange(parts: Parts) -> Parts:
        return [
            Part(Made("interpolation", part.start, part.end, (part,)))
            if part.is_named and part.node.type not in content
            else part
            for part in parts
        ]

    return arrange


def one_after_the_other(*steps: Callable[[Parts], Parts]) -> Callable[[Parts], Parts]:
    def arrange(parts: Parts) -> Parts:
        for step in steps:
            parts = step(parts)
        return parts

    return arrange


def by_text(child: str | int, table: Mapping[str, Shape], otherwise: Shape = AS_IT_IS) -> Callable[[Node], Shape]:
    """The shape that `table` has for the text of a child, found by its field or its number."""

    def choose(node: Node) -> Shape:
        found = node.child_by_field_name(child) if isinstance(child, str) else node.child(child)
        if found is None or found.end_byte - found.start_byte > _LONGEST_WORD:
            return otherwise
        text = (found.text or b"").decode("utf-8", "replace").strip() if found.is_named else found.type
        return table.get(text, otherwise)

    return choose


_LONGEST_WORD = 40
_FARTHEST = 4


class _Tree:
    """What the nodes of one tree have in common."""

    def __init__(self, shapes: Shapes, budget: Budget) -> None:
        self.budget = budget
        self._shapes = shapes
        self._asked: ShapedNode | None = None
        self._below: dict[ShapedNode, ShapedNode] = {}

    def shape_of(self, node: Node) -> Shape:
        if not node.is_named:
            return AS_IT_IS  # the word `return` is no `return`
        found = self._shapes.get(node.type, AS_IT_IS)
        return found if isinstance(found, Shape) else found(node)

    def dissolved(self, given: Sequence[Part]) -> Parts:
        """The parts, those of dissolved ones in their places."""
        parts: Parts = []
        pending = list(reversed(given))
        while pending:
            part = pending.pop()
            if isinstance(part.node, Made):
                parts.append(part)
            elif part.node.child_count > 0 and self.shape_of(part.node).dissolved:
                inner = (found._replace(field=found.field or part.field) for found in _children(part.node))
                pending.extend(reversed(list(inner)))
            else:
                parts.append(part)
        return parts

    def below(self, above: ShapedNode, node: ShapedNode) -> ShapedNode | None:
        """The child of `above` that holds `node`. The way down to a node is asked for step by step, so it is kept."""
        if self._asked is not node:
            self._asked, self._below = node, {}
            while node.parent is not None:
                self._below[node.parent] = node
                node = node.parent
        return self._below.get(above)


def _children(node: Node) -> Parts:
    cursor = node.walk()
    if not cursor.goto_first_child():
        return []
    parts = [Part(cursor.node, cursor.field_name)] if cursor.node is not None else []
    while cursor.goto_next_sibling():
        if cursor.node is not None:
            parts.append(Part(cursor.node, cursor.field_name))
    return parts


class ShapedNode:
    """One node as it is shown; it answers what the readers ask of a node of tree-sitter."""

    __slots__ = (
        "_children", "_fields", "_named", "_part", "_place", "_shape", "_starts", "_tree",
        "end_byte", "is_named", "parent", "start_byte", "type",
    )  # fmt: skip

    def __init__(self, tree: _Tree, part: Part, parent: ShapedNode | None, place: int = 0) -> None:
        self._tree = tree
        self._part = part
        self._shape = AS_IT_IS if isinstance(part.node, Made) else tree.shape_of(part.node)
        self._children: list[ShapedNode] | None = None
        self._named: list[ShapedNode] = []
        self._fields: dict[str, list[ShapedNode]] = {}
        self._place = place
        self._starts: list[int] = []
        self.parent = parent
        self.type: str = self._shape.type or part.node.type
        self.start_byte = part.start
        self.end_byte = part.end
        self.is_named = isinstance(part.node, Made) or part.node.is_named

    @property
    def id(self) -> int:
        return id(self)

    @property
    def is_error(self) -> bool:
        return not isinstance(self._part.node, Made) and self._part.node.is_error

    @property
    def has_error(self) -> bool:
        return not isinstance(self._part.node, Made) and self._part.node.has_error

    @property
    def children(self) -> Sequence[ShapedNode]:
        if self._children is None:
            self._tree.budget.check()
            node = self._part.node
            parts = self._tree.dissolved(node.parts if isinstance(node, Made) else _children(node))
            if self._shape.arrange is not None:
                arranged = self._shape.arrange(parts or [self._part])
                parts = self._tree.dissolved([part for part in arranged if part.node != node])
            self._children = [ShapedNode(self._tree, part, self, place) for place, part in enumerate(parts)]
            self._named = [child for child in self._children if child.is_named]
            self._starts = [child.start_byte for child in self._children]
            for part, child in zip(parts, self._children, strict=True):
                if part.field is not None:
                    self._fields.setdefault(part.field, []).append(child)
        return self._children

    @property
    def child_count(self) -> int:
        return len(self.children)

    @property
    def named_children(self) -> list[ShapedNode]:
        return self._named if self.children else []

    @property
    def named_child_count(self) -> int:
        return len(self.named_children)

    @property
    def prev_named_sibling(self) -> ShapedNode | None:
        siblings = [] if self.parent is None else self.parent.named_children
        place = siblings.index(self) if self in siblings else 0
        return siblings[place - 1] if place > 0 else None

    def named_child(self, place: int) -> ShapedNode | None:
        named = self.named_children
        return named[place] if place < len(named) else None

    @property
    def next_sibling(self) -> ShapedNode | None:
        siblings = [] if self.parent is None else self.parent.children
        return siblings[self._place + 1] if self._place + 1 < len(siblings) else None

    @property
    def text(self) -> bytes | None:
        return None if isinstance(self._part.node, Made) else self._part.node.text

    @property
    def start_point(self) -> Point:
        """Where it begins; of what was made, where the first node in it does, or what it stands in."""
        node = self._part.node
        while isinstance(node, Made) and node.parts:
            node = node.parts[0].node
        if not isinstance(node, Made):
            return node.start_point
        assert self.parent is not None  # the root is a node of the parser
        return self.parent.start_point

    def children_by_field_name(self, name: str) -> Sequence[ShapedNode]:
        return self._fields.get(name, ()) if self.children else ()

    def child_by_field_name(self, name: str) -> ShapedNode | None:
        return next(iter(self.children_by_field_name(name)), None)

    def child_with_descendant(self, node: ShapedNode) -> ShapedNode | None:
        return self._tree.below(self, node)

    def named_descendant_for_byte_range(self, start: int, end: int) -> ShapedNode | None:
        """The innermost named node over these bytes."""
        around, named = self, self
        while (inner := around._over(start, end)) is not None:
            around = inner
            named = inner if inner.is_named else named
        return named

    def _over(self, start: int, end: int) -> ShapedNode | None:
        """The child over these bytes."""
        children = self.children
        place = bisect_right(self._starts, start) - 1
        # What the parser put in, as it was missing, has no bytes, and the name of what is called may stand in the midst
        # of its arguments; so the nearest before is not always the one.
        nearest = (children[place - back] for back in range(min(place + 1, _FARTHEST)))
        return next((child for child in nearest if child.end_byte >= end and child.start_byte <= start), None)
