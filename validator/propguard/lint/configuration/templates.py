"""What is filled in when a configuration is used: `${VAR}`, `${{ secrets.X }}`, `{{ .Values.x }}`, `$(NAME)` …"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from propguard.lint.derived import Derived, Run
from propguard.lint.text import Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from propguard.lint.source import Source
    from propguard.model.usage import Kind, SourceLiteral, Usage

MARK = "\ue000"
"""What stands for something to be filled in, in a text that is parsed; a character that no file holds."""

_MARK = MARK.encode()
_PLACEHOLDERS = (
    _MARK,
    rb"\$?\{\{(?:(?!\}\}|\{\{).)*\}\}",
    rb"\$\{(?:[^{}]|\{[^{}]*\})*\}",
    rb"\$[A-Za-z_]\w*",
    rb"\$\([A-Za-z_][\w.-]*\)",  # Kubernetes, Azure Pipelines
    rb"\$\[[^\[\]\n]{1,200}\]",  # Azure Pipelines
    rb"\{[A-Za-z_]+[.:][^{}\s]{1,200}\}|\{\$\w+\}",  # OpenCode, Caddy
    rb"#\{[^{}\n]{1,200}\}#?",  # Octopus, replacetokens
    rb"%[A-Za-z_][\w.]*(?:\([^()%\n]{0,200}\))?(?::\d+)?%",  # Windows, Envoy
    rb"%\[[^\[\]\n]{1,200}\]|%\([A-Za-z_]\w*\)[a-z]|%\{[^{}\n]{1,200}\}",  # HAProxy, Python, Terraform
    rb"<%(?:(?!%>|<%).){0,200}%>",  # ERB, EJS
    rb"@@\w+@@|@[A-Za-z_][\w.-]*@|(?<!\w)__[A-Z][A-Z0-9_]*__(?!\w)",  # Gradle, Maven, Azure DevOps
    rb"\Aos\.environ/\w+\Z",  # LiteLLM
)
_HOLE = re.compile(b"|".join(_PLACEHOLDERS), re.DOTALL)
_DEFAULT = re.compile(
    rb"\$\{(?:[A-Za-z_]\w*:?[-=+]|(?:[A-Z][A-Z0-9_]*|\w+(?:\.\w+)+):(?=[A-Za-z_]))(?P<default>.*)\}", re.DOTALL
)
"""What is sent where the variable is not set, as in `${ENV:-dev}` of a shell and `${ENV:dev}` of Spring, or where it is, as
in `${ENV:+dev}`."""

_DEEPEST = 4
"""How deep defaults may stand in each other."""

_INSIDE = rb"\{\{(?:(?!\}\}|\{\{)[^\n])*\}\}"
_TEMPLATE = re.compile(rb"^(?P<line>[ \t]*%b[ \t]*)(?=\r?$)|\$?%b" % (_INSIDE, _INSIDE), re.MULTILINE)


def text_of(runs: Iterable[Run], base: bytes) -> Text:
    """What a string stands for, with a hole for each place that is filled in; `base` is the text that `runs` are of."""
    return _text(marked(runs, base), base)


def ways_of(runs: Sequence[Run], base: bytes) -> list[Text]:
    """All that a string may stand for: with a hole for each place, and with the defaults that some of them have."""
    unknown = text_of(runs, base)
    filled = _text(_filled(runs, base), base) if b"${" in b"".join(run.data for run in runs) else unknown
    return list(dict.fromkeys((unknown, filled)))


def _text(runs: Iterable[Run], base: bytes) -> Text:
    return Text(tuple(Piece(None) if run.data == _MARK else _piece(run, base) for run in runs))


def _filled(runs: Iterable[Run], base: bytes, depth: int = 0) -> Iterator[Run]:
    """`runs` with the default of each place that is filled in, and a mark where it has none."""
    for run in _joined(runs, base):
        at = 0
        for match in _HOLE.finditer(run.data):
            yield from _slice(run, at, match.start(), base)
            default = _DEFAULT.fullmatch(match[0]) if depth < _DEEPEST else None
            if default is None or not default["default"]:
                yield next(_slice(run, match.start(), match.end(), base))._replace(data=_MARK)
            else:
                start, end = (match.start() + place for place in default.span("default"))
                yield from _filled(_slice(run, start, end, base), base, depth + 1)
            at = match.end()
        yield from _slice(run, at, len(run.data), base)


def marked(runs: Iterable[Run], base: bytes) -> Iterator[Run]:
    """`runs` with a mark for each place that is filled in."""
    for run in _joined(runs, base):
        at = 0
        for match in _HOLE.finditer(run.data):
            yield from _slice(run, at, match.start(), base)
            yield next(_slice(run, match.start(), match.end(), base))._replace(data=_MARK)
            at = match.end()
        yield from _slice(run, at, len(run.data), base)


def templated(source: Source) -> Source:
    """A text in which a mark stands for each template, and nothing for each line that is only one.

    So what no grammar knows does not break what stands around it.
    """
    if b"{{" not in source.data:
        return source
    runs, at = [], 0
    for match in _TEMPLATE.finditer(source.data):
        runs.append(Run(source.data[at : match.start()], at, match.start()))
        runs.append(Run(_MARK if match["line"] is None else b"", match.start(), match.end()))
        at = match.end()
    runs.append(Run(source.data[at:], at, len(source.data)))
    return Derived(source, runs)


def without_marks(usages: Iterable[Usage]) -> Iterator[Usage]:
    """`usages` with holes for the marks in them.

    What is no text keeps its place, but loses its edit: it would take quotes, which may be those of the string around.
    """
    for usage in usages:
        found = usage._replace(values=tuple(map(_without_edit, usage.values)))
        if usage.written_key is not None and usage.stored_key is not None and MARK in usage.written_key:
            written, stored = _starred(usage.written_key), _starred(usage.stored_key)
            is_known = bool(written.strip("*"))
            found = found._replace(
                written_key=written if is_known else None,
                stored_key=stored if is_known else None,
                key_kind="partial" if is_known else "dynamic",
                key_edit=None,
            )
        if any(MARK in value.text for value in usage.values):
            kind: Kind = "partial" if any(value.text.strip(MARK) for value in usage.values) else "dynamic"
            values = tuple(value for value in found.values if MARK not in value.text)
            found = found._replace(values=values, value_kind=kind)
        yield found


def _slice(run: Run, start: int, end: int, base: bytes) -> Iterator[Run]:
    """A part of a run; all of its bytes are the origin of one that does not mean itself."""
    if start < end and is_itself(run, base):
        yield Run(run.data[start:end], run.start + start, run.start + end)
    elif start < end:
        yield Run(run.data[start:end], run.start, run.end)


def _piece(run: Run, base: bytes) -> Piece:
    text = run.data.decode("utf-8", "replace")
    return Piece(text, run.start if is_itself(run, base) and "\ufffd" not in text else -1)


def _joined(runs: Iterable[Run], base: bytes) -> Iterator[Run]:
    """Runs that stand side by side as one, where all of them mean themselves."""
    last: Run | None = None
    for run in runs:
        if last is not None and last.end == run.start and is_itself(last, base) and is_itself(run, base):
            last = Run(last.data + run.data, last.start, run.end)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def is_itself(run: Run, base: bytes) -> bool:
    return base[run.start : run.end] == run.data


def _starred(key: str) -> str:
    return re.sub(r"\*{2,}", "*", key.replace(MARK, "*"))


def _without_edit(value: SourceLiteral) -> SourceLiteral:
    return value if value.json_type == "string" else value._replace(span=None)
