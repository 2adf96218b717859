"""Which files are judged, and by which rules: what the command line says, else the settings nearest to each file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from propguard.cli.options import rule_ids
from propguard.cli.settings import from_here
from propguard.lint import Listing, list_files
from propguard.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from propguard.cli.schema_source import SchemaSource
    from propguard.cli.settings import Settings, SettingsSource
    from propguard.model.finding import Severity
    from propguard.model.wrapper import DeclaredWrapper


class _Wanted(NamedTuple):
    """The rules that count in one file: those of `select`, or all where it is null, without those of `ignore`."""

    select: frozenset[str] | None
    ignore: frozenset[str]


class Scope:
    """Answers for every file; raises UsageError where settings are faulty or name a rule that does not exist.

    What the command line says replaces the setting of the same name, and `select` there also puts aside what is ignored
    everywhere, so that a rule can always be asked for. What is ignored in some paths stays ignored there.
    """

    def __init__(self, settings: SettingsSource, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
        self._settings = settings
        self._select = frozenset(rule_ids(select)) or None
        self._ignore = frozenset(rule_ids(ignore)) if ignore or select else None
        self._wanted: dict[str, _Wanted] = {}
        self._folders: set[str] = set()
        self._by_folder: dict[str, tuple[Settings, str]] = {}
        self._baselines: dict[str, str | None] = {}

    def listing(
        self,
        paths: Sequence[str],
        changed_since: str | None = None,
        meanwhile: Callable[[], object] = lambda: None,
        source: SchemaSource | None = None,
    ) -> Listing:
        """The files that `paths` stand for, without those that the settings exclude; of those that are named, it is said.

        Only those that differ from the revision `changed_since`, where one is given. `meanwhile` is done while git looks.
        Where a schema or settings are among the files that are named or have changed, also what those govern, by `source`.
        """
        whole = listing = list_files(paths, meanwhile)
        if changed_since is not None:
            from propguard.lint.changed import only_changed

            listing = only_changed(listing, paths, changed_since)
        if source is not None and (listing.named or changed_since is not None):
            from propguard.cli.governed import Rulers, with_governed

            single = listing.named if changed_since is None else listing.paths
            rulers = Rulers(single, source, self._settings)
            listing = with_governed(listing, rulers, list_files if changed_since is None else lambda _: whole)
        show_notices(listing)
        self._folders = {path.rpartition(os.sep)[0] for path in listing.paths}  # far fewer than there are files
        if all(self._at_folder(folder)[0].exclude is None for folder in self._folders):
            return listing
        kept = [path for path in listing.paths if not self._is_excluded(path)]
        for path in sorted(listing.named.intersection(listing.paths).difference(kept)):
            by = from_here(self.settings_of(path)[0].path)
            sys.stderr.write(visible(f"{path} is not read, as {by} excludes it") + "\n")
        return listing._replace(paths=kept)

    def counts(self, path: str, rule: str) -> bool:
        """Whether a finding of this rule counts in the file at `path`."""
        wanted = self._wanted.get(path)
        if wanted is None:
            wanted = self._wanted[path] = self._wanted_in(path)
        return (wanted.select is None or rule in wanted.select) and rule not in wanted.ignore

    def severity(self, path: str, rule: str) -> Severity | None:
        """The severity that the settings give this rule in the file at `path`; None where they leave it as it is."""
        return self.settings_of(path)[0].severity.get(rule)

    def fail_on(self) -> str | None:
        """The least severity that fails a run, as the settings for the working directory have it."""
        return self.settings_of(os.path.join(os.getcwd(), "-"))[0].fail_on

    def of_text(self, path: str) -> Listing | None:
        """The listing of one file whose text does not come from the disk; None where the settings exclude it."""
        folder = os.path.dirname(os.path.abspath(path))
        self._folders = {path.rpartition(os.sep)[0]}
        return None if self._is_excluded(path) else Listing([path], frozenset({path}), folder)

    def declared(self) -> tuple[DeclaredWrapper, ...]:
        """The wrappers that the settings of the files of the listing declare."""
        found = (wrapper for folder in sorted(self._folders) for wrapper in self._at_folder(folder)[0].wrappers)
        return tuple(dict.fromkeys(found))

    def baseline_of(self, path: str) -> str | None:
        """The baseline that the settings nearest to the file at `path`, of those that name one, name for it."""
        folder = os.path.dirname(path)
        if folder not in self._baselines:
            self._baselines[folder] = self._settings.file_named("baseline", os.path.abspath(folder))
        return self._baselines[folder]

    def baselines(self) -> set[str]:
        """The baselines of all files of the listing."""
        of_files = {self.baseline_of(os.path.join(folder, "-")) for folder in self._folders}
        return {baseline for baseline in of_files if baseline is not None}

    def settings_of(self, path: str) -> tuple[Settings, str]:
        """The settings for the file at `path`, and that path from the folder of the settings, as patterns are matched."""
        folder, _, name = path.rpartition(os.sep)
        settings, within = self._at_folder(folder or path[: -len(name)])
        return settings, within + name

    def _at_folder(self, folder: str) -> tuple[Settings, str]:
        """The settings for a folder, and what paths in it begin with, seen from the folder of the settings."""
        found = self._by_folder.get(folder)
        if found is None:
            absolute = os.path.abspath(folder)
            settings = self._settings.of_folder(absolute)
            within = f"{absolute}{os.sep}"[len(settings.folder.rstrip(os.sep)) + 1 :]
            found = self._by_folder[folder] = settings, within.replace(os.sep, "/")
        return found

    def _wanted_in(self, path: str) -> _Wanted:
        settings, within = self.settings_of(path)
        select = settings.select if self._select is None else self._select
        ignore = settings.ignore if self._ignore is None else self._ignore
        for entry in settings.per_path:
            if entry.pattern.ignores(within):
                select = entry.select if self._select is None and entry.select is not None else select
                ignore |= entry.ignore
        return _Wanted(select, ignore)

    def _is_excluded(self, path: str) -> bool:
        settings, within = self.settings_of(path)
        return settings.exclude is not None and settings.exclude.ignores(within)


def show_notices(listing: Listing) -> None:
    """What was left out of a list of files, and why, on standard error."""
    for notice in listing.notices:
        sys.stderr.write(f"propguard: {visible(notice)}\n")
