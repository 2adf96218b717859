"""The calls of a wrapper in one document, and what each of them writes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from propguard.lint.imports import WHOLE
from propguard.lint.modules import Definition
from propguard.lint.origin import Origin
from propguard.lint.receivers import resembles
from propguard.lint.text import HOLE, Text
from propguard.lint.usage_of import caller_key
from propguard.lint.wrapper_aliases import calls_of_decorated, named, stands_for
from propguard.lint.wrapper_names import is_distinctive
from propguard.lint.wrappers import ELSEWHERE, Write
from propguard.model.stored_key import HEADER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from propguard.lint.analysis import Analysis
    from propguard.lint.functions import Parameter
    from propguard.lint.wrappers import Wrapper


def writes_through(analysis: Analysis, wrapper: Wrapper) -> Iterator[Write]:
    """What the calls of `wrapper` in this document write."""
    if wrapper.kind == "option":
        yield from _writes_of_option(analysis, wrapper)
        return
    for one, call in calls_of(analysis, wrapper):
        yield from _writes(analysis, one, call)


def _writes_of_option(analysis: Analysis, wrapper: Wrapper) -> Iterator[Write]:
    """What the calls write that have an argument of the wrapper's name, or an entry of it in a map that is an argument."""
    document, grammar = analysis.document, analysis.document.grammar
    parameters = {parameter.name: parameter for parameter in wrapper.parameters}
    seen: set[int] = set()
    for node in analysis.bindings.words_named(wrapper.name):
        named = node.parent
        if named is None or not (named.type in grammar.keyword_arguments or named.type in grammar.pairs):
            continue
        holder = named if named.type in grammar.keyword_arguments else named.parent
        call = (
            None
            if holder is None
            else document.call_of_argument(holder.named_children[-1] if holder is named else holder)
        )
        if call is not None and call.id not in seen:
            seen.add(call.id)
            for origin in wrapper.template.key.origins():
                yield from _entries(analysis, wrapper, call, origin, parameters)


_WITHOUT_IMPORTS = frozenset({"elixir", "go", "ruby"})
"""Languages in which no import names a class, but a package or nothing at all."""


def calls_of(analysis: Analysis, wrapper: Wrapper) -> Iterator[tuple[Wrapper, Node]]:
    """The calls of `wrapper` in this document, and the wrapper as each of them takes it.

    They are looked for once for all that is written through one function.
    """
    key = wrapper.function, wrapper.kind, wrapper.owner, wrapper.name, wrapper.alias, wrapper.parameters
    options = frozenset(_options(wrapper))
    found = analysis.calls_found.get((key, options))
    if found is None:
        found = [(one.parameters, call) for one, call in _calls_of(analysis, wrapper)]
        analysis.calls_found[key, options] = found
    return ((wrapper._replace(parameters=parameters), call) for parameters, call in found)


def _calls_of(analysis: Analysis, wrapper: Wrapper) -> Iterator[tuple[Wrapper, Node]]:
    for one, making in _calls_by_name(analysis, wrapper):
        if wrapper.kind == "made":
            yield from ((one, call) for call in _calls_of_result(analysis, making))
        else:
            yield one, making


def _calls_of_result(analysis: Analysis, making: Node) -> Iterator[Node]:
    """The calls of the function that the call `making` gives back: at once, or by the name that it is bound to."""
    grammar, document = analysis.document.grammar, analysis.document
    parent = making.parent
    if parent is not None and parent.type in grammar.calls:
        if document.is_field(making, parent, grammar.calls[parent.type][0]):
            yield parent
        return
    name = analysis.functions.name_node(making)
    for node in analysis.bindings.references(name) if name is not None and name.type in grammar.names else ():
        call = node.parent
        if (
            call is not None
            and call.type in grammar.calls
            and document.is_field(node, call, grammar.calls[call.type][0])
        ):
            yield call


def _calls_by_name(analysis: Analysis, wrapper: Wrapper) -> Iterator[tuple[Wrapper, Node]]:
    for name in analysis.local_names(wrapper):
        for node in analysis.bindings.words_named(name):
            found = _called_by(analysis, node)
            if found is None:
                reference = named(analysis, node)
                if stands_for(analysis, reference, wrapper):
                    yield from calls_of_decorated(analysis, wrapper, reference)
            elif stands_for(analysis, found[0], wrapper) or _is_meant(analysis, wrapper, *found):
                yield wrapper, found[1]
    if wrapper.kind == "class":
        yield from ((wrapper, call) for call in _calls_of_base(analysis, wrapper))


def _called_by(analysis: Analysis, node: Node) -> tuple[Node, Node] | None:
    """What is called, and the call, where `node` is the last word of what is called."""
    document, grammar = analysis.document, analysis.document.grammar
    callee, parent = node, node.parent
    if parent is not None and parent.type in grammar.members:
        if not document.is_field(node, parent, grammar.members[parent.type]):
            return None
        callee, parent = parent, parent.parent
    if parent is None or parent.type not in grammar.calls:
        return None
    return (callee, parent) if document.is_field(callee, parent, grammar.calls[parent.type][0]) else None


def _calls_of_base(analysis: Analysis, wrapper: Wrapper) -> Iterator[Node]:
    """The calls by which the constructors of classes that derive from a wrapper hand over to it: `super().__init__(…)`."""
    document, grammar = analysis.document, analysis.document.grammar
    for node in analysis.bindings.words_named("super"):
        call: Node | None = node.parent
        if call is not None and call.type in grammar.calls and document.text(call) == "super()":
            member = call.parent
            is_made = member is not None and document.text(member).endswith(".__init__")
            call = member.parent if member is not None and is_made else None
        if call is None or call.type not in grammar.calls:
            continue
        own = analysis.receivers.class_of(node)
        if own is not None and Definition(wrapper.path, wrapper.name) in analysis.receivers.bases(own):
            yield call


def _is_meant(analysis: Analysis, wrapper: Wrapper, callee: Node, call: Node) -> bool:
    """Whether `callee` names the wrapper, and not something else that is called so."""
    if wrapper.kind == "declared":
        return not wrapper.owner or _is_reached(analysis, wrapper, callee)
    if wrapper.kind == "method":
        return _is_method_meant(analysis, wrapper, callee, call)
    local = analysis.calls.local_definition(callee)
    if local is not None:
        return wrapper.path == analysis.path and wrapper.start == local.start_byte
    definition = analysis.calls.definition(callee)
    if definition is None:
        return analysis.document.grammar.is_found_by_name and _is_found(analysis, wrapper, callee)
    return definition.path == wrapper.path and definition.name in {wrapper.name, WHOLE}


def _is_found(analysis: Analysis, wrapper: Wrapper, callee: Node) -> bool:
    """Whether a function or class of another file is meant where no import says so: a class by its name, a function by that
    of the package that it lies in, which a bare name shares."""
    if wrapper.kind == "class":
        return _is_imported_by_name(analysis, wrapper, wrapper.name)
    package = os.path.dirname(wrapper.path)
    if callee.type not in analysis.document.grammar.members:
        return package == os.path.dirname(analysis.path)
    name, called_on = os.path.basename(package), analysis.document.text(callee.named_children[0])
    renamed = re.compile(rb"\b%b\s+\"[^\"\n]*\b%b\"" % (re.escape(called_on.encode()), re.escape(name.encode())))
    return called_on.lower() == name.lower() or any(analysis.document.occurrences(renamed))


def _is_reached(analysis: Analysis, wrapper: Wrapper, callee: Node) -> bool:
    """Whether `callee` is the dotted path that was declared, be it by what was imported."""
    words = analysis.document.called_path(callee)
    wanted = [*wrapper.owner.split("."), wrapper.name]
    if words[-len(wanted) :] == wanted:
        return True
    imported = analysis.imports.of(words[0]) if words else None
    if imported is None:
        return False
    first = imported.module.split(".") if imported.name == WHOLE else [*imported.module.split("."), imported.name]
    return [*first, *words[1:]][-len(wanted) :] == wanted


def _is_method_meant(analysis: Analysis, wrapper: Wrapper, callee: Node, call: Node) -> bool:
    grammar = analysis.document.grammar
    if callee.type not in grammar.members or not callee.named_children:
        return _is_taken_out(analysis, wrapper, callee) or _is_own_method(analysis, wrapper, callee)
    receiver = callee.named_children[0]
    found = analysis.receivers.class_of_receiver(receiver)
    if found is not None:
        pending, seen = [found], set()
        while pending:
            one = pending.pop()
            if one in seen:
                continue
            seen.add(one)
            if one.name == wrapper.owner and (
                one.path == wrapper.path or (not one.path and _is_imported_by_name(analysis, wrapper, one.name))
            ):
                return True
            pending.extend(analysis.receivers.bases(one))
        return False
    text = analysis.document.text(receiver)
    named_after = resembles(text, wrapper.owner) if len(text) < 200 else False
    given = _options(wrapper) & _named_in(analysis, call)
    if any("helicone" in option.lower() for option in given):
        return True
    known = is_distinctive(wrapper.name) or any(map(is_distinctive, given))
    return known and (named_after or wrapper.path == analysis.path or wrapper.path in analysis.imported_files())


def _is_imported_by_name(analysis: Analysis, wrapper: Wrapper, name: str) -> bool:
    """Whether a class of this name that is not of this document can be the one that the wrapper is, or is a method of.

    Where an import names it, the package before its name is the folder of the file that defines it; where the language asks
    for imports and there is none, both files lie in one folder.
    """
    folder = os.path.dirname(wrapper.path)
    pattern = re.compile(
        rb"(?m)^[ \t]*(?:import|use)[ \t]+[\w.\\]*?(\w+)[.\\](?:%b|\*)(?!\w)" % re.escape(name.encode())
    )
    packages = [match[1].decode("utf-8", "replace") for match in analysis.document.occurrences(pattern)]
    if packages:
        return any(package.lower() == os.path.basename(folder).lower() for package in packages)
    return analysis.document.grammar.name in _WITHOUT_IMPORTS or folder == os.path.dirname(analysis.path)


def _is_own_method(analysis: Analysis, wrapper: Wrapper, callee: Node) -> bool:
    """Whether a bare name is that of a method of the class around it, where the language has it so."""
    grammar = analysis.document.grammar
    if not grammar.has_bare_methods or wrapper.path != analysis.path or not wrapper.owner:
        return False
    owner = next((one for one in analysis.document.lineage(callee) if one.type in grammar.classes), None)
    name = None if owner is None else owner.child_by_field_name("name")
    return name is not None and analysis.document.text(name) == wrapper.owner


def _is_taken_out(analysis: Analysis, wrapper: Wrapper, callee: Node) -> bool:
    """Whether the name was taken out of the object that the wrapper is a method of: `const { track } = useTracking()`."""
    taken = analysis.bindings.taken_apart(callee) if callee.type in analysis.document.grammar.names else None
    if taken is None or taken[1][-1:] != (wrapper.name,):
        return False
    found = analysis.receivers.class_of(taken[0])
    return found is not None and (found.path, found.name) == (wrapper.path, wrapper.owner)


def _options(wrapper: Wrapper) -> set[str]:
    """The names of the parameters, and of what is read below them, that go into what is written."""
    template = wrapper.template
    origins = (origin for way in (template.key, *template.values) for origin in way.origins())
    return {part for origin in origins for part in (*origin.path, origin.name)}


def _named_in(analysis: Analysis, call: Node) -> set[str]:
    """The names of the keyword arguments of a call, and of the entries of the maps that are its arguments."""
    document, grammar = analysis.document, analysis.document.grammar
    names = set()
    for argument in document.arguments_of(call):
        fields = grammar.keyword_arguments.get(argument.type)
        name = None if fields is None or not document.is_keyword(argument) else document.child(argument, fields[0])
        if name is not None:
            names.add(document.text(name))
        for child in document.items_of(argument) if document.is_map(argument) else ():
            names.add(document.label(child) if document.is_pair(child) else document.text(child)[:80])
    return names


def _writes(analysis: Analysis, wrapper: Wrapper, call: Node) -> Iterator[Write]:
    template = wrapper.template
    parameters = {parameter.name: parameter for parameter in wrapper.parameters}
    of_map = next((origin for origin in template.key.origins() if origin.part == "key"), None)
    if of_map is not None:
        yield from _entries(analysis, wrapper, call, of_map, parameters)
        return
    calls = analysis.calls
    origins = list(template.key.origins())
    if any(not calls.targets_of(origin, call, parameters) for origin in origins if origin.name in parameters):
        return
    keys = calls.instantiated([template.key], call, parameters, ELSEWHERE, own=True)
    given = [
        target
        for value in template.values
        for origin in value.origins()
        if origin.name in parameters
        for target in calls.targets_of(origin, call, parameters)
    ]
    if not origins and not given:
        return  # the parameter that implies the key is left to its default
    is_told = bool(origins) or any(target is not None and not isinstance(target, Origin) for target in given)
    values = calls.instantiated(template.values, call, parameters, ELSEWHERE, own=True)
    if not values and template.values:
        return  # the wrapper leaves it out
    if template.shape == "returned":
        placement = analysis.placer.place(analysis.placer.whole(call))
        if placement.use not in {"written", "bound"} or wrapper.kind == "class":
            return  # the name of a header is made, but none is written here
        values = [HOLE] if placement.value is None else analysis.evaluator.ways(placement.value)
    for key in _without_second_prefix(keys, wrapper):
        node = _key_node(analysis, key, call) if origins else _argument_node(analysis, given, call)
        yield Write(
            node,
            template.door,
            "wrapper",
            key,
            tuple(values),
            None,
            wrapper.full_name,
            implied=not origins,
            fixed_in=None if origins or wrapper.is_declared else wrapper.path,
            is_whole=not is_told,
            caller_key=caller_key(analysis.document, node) if origins and node != _called(analysis, call) else None,
        )


def _entries(
    analysis: Analysis, wrapper: Wrapper, call: Node, of_map: Origin, parameters: dict[str, Parameter]
) -> Iterator[Write]:
    """What a call writes that hands over a map."""
    template, calls = wrapper.template, analysis.calls
    whole = of_map._replace(part="whole", changes=())
    entries = calls.entries_of(whole, call, parameters)
    for entry in entries.known:
        keys = calls.put_in([template.key], whole, "key", entry.keys)
        values = calls.put_in(template.values, whole, "value", entry.values)
        values = calls.instantiated(values, call, parameters, ELSEWHERE, own=True)
        if not values and template.values:
            continue  # the wrapper leaves it out
        for key in _without_second_prefix(calls.instantiated(keys, call, parameters, ELSEWHERE, own=True), wrapper):
            node = entry.node or call
            written = None if entry.node is None else caller_key(analysis.document, entry.node)
            found = Write(node, template.door, "wrapper", key, tuple(values), entry.literal, wrapper.full_name)
            yield found._replace(caller_key=written)
    is_hop = any(rest is not None and rest.name for rest in entries.rest)
    for rest in entries.rest:
        if rest is None and is_hop:
            continue  # what else goes in is said elsewhere
        argument = next(iter(calls.targets_of(whole, call, parameters)), None)
        node = call if argument is None or isinstance(argument, Origin) else argument
        if rest is None:
            yield Write(node, template.door, "wrapper", HOLE, (HOLE,), None, wrapper.full_name)
            continue
        keys = calls.put_under([template.key], whole, "key", rest)
        values = calls.put_under(template.values, whole, "value", rest)
        yield Write(node, template.door, "wrapper", keys[0], tuple(values), None, wrapper.full_name)


def _without_second_prefix(keys: Sequence[Text], wrapper: Wrapper) -> list[Text]:
    """Keys without a prefix that the caller has written already."""
    if wrapper.template.door != "header":
        return list(keys)
    return list(dict.fromkeys(key.without_prefix(HEADER_PREFIX) or key for key in keys))


def _key_node(analysis: Analysis, key: Text, call: Node) -> Node:
    piece = key.single_literal()
    found = (
        None
        if piece is None
        else analysis.document.node_at(piece.start, piece.start + len((piece.text or "").encode()))
    )
    return _called(analysis, call) if found is None else found


def _argument_node(analysis: Analysis, given: Sequence[Node | Origin | None], call: Node) -> Node:
    """Where an argument that implies a key is named, else where the function is called."""
    document, grammar = analysis.document, analysis.document.grammar
    node = next((one for one in given if one is not None and not isinstance(one, Origin)), None)
    parent = None if node is None else node.parent
    if node is not None and parent is not None:
        for table in (grammar.keyword_arguments, grammar.pairs):
            fields = table.get(parent.type)
            if fields is not None and document.is_field(node, parent, fields[1]):
                return document.child(parent, fields[0]) or node
        if node.type in grammar.shorthand:
            return node
    return _called(analysis, call)


def _called(analysis: Analysis, call: Node) -> Node:
    """The last word of what is called."""
    document, grammar = analysis.document, analysis.document.grammar
    function = document.child(call, grammar.calls[call.type][0])
    if function is None:
        return call
    member = grammar.members.get(function.type)
    return document.child(function, member) or function if member is not None else function
