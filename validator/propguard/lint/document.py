"""One syntax tree with its source and grammar: the small questions that the readers ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.budget import Budget
    from propguard.lint.grammar import Grammar
    from propguard.lint.source import Source


_LONGEST_PATH = 20
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

    def called_name(self, call: Node) -> str:
        """The last word of what is called: `set` for `headers.set(…)`, `put` for `Req.put!(…)`; empty where it has none."""
        function = call.child_by_field_name(self.grammar.calls[call.type][0])
        if function is None:
            return ""
        member = self.grammar.members.get(function.type)
        if member is not None:
            function = function.child_by_field_name(member)
        return self.text(function).rstrip("!?") if function is not None and function.child_count == 0 else ""

    def called_path(self, call: Node) -> list[str]:
        """The words of what is called, the first one first: `expect`, `not`, `toBe` for `expect(x).not.toBe(…)`.

        Of very long chains only the last words.
        """
        words: list[str] = []
        node: Node | None = call
        while node is not None and len(words) < _LONGEST_PATH:
            if node.type in self.grammar.calls:
                node = node.child_by_field_name(self.grammar.calls[node.type][0])
            elif node.type in self.grammar.members:
                member = node.child_by_field_name(self.grammar.members[node.type])
                words.append("" if member is None else self.text(member))
                node = node.named_children[0]
            else:
                words.append(self.text(node) if node.child_count == 0 else "")
                break
        return words[::-1]

    def receiver(self, call: Node) -> Node | None:
        """What a method is called on."""
        function = call.child_by_field_name(self.grammar.calls[call.type][0])
        if function is None or function.type not in self.grammar.members:
            return None
        return function.named_children[0] if function.named_children else None

    def path_of_address(self, call: Node) -> Node | None:
        """The argument that comes last in the address that `call` makes, such as the path in `new URL(path, base)`."""
        place = _PATH_OF_ADDRESS.get(self.called_name(call))
        arguments = [] if place is None else self.positional(call)
        return arguments[place] if place is not None and place < len(arguments) else None

    def arguments_of(self, call: Node) -> list[Node]:
        """All arguments in order, comments left out."""
        arguments = call.child_by_field_name(self.grammar.calls[call.type][1])
        if arguments is None or arguments.type not in self.grammar.arguments:
            return []
        return [child for child in arguments.named_children if child.type not in self.grammar.comments]

    def positional(self, call: Node) -> list[Node]:
        return [argument for argument in self.arguments_of(call) if argument.type not in self.grammar.keyword_arguments]

    def keyword(self, call: Node, *names: str) -> Node | None:
        """The value of the first keyword argument that has one of these names."""
        for argument in self.arguments_of(call):
            fields = self.grammar.keyword_arguments.get(argument.type)
            if fields is not None:
                name = argument.child_by_field_name(fields[0])
                if name is not None and self.text(name) in names:
                    return argument.child_by_field_name(fields[1])
        return None

    def label(self, pair: Node) -> str:
        """The key of a map's entry as it is written, without quotes."""
        key = pair.child_by_field_name(self.grammar.pairs[pair.type][0])
        return "" if key is None else self.text(key).strip("\"':")

    def branches(self, node: Node) -> list[Node]:
        """What a choice can come out as."""
        children = [child for child in node.named_children if child.type not in self.grammar.comments]
        if places := self.grammar.conditional[node.type]:
            return [children[place] for place in places if place < len(children)]
        branches = [child for child in children if child.type in self.grammar.branches]
        return [branch.named_children[-1] for branch in branches if branch.named_children]

    def bare(self, node: Node) -> Node:
        """An expression without what does not change it: parentheses, types, `Object.freeze`."""
        while node.named_children:
            if node.type in self.grammar.transparent:
                node = node.named_children[0]
            elif node.type in self.grammar.calls and self.called_name(node) == "freeze" and self.positional(node):
                node = self.positional(node)[0]
            else:
                break
        return node

    def is_field(self, child: Node, parent: Node, field: str) -> bool:
        return parent.child_by_field_name(field) == child

    def call_of_argument(self, node: Node) -> Node | None:
        """The call that `node` is an argument of, by position or keyword."""
        parent = node.parent
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
