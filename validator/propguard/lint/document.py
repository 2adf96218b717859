"""One syntax tree with its source and grammar: the small questions that the readers ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.budget import Budget
    from propguard.lint.grammar import Field, Grammar
    from propguard.lint.source import Source


_LONGEST_PATH = 20
_MOST_WRAPPERS = 100
_REFERRING = frozenset({"&", "*"})
"""Signs before an expression that do not change what it comes out as."""

_PATH_OF_ADDRESS = {"URI": 0, "URL": 0, "parse": 0, "urljoin": 1}
"""Which argument is the path, in calls that make an address of a path and a base."""


class Document(NamedTuple):
    """A piece of source in one language: a whole file, or the fences of one language in a Markdown file."""

    source: Source
    grammar: Grammar
    root: Node
    budget: Budget

    def text(self, node: Node) -> str:
        return self.source.text(node.start_byte, node.end_byte)

    def occurrences(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Where `pattern` stands between the first byte of the document and the last."""
        return pattern.finditer(self.source.data, self.root.start_byte, self.root.end_byte)

    def node_at(self, start: int, end: int) -> Node | None:
        return self.root.named_descendant_for_byte_range(start, end)

    def child(self, node: Node, field: Field) -> Node | None:
        """The child of `node` that `field` says, without what only wraps it; null where there is none."""
        if not self.grammar.wrappers and isinstance(field, str):
            return node.child_by_field_name(field)
        found = self._child(node, field)
        return None if found is None else self.unwrapped(found)

    def _child(self, node: Node, field: Field) -> Node | None:
        if isinstance(field, int):
            return self._at(node, field)
        found = node.child_by_field_name(field)
        return found or next((child for child in node.named_children if child.type == field), None)

    def _at(self, node: Node, place: int) -> Node | None:
        """The child at a place among those that are no comments, counted from the end where it is negative."""
        count, left = node.named_child_count, place if place >= 0 else -place - 1
        for position in range(count) if place >= 0 else range(count - 1, -1, -1):
            child = node.named_child(position)
            if child is not None and child.type not in self.grammar.comments:
                if left == 0:
                    return child
                left -= 1
        return None

    def _children(self, node: Node) -> list[Node]:
        return [child for child in node.named_children if child.type not in self.grammar.comments]

    def unwrapped(self, node: Node) -> Node:
        """`node` without what only wraps it."""
        if not self.grammar.wrappers:
            return node
        for _ in range(_MOST_WRAPPERS):
            inner = self._inside(node)
            if inner is None:
                break
            node = inner
        return node

    def _inside(self, wrapper: Node) -> Node | None:
        """The node that `wrapper` only wraps, null where it does more."""
        field = self.grammar.wrappers.get(wrapper.type)
        if field is not None:
            operator = wrapper.child_by_field_name("operator")
            takes = wrapper.child_by_field_name("parameters")
            if (operator is None or self.text(operator) in _REFERRING) and (takes is None or not takes.named_children):
                return self._child(wrapper, field)
        elif wrapper.type in self.grammar.lists and len(children := self._children(wrapper)) == 1:
            return children[0]
        return None

    def around(self, node: Node) -> Node | None:
        """What `node` stands in, beyond what only wraps it."""
        parent = node.parent
        if not self.grammar.wrappers:
            return parent
        for _ in range(_MOST_WRAPPERS):
            if parent is None or not self.only_wraps(parent, node):
                break
            node, parent = parent, parent.parent
        return parent

    def beyond_lists(self, node: Node) -> Node | None:
        """What `node` stands in, beyond what only wraps it and beyond a list of expressions side by side."""
        parent = self.around(node)
        return parent.parent if parent is not None and self._is_plain_list(parent) else parent

    def _is_plain_list(self, node: Node) -> bool:
        return node.type in self.grammar.lists and node.type not in self.grammar.arguments

    def only_wraps(self, wrapper: Node, node: Node) -> bool:
        """Whether `wrapper` is nothing but its child `node`."""
        if wrapper.type not in self.grammar.wrappers and wrapper.type not in self.grammar.lists:
            return False
        return wrapper.type not in self.grammar.arguments and self._inside(wrapper) == node

    def counterpart(self, child: Node, parent: Node, field: Field) -> Node | None:
        """What `parent` has at `field` for `child`: where names and values are lists, the one at the same place.

        Of a call that gives several values, the first; null where that cannot be told.
        """
        other, beside = self.child(parent, field), child.parent
        if beside is None or (beside != parent and beside.type not in self.grammar.lists):
            return other
        place = [node for node in beside.named_children if node.type == child.type].index(child)
        if other is None or other.type not in self.grammar.lists:
            return other if place == 0 or beside == parent else None
        return self.unwrapped(other.named_children[place]) if place < other.named_child_count else None

    def called_name(self, call: Node) -> str:
        """The last word of what is called: `set` for `headers.set(…)`, `put` for `Req.put!(…)`; empty where it has none."""
        function, arguments = (self.child(call, field) for field in self.grammar.calls[call.type])
        if function is None:
            return ""
        if function.type in self.grammar.calls and arguments is None:  # a call that a block of code follows
            return self.called_name(function)
        member = self.grammar.members.get(function.type)
        if member is not None:
            function = self.child(function, member)
        return self.text(function).rstrip("!?") if function is not None and function.child_count == 0 else ""

    def called_path(self, call: Node) -> list[str]:
        """The words of what is called, the first one first: `expect`, `not`, `toBe` for `expect(x).not.toBe(…)`.

        Of very long chains only the last words.
        """
        words: list[str] = []
        node: Node | None = call
        while node is not None and len(words) < _LONGEST_PATH:
            if node.type in self.grammar.calls:
                node = self.child(node, self.grammar.calls[node.type][0])
            elif node.type in self.grammar.members:
                member = self.child(node, self.grammar.members[node.type])
                word = "" if member is None else self.text(member)
                if word not in self.grammar.unchanged:
                    words.append(word)
                node = self.child(node, 0)
            else:
                words.append(self.text(node) if node.child_count == 0 else "")
                break
        return words[::-1]

    def receiver(self, call: Node) -> Node | None:
        """What a method is called on."""
        function = self.child(call, self.grammar.calls[call.type][0])
        if function is None or function.type not in self.grammar.members:
            return None
        return self.child(function, 0)

    def path_of_address(self, call: Node) -> Node | None:
        """The argument that comes last in the address that `call` makes, such as the path in `new URL(path, base)`."""
        place = _PATH_OF_ADDRESS.get(self.called_name(call))
        arguments = [] if place is None else self.positional(call)
        return arguments[place] if place is not None and place < len(arguments) else None

    def arguments_of(self, call: Node) -> list[Node]:
        """All arguments in order, comments left out."""
        listed = self.argument_list(call)
        return [
            child if self.is_keyword(child) else self.unwrapped(child)
            for child in (listed.named_children if listed is not None else ())
            if child.type not in self.grammar.comments
        ]

    def argument_list(self, call: Node) -> Node | None:
        """What the arguments of a call stand in."""
        field = self.grammar.calls[call.type][1]
        listed = call.child_by_field_name(field) if isinstance(field, str) else None
        if listed is None:
            listed = next((child for child in call.named_children if child.type in self.grammar.arguments), None)
        return listed if listed is not None and listed.type in self.grammar.arguments else None

    def is_keyword(self, argument: Node) -> bool:
        """Whether an argument is given by its name."""
        fields = self.grammar.keyword_arguments.get(argument.type)
        return fields is not None and self.child(argument, fields[0]) != self.child(argument, fields[1])

    def positional(self, call: Node) -> list[Node]:
        return [argument for argument in self.arguments_of(call) if not self.is_keyword(argument)]

    def keyword(self, call: Node, *names: str) -> Node | None:
        """The value of the first keyword argument that has one of these names."""
        for argument in self.arguments_of(call):
            fields = self.grammar.keyword_arguments.get(argument.type)
            if fields is not None and self.is_keyword(argument):
                name = self.child(argument, fields[0])
                if name is not None and self.text(name) in names:
                    return self.child(argument, fields[1])
        return None

    def is_conversion(self, call: Node) -> bool:
        """Whether a call gives its only argument, if in another type."""
        name, receiver = self.called_name(call), self.receiver(call)
        known = name in self.grammar.conversions or (
            receiver is not None and f"{self.text(receiver)}.{name}" in self.grammar.conversions
        )
        return known and len(self.positional(call)) == 1

    def is_pair(self, node: Node) -> bool:
        """Whether `node` is an entry of a map."""
        if node.type not in self.grammar.pairs:
            return False
        words = self.grammar.joining.get(node.type)
        return words is None or self.joining_word(node) in words

    def joining_word(self, pair: Node) -> str:
        """What stands between two expressions that a word joins: `to` in `"key" to value`."""
        children = self._children(pair)
        return self.text(children[1]) if pair.type in self.grammar.joining and len(children) == 3 else ""

    def is_map(self, node: Node) -> bool:
        """Whether `node` is a map literal, or a call that stands for one."""
        if node.type in self.grammar.calls:
            return self.called_name(node) in self.grammar.map_calls
        if node.type not in self.grammar.maps:
            return False
        return node.type not in self.grammar.sequences or any(map(self.is_entry, self.items_of(node)))

    def lists_names(self, literal: Node) -> bool:
        """Whether the type that is written before a literal tells that it is a list or a set of names."""
        written = literal.parent.child_by_field_name("type") if literal.parent is not None else None
        names = self.grammar.name_lists
        return names is not None and written is not None and names.fullmatch(self.text(written)) is not None

    def is_entry(self, node: Node) -> bool:
        """Whether `node` is a pair, or a sequence that stands for one."""
        return self.is_pair(node) or (node.type in self.grammar.entries and node.named_child_count == 2)

    def items_of(self, node: Node) -> list[Node]:
        """What stands in a literal, or in the call that stands for one."""
        if node.type in self.grammar.calls:
            return self.positional(node)
        return [self.unwrapped(child) for child in self._children(node)]

    def branches(self, choice: Node) -> list[Node]:
        """What a choice can come out as."""
        if choice.type not in self.grammar.choices:
            children = self.items_of(choice)
            return [children[place] for place in self.grammar.conditional[choice.type] if place < len(children)]
        children = self._children(choice)
        arms = [arm for child in children for arm in (child, *child.named_children) if arm.type in self.grammar.cases]
        values = (self.child(arm, self.grammar.cases[arm.type]) for arm in arms)
        return [value for value in values if value is not None]

    def halves(self, pair: Node) -> tuple[Node | None, Node | None]:
        """The key and the value of an entry."""
        first, second = self.grammar.pairs.get(pair.type, (0, 1))
        return self.child(pair, first), self.child(pair, second)

    def label(self, pair: Node) -> str:
        """The key of a map's entry as it is written, without quotes."""
        key = self.halves(pair)[0]
        return "" if key is None else self.text(key).strip("\"':")

    def bare(self, node: Node) -> Node:
        """An expression without what does not change it: parentheses, types, `Object.freeze`."""
        while node.named_children:
            if node.type in self.grammar.transparent:
                node = node.named_children[0]
            elif (inner := self._inside(node)) is not None:
                node = inner
            elif node.type in self.grammar.calls and self.called_name(node) == "freeze" and self.positional(node):
                node = self.positional(node)[0]
            else:
                break
        return node

    def is_field(self, child: Node, parent: Node, field: Field) -> bool:
        """Whether `child` stands at `field` of `parent`, alone or as one of several."""
        found = self.child(parent, field)
        if found is None or found == child:
            return found is not None
        if isinstance(field, str) and child.parent == parent:
            return child in parent.children_by_field_name(field)
        return found.type in self.grammar.lists and child.parent == found

    def call_of_argument(self, node: Node) -> Node | None:
        """The call that `node` is an argument of, by position or keyword."""
        parent = self.around(node)
        if parent is not None and parent.type in self.grammar.keyword_arguments:
            parent = parent.parent
        if parent is None or parent.type not in self.grammar.arguments:
            return None
        call = parent.parent
        return call if call is not None and call.type in self.grammar.calls else None

    def lineage(self, node: Node) -> list[Node]:
        """`node` and all that it stands in, innermost first.

        One walk down the tree; climbing by `parent` would walk down once for every step.
        """
        self.budget.check()
        around: Node | None = self.root
        chain = []
        while around is not None and around != node:
            chain.append(around)
            around = around.child_with_descendant(node)
        return [node, *reversed(chain)]
