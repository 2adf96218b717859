"""A baseline: what was there on the first day is not reported, and nothing may be added to it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.shop import BAD, GOOD, WARNED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

DYNAMIC = 'headers = {f"Helicone-Property-{key}": "x"}\n'
DEFAULT = "propguard-baseline.json"
USED = {"propguard.toml": f'baseline = "{DEFAULT}"\n'}


def counts(project: Path, name: str = DEFAULT) -> Any:
    return json.loads((project / name).read_text())["findings"]


def test_a_large_code_base_adopts_in_one_commit(call: Call, write: Write, project: Path) -> None:
    """One command and one setting; from then on only what is new is reported, and everything is as before otherwise."""
    write({f"src/m{number:02}.py": BAD * 3 + WARNED + DYNAMIC for number in range(20)} | USED)
    subprocess.run(["git", "init", "-q"], check=True)
    wrote = call("lint", "--write-baseline")
    assert wrote == (0, "", f"wrote {DEFAULT}: 100 findings known from now on\n")
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "commit", "-qm", "Adopt propguard"], check=True)
    assert call("lint", "--fail-on", "warning") == (0, "", "nothing to report in 23 files, 100 usages, 100 known\n")
    assert call("lint", "src/m03.py").code == 0
    write({"src/m03.py": BAD * 4 + WARNED + DYNAMIC, "src/new.py": BAD})
    answer = call("lint", "--format", "json")
    assert answer.code == 1
    found = json.loads(answer.out)
    assert [(finding["path"], finding["rule"]) for finding in found["findings"]] == [
        *[("src/m03.py", "key-alias")] * 4,
        ("src/new.py", "key-alias"),
    ]
    assert found["summary"] == {"errors": 5, "warnings": 0, "infos": 0, "files": 24, "usages": 102, "known": 97}


def test_the_file_is_stable(call: Call, write: Write, project: Path) -> None:
    """Sorted, versioned, with paths from its own folder, the same wherever the run is started and however often."""
    write({"b.py": BAD, "a/z.py": WARNED + BAD + DYNAMIC, "é.py": BAD, "conf/x": ""})
    assert call("lint", "--write-baseline", "conf/known.json").code == 0
    content = (project / "conf" / "known.json").read_text()
    assert list(counts(project, "conf/known.json")) == ["../a/z.py", "../b.py", "../é.py"]
    assert counts(project, "conf/known.json")["../a/z.py"] == {"dynamic-key": 1, "key-alias": 1, "value-placeholder": 1}
    assert content.startswith('{\n  "version": 1,\n')
    assert content.endswith("}\n")
    assert call("lint", str(project), "--write-baseline", str(project / "conf" / "known.json")).code == 0
    assert (project / "conf" / "known.json").read_text() == content
    assert call("lint", "--baseline", "conf/known.json").code == 0


def test_it_lies_beside_the_settings_unless_it_is_named(
    call: Call, write: Write, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else in the working directory; and where nothing uses it yet, it is said how that is done."""
    write({"src/app.py": BAD})
    monkeypatch.chdir(project / "src")
    answer = call("lint", "--write-baseline")
    assert (project / "src" / DEFAULT).exists()
    assert "`baseline =" in answer.err
    write({"propguard.toml": 'ignore = ["value-empty"]\n'})
    call("lint", "--write-baseline")
    assert counts(project) == {"src/app.py": {"key-alias": 1}}


def test_packages_have_baselines_of_their_own(call: Call, write: Write, project: Path) -> None:
    """As the settings nearest to each file name them; settings that name none leave that to those above."""
    write(
        {
            "a/propguard.toml": 'baseline = "known.json"\n',
            "a/x.py": BAD,
            "propguard.toml": 'baseline = "known.json"\n',
            "x.py": BAD * 2,
        }
    )
    assert call("lint", "--write-baseline").code == 0
    assert counts(project, "known.json") == {"x.py": {"key-alias": 2}}
    assert counts(project, "a/known.json") == {"x.py": {"key-alias": 1}}
    assert call("lint").code == 0
    assert call("lint", "a").code == 0
    write({"b/propguard.toml": 'ignore = ["value-empty"]\n', "b/x.py": BAD})
    call("lint", "--write-baseline")
    assert counts(project, "known.json") == {"b/x.py": {"key-alias": 1}, "x.py": {"key-alias": 2}}
    assert call("lint", "b").code == 0


def test_it_may_only_fall(call: Call, write: Write, project: Path) -> None:
    """What was mended is said in a line, taken out on demand, and then may not come back."""
    write({"app.py": BAD * 3, "other.py": BAD, "gone.py": BAD} | USED)
    call("lint", "--write-baseline")
    write({"app.py": BAD * 2})
    (project / "gone.py").unlink()
    answer = call("lint")
    assert answer.code == 0
    assert answer.err.endswith(f"{DEFAULT} knows 2 findings too many; --prune-baseline takes out what is mended\n")
    pruned = call("lint", "--prune-baseline")
    assert pruned.code == 0
    assert f"took 2 findings out of {DEFAULT}" in pruned.err
    assert counts(project) == {"app.py": {"key-alias": 2}, "other.py": {"key-alias": 1}}
    write({"app.py": BAD * 3, "other.py": BAD * 5})
    assert call("lint", "--prune-baseline").out.count("error[") == 8
    assert counts(project) == {"app.py": {"key-alias": 2}, "other.py": {"key-alias": 1}}


def test_a_run_over_some_files_says_and_changes_nothing_of_the_others(call: Call, write: Write, project: Path) -> None:
    """Nor does one with some rules."""
    write({"app.py": BAD * 2 + WARNED, "other.py": BAD} | USED)
    call("lint", "--write-baseline")
    before = counts(project)
    write({"app.py": GOOD, "other.py": GOOD})
    assert call("lint", "other.py").err.endswith(
        f"{DEFAULT} knows 1 finding too many; --prune-baseline takes out what is mended\n"
    )
    assert "knows 2 findings too many" in call("lint", "app.py", "--select", "key-alias").err
    call("lint", "app.py", "--select", "key-alias", "--prune-baseline")
    assert counts(project) == {"app.py": {"value-placeholder": 1}, "other.py": before["other.py"]}
    call("lint", "other.py", "--write-baseline")
    assert counts(project) == {"app.py": {"value-placeholder": 1}}
    call("lint", "--prune-baseline")
    assert counts(project) == {}


def test_what_is_known_is_not_mended(call: Call, write: Write, project: Path) -> None:
    """--fix puts in what it reports, so that adopting changes no line of old code."""
    write({"app.py": BAD, "other.py": BAD * 2} | USED)
    call("lint", "--write-baseline")
    write({"other.py": BAD * 3})
    assert "+++ b/app.py" not in call("lint", "--diff").out
    assert call("lint", "--fix").code == 0
    assert (project / "app.py").read_text() == BAD
    assert (project / "other.py").read_text() == GOOD * 3


def test_suppressed_findings_are_none_to_know(call: Call, write: Write, project: Path) -> None:
    """A comment comes first; one that suppresses nothing is a finding like any other."""
    write({"app.py": BAD.strip() + "  # propguard: ignore\nx = 1  # propguard: ignore\n"} | USED)
    call("lint", "--write-baseline")
    assert counts(project) == {"app.py": {"unused-suppression": 1}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"x = 1\n",
        b"\xff",
        b"[" * 100_000,
        b'{"version": 1}',
        b'{"version": 1, "findings": []}',
        b'{"version": 1, "findings": {"a.py": 3}}',
        b'{"version": 1, "findings": {"a.py": {"key-alias": -1}}}',
        b'{"version": 1, "findings": {"a.py": {"key-alias": true}}}',
        b'{"version": "1", "findings": {}}',
        b'{"version": 1, "findings": {"a.py": {"key-alias": ' + b"9" * 5000 + b"}}}",
    ],
)
def test_what_is_no_baseline_is_neither_read_nor_overwritten(
    content: bytes, call: Call, write: Write, project: Path
) -> None:
    """So that a path behind --write-baseline that was meant to be judged stays what it is."""
    write({"app.py": BAD, "other": content})
    for flag in ("--baseline", "--write-baseline"):
        answer = call("lint", flag, "other")
        assert (answer.code, answer.out) == (2, "")
        assert (
            answer.err
            == "propguard: other is no baseline of propguard; name one, or where a new one is to be written\n"
        )
    assert (project / "other").read_bytes() == content


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--baseline", "none.json"), "there is no baseline none.json; `propguard lint --write-baseline` writes one"),
        (("--baseline", "src"), "src is no baseline"),
        (("--write-baseline", "src"), "src is no baseline"),
        (
            ("--write-baseline", "none/known.json"),
            "cannot write the baseline none/known.json: no such file or directory",
        ),
        (("--prune-baseline",), "there is no baseline to prune"),
        (("--write-baseline", "--fix"), "--fix and --write-baseline cannot be done in one run"),
        (("--write-baseline", "--diff"), "--diff and --write-baseline cannot be done in one run"),
        (("--write-baseline", "--prune-baseline"), "--write-baseline and --prune-baseline cannot be done in one run"),
        (("--baseline", "newer.json"), "is of version 2, which a newer propguard wrote; update propguard"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], told: str, call: Call, write: Write) -> None:
    """In a sentence, with exit code 2."""
    write({"src/app.py": BAD, "newer.json": '{"version": 2}'})
    answer = call("lint", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_a_configured_baseline_that_is_missing_is_told(call: Call, write: Write) -> None:
    """Rather than judged without, which would report all that was known."""
    write({"app.py": BAD} | USED)
    answer = call("lint")
    assert (answer.code, answer.out) == (2, "")
    assert f"there is no baseline {DEFAULT}" in answer.err


def test_a_baseline_that_cannot_be_written_stays_whole(
    call: Call, write: Write, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole or not at all."""
    write({"app.py": BAD} | USED)
    call("lint", "--write-baseline")
    before = (project / DEFAULT).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    write({"app.py": BAD * 2})
    answer = call("lint", "--write-baseline")
    assert answer.code == 2
    assert "no space left on device" in answer.err
    assert (project / DEFAULT).read_bytes() == before
    assert sorted(path.name for path in project.iterdir()) == ["app.py", "properties.yaml", DEFAULT, "propguard.toml"]


def test_a_baseline_can_be_left_out(call: Call, write: Write) -> None:
    """What it knows is reported again, and nothing else changes."""
    write(USED | {"app.py": BAD})
    assert call("lint", "--write-baseline").code == 0
    assert call("lint").code == 0
    answer = call("lint", "--no-baseline", "--format", "concise")
    assert answer.code == 1
    assert answer.out.startswith("app.py:1:")
    assert call("lint").code == 0
    for other in (("--baseline", DEFAULT), ("--write-baseline",), ("--prune-baseline",)):
        assert call("lint", "--no-baseline", *other).code == 2


def test_quiet_prints_findings_only(call: Call, write: Write) -> None:
    """No summary, and no word of what the baseline knows too many of."""
    write(USED | {"app.py": BAD * 2})
    assert call("lint", "--write-baseline").code == 0
    write({"app.py": BAD * 3})
    answer = call("lint", "--quiet", "--format", "concise")
    assert (answer.code, answer.err, answer.out.count("\n")) == (1, "", 3)
    write({"app.py": GOOD})
    assert call("lint", "--quiet") == (0, "", "")
