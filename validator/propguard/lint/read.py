"""One file to its usages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from propguard.lint.languages import language_of
from propguard.lint.prefilter import may_hold_usage, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from propguard.lint.disk import Seen
    from propguard.lint.modules import Modules
    from propguard.lint.source import Source
    from propguard.lint.wrappers import Constant, Wrapper
    from propguard.model.usage import Usage

_NOT_READ = "its language is not one that is read"

LARGEST = 10 << 20
"""Bytes up to which a file that may hold a usage is parsed."""


class Reading(NamedTuple):
    """What one file holds. `problem` says in a clause why it could not be read, null where it could.

    `wrappers` and `constants` are those it defines, `called` the wrappers it calls: the file and the byte at which each begins.
    `is_cut_short` tells that reading it took too long, which may be otherwise the next time. `seen` is what was looked at on
    the disk beside it.
    """

    usages: tuple[Usage, ...] = ()
    problem: str | None = None
    wrappers: tuple[Wrapper, ...] = ()
    constants: tuple[Constant, ...] = ()
    called: tuple[tuple[str, int], ...] = ()
    is_cut_short: bool = False
    seen: Seen = ()


def read(
    source: Source,
    modules: Modules | None = None,
    wrappers: Sequence[Wrapper] = (),
    constants: Sequence[Constant] = (),
) -> Reading:
    """The usages in `source`, a file that may hold some; never raises for what a file may hold.

    `modules` are the other files of its project. Where `wrappers` or `constants` of those are given, only what goes through
    them is looked for: the rest was found without them.
    """
    data = source.data
    language = language_of(source.path, data[:200])
    is_through = bool(wrappers or constants)
    if source.problem is not None:
        return Reading(problem=source.problem) if is_through or may_hold_usage(squeezed(data)) else Reading()
    if language is None:
        return Reading(problem=_NOT_READ) if is_through or _writes_unread(source) else Reading()
    if is_binary(data):
        return Reading(problem="it is not text")
    if len(data) > LARGEST:
        return Reading(
            problem=f"the file has {len(data) >> 20} MB, and only files of up to {LARGEST >> 20} MB are read"
        )

    from propguard.lint.budget import WATCH, Budget, OutOfTime, Unreadable
    from propguard.lint.example_names import is_example
    from propguard.lint.parts import usages_in_part
    from propguard.lint.usages import Look

    budget = Budget() if modules is None else modules.budget
    try:
        with WATCH.reading(data):
            budget.renew(len(data))
            look = Look(modules, wrappers, constants)
            usages = tuple(
                usage for usage in usages_in_part(source, language, budget, look) if not is_example(usage, language)
            )
    except Unreadable as error:
        return Reading(problem=str(error), is_cut_short=isinstance(error, OutOfTime))
    except RecursionError:
        return Reading(problem="its code is nested too deeply")
    return Reading(usages, None, tuple(look.found_wrappers), tuple(look.found_constants), tuple(look.called))


def _writes_unread(source: Source) -> bool:
    from propguard.lint.unread import writes_unread

    return writes_unread(source)


def is_binary(data: bytes) -> bool:
    return b"\x00" in data[:8192]
