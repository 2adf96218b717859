"""The other names of a wrapper in one document, and the calls that need none: `run = ask`, `retrying(ask)(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.calls import BINDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.wrappers import Wrapper

_MOST_DECORATORS = 4
_ALIASED = frozenset({"function", "method", "class"})


def aliases_of(analysis: Analysis, wrapper: Wrapper) -> Iterator[Wrapper]:
    """The wrapper under each name that it, or what a call makes of it, is bound to in this document."""
    if wrapper.kind in _ALIASED:
        for node in _references(analysis, wrapper):
            made = _decorated(analysis, node)
            name = _bound_name(analysis, made.node)
            if name:
                yield _without_first(wrapper, made.bound)._replace(alias=name)
        yield from (wrapper._replace(alias=name) for name in _declared_aliases(analysis, wrapper))


def _declared_aliases(analysis: Analysis, wrapper: Wrapper) -> Iterator[str]:
    """The names that the file of the wrapper declares for it: `alias send_tag tag` and `alias_method :send_tag, :tag`."""
    document, grammar = analysis.document, analysis.document.grammar
    if grammar.aliasing is None or analysis.path != wrapper.path:
        return
    for match in document.occurrences(grammar.aliasing):
        word = document.node_at(match.start(), match.start() + 1)
        if match["old"].decode() != wrapper.name or word is None or word.type in grammar.comments:
            continue
        owner = analysis.functions.owner_class(word)
        name = None if owner is None else owner.child_by_field_name("name")
        if wrapper.owner == ("" if name is None else document.text(name)):
            yield match["new"].decode()


def calls_of_decorated(analysis: Analysis, wrapper: Wrapper, reference: Node) -> Iterator[tuple[Wrapper, Node]]:
    """The calls of what other calls make of the wrapper where it is named: `retrying(ask)(…)`; and `partial(ask, …)`, which
    gives it arguments itself."""
    made = _decorated(analysis, reference)
    call = made.node.parent
    yield from ((wrapper, binding) for binding in made.binding)
    if made.node != reference and call is not None and _is_called(analysis, made.node):
        yield _without_first(wrapper, made.bound), call


def _without_first(wrapper: Wrapper, bound: int) -> Wrapper:
    """The wrapper as it is called when its first arguments are given already."""
    if not bound:
        return wrapper
    parameters = (
        one._replace(position=max(one.position - bound, -1) if one.position >= 0 else -1) for one in wrapper.parameters
    )
    return wrapper._replace(parameters=tuple(parameters))


def named(analysis: Analysis, word: Node) -> Node:
    """The expression whose last word is `word`: a name, or a member of something."""
    grammar, parent = analysis.document.grammar, word.parent
    field = None if parent is None else grammar.members.get(parent.type)
    is_member = parent is not None and field is not None and analysis.document.is_field(word, parent, field)
    return parent if parent is not None and is_member else word


def _is_called(analysis: Analysis, node: Node) -> bool:
    """Whether `node` is what a call calls."""
    grammar, call = analysis.document.grammar, node.parent
    fields = None if call is None else grammar.calls.get(call.type)
    return call is not None and fields is not None and analysis.document.is_field(node, call, fields[0])


def stands_for(analysis: Analysis, expression: Node, wrapper: Wrapper) -> bool:
    """Whether an expression is the function or class that the wrapper is, whatever it is called there."""
    if wrapper.kind not in _ALIASED:
        return False
    found = analysis.callables.behind(expression)
    return found is not None and (found[0].path, found[1].start_byte) == (wrapper.path, wrapper.start)


def _references(analysis: Analysis, wrapper: Wrapper) -> Iterator[Node]:
    """Where the wrapper is named, and not called."""
    grammar = analysis.document.grammar
    for name in analysis.local_names(wrapper):
        for word in analysis.bindings.words_named(name):
            node = named(analysis, word)
            parent = node.parent
            is_name = node.type in grammar.names or node.type in grammar.members
            if not is_name or parent is None or parent.type in grammar.functions:
                continue
            if not _is_called(analysis, node) and stands_for(analysis, node, wrapper):
                yield node


class _Decorated(NamedTuple):
    """What calls make of a function: the outermost of them, those that give it arguments, and how many they give."""

    node: Node
    binding: tuple[Node, ...] = ()
    bound: int = 0


def _decorated(analysis: Analysis, node: Node) -> _Decorated:
    """What other calls make of a function that they are given: all of `retrying(traced(ask))`."""
    made = _Decorated(node)
    for _ in range(_MOST_DECORATORS):
        call = analysis.document.call_of_argument(made.node) or _call_of_method(analysis, made.node)
        if call is None or analysis.callables.behind(call) is None:
            break
        made = made._replace(node=call)
        if analysis.document.called_name(call) in BINDING:
            bound = max(len(analysis.document.positional(call)) - 1, 0)
            made = _Decorated(call, (*made.binding, call), made.bound + bound)
    return made


def _call_of_method(analysis: Analysis, node: Node) -> Node | None:
    """The call of a method of `node`."""
    grammar, member = analysis.document.grammar, node.parent
    call = member.parent if member is not None and member.type in grammar.members else None
    is_one = call is not None and call.type in grammar.calls and analysis.document.receiver(call) == node
    return call if is_one else None


def _bound_name(analysis: Analysis, node: Node) -> str:
    """The name of the variable, the field or the entry of a map that an expression is bound to; empty where it is to none."""
    document, grammar = analysis.document, analysis.document.grammar
    if node.type in grammar.shorthand:
        return document.text(node)
    if analysis.is_default_export(node):
        return "default"
    parent = document.beyond_lists(node)
    for table in (grammar.declarations, grammar.fields, grammar.assignments, grammar.pairs):
        fields = None if parent is None else table.get(parent.type)
        if parent is not None and fields is not None and document.is_field(node, parent, fields[1]):
            target = document.child(parent, fields[0])
            if target is not None and target.type in grammar.members:
                target = document.child(target, grammar.members[target.type])
            return "" if target is None else document.text(target).strip("\"':")
    return ""
