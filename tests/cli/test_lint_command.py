"""`propguard lint`: what it shows, what its exit code says, and what `--fix` and `--diff` do."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, GOOD, PROGRAM, WARNED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")


def test_a_finding_has_a_caret_under_its_very_characters(call: Call, write: Write) -> None:
    """The place, what is wrong, the line, a caret per character, and what helps."""
    write({"app.py": BAD})
    answer = call("lint")
    assert answer.out == (
        "app.py:1:31: error[key-alias] `env` is another name of `environment`; write `environment`\n"
        '  1 | headers = {"Helicone-Property-Env": "production"}\n'
        "    |                               ^^^\n"
        "  help: --fix writes `Environment`\n"
    )
    assert answer.err == "1 error in 2 files, 1 usage; --fix mends 1\n"


def test_carets_stand_below_wide_characters_and_tabs(call: Call, write: Write) -> None:
    """What takes two cells of a terminal pushes the caret by two, a tab by four, a combining mark by none."""
    write({"app.py": 'if x:\n\th = {"日本e\u0301": 1, "Helicone-Property-Env": "production"}\n'})
    lines = call("lint").out.splitlines()
    assert lines[1] == '  2 |     h = {"日本e\u0301": 1, "Helicone-Property-Env": "production"}'
    caret = lines[2].index("^")
    assert caret == lines[1].index("Env") - len("\u0301") + len("日本")
    assert lines[0].startswith("app.py:2:37: ")


def test_a_long_line_is_cut_around_the_finding(call: Call, write: Write) -> None:
    """A line of two thousand characters shows some of them, the finding among them, with the caret below it."""
    write({"app.py": f'x = "{"a" * 900}"; headers = {{"Helicone-Property-Env": "production"}}; y = "{"b" * 900}"\n'})
    lines = call("lint").out.splitlines()
    assert lines[0].startswith("app.py:1:939: ")
    assert len(lines[1]) < 200
    assert lines[1].count("…") == 2
    assert lines[1][lines[2].index("^") : lines[2].rindex("^") + 1] == "Env"


@pytest.mark.parametrize(
    ("code", "flags", "expected"),
    [
        (GOOD, (), 0),
        ("", (), 0),
        (WARNED, (), 0),
        ('headers = {f"Helicone-Property-{key}": "x"}\n', ("--fail-on", "warning"), 0),
        (BAD, ("--ignore", "key-alias"), 0),
        (BAD, ("--select", "value-empty,key-case"), 0),
        (BAD, (), 1),
        (WARNED, ("--fail-on", "warning"), 1),
        (BAD, ("--select", "key-alias"), 1),
        (BAD, ("--select", "value-empty", "--select", "key-alias"), 1),
        (BAD, ("--ignore", "value-empty"), 1),
    ],
)
def test_the_exit_code_says_whether_something_weighs_enough(
    code: str, flags: tuple[str, ...], expected: int, call: Call, write: Write
) -> None:
    """0 where nothing selected weighs at least `--fail-on`, else 1."""
    write({"app.py": code})
    assert call("lint", *flags).code == expected


def test_only_what_is_named_is_judged(call: Call, write: Write) -> None:
    """Files and folders can be named, and what is named twice is judged once."""
    write({"a.py": BAD, "b/c.py": BAD, "b/d.py": GOOD})
    assert call("lint", "b").out.count("error[") == 1
    assert call("lint", "a.py", "./a.py", ".").out.count("error[") == 2
    assert call("lint", "b/d.py").code == 0


def test_a_project_without_a_schema_is_told_so_even_without_usages(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was judged, so the exit code is 2 and the sentence names the command that helps."""
    (project / "properties.yaml").unlink()
    answer = call("lint")
    assert answer.code == 2
    assert answer.out == ""
    assert "propguard init" in answer.err


def test_fix_mends_and_reports_what_is_left(call: Call, write: Write, project: Path) -> None:
    """Safe fixes are in the file, the rest is reported, and a second run has nothing to fix."""
    write({"app.py": BAD + 'more = {"Helicone-Property-Environment": "prod", "Helicone-Property-Nope": "x"}\n'})
    first = call("lint", "--fix")
    assert first.code == 1
    assert first.out.count("error[") == 1
    assert "unknown-property" in first.out
    assert first.err.startswith("fixed 2 in 1 file\n")
    mended = (project / "app.py").read_text()
    assert mended == GOOD + 'more = {"Helicone-Property-Environment": "production", "Helicone-Property-Nope": "x"}\n'
    second = call("lint", "--fix")
    assert "fixed" not in second.err
    assert (project / "app.py").read_text() == mended


@pytest.mark.parametrize(
    ("flags", "mended"), [(("--select", "value-alias"), "value"), (("--ignore", "value-alias"), "key")]
)
def test_fix_mends_only_what_is_selected(
    flags: tuple[str, ...], mended: str, call: Call, write: Write, project: Path
) -> None:
    """A rule that is not asked for changes no file, though another one changes it."""
    write({"app.py": 'h = {"Helicone-Property-Env": "production"}\nh = {"Helicone-Property-Environment": "prod"}\n'})
    call("lint", "--fix", *flags)
    key, value = ("Environment", "prod") if mended == "key" else ("Env", "production")
    assert (project / "app.py").read_text() == (
        f'h = {{"Helicone-Property-{key}": "production"}}\nh = {{"Helicone-Property-Environment": "{value}"}}\n'
    )


def test_fix_leaves_alone_what_other_code_may_rest_on(call: Call, write: Write, project: Path) -> None:
    """A value behind a name is only suggested; a constant that is the header's name is mended."""
    code = 'NAME = "prod"\nHEADER = "Helicone-Property-Env"\nh = {"Helicone-Property-Environment": NAME}\ng = {HEADER: "staging"}\n'
    write({"app.py": code})
    answer = call("lint", "--fix")
    assert (project / "app.py").read_text() == code.replace('Property-Env"', 'Property-Environment"')
    assert "help: --fix --unsafe-fixes writes `production`" in answer.out


UNSURE = 'NAME = "prod"\nh = {"Helicone-Property-Enviroment": "x"}\ng = {"Helicone-Property-Environment": NAME}\n'
SURE = 'NAME = "production"\nh = {"Helicone-Property-Environment": "x"}\ng = {"Helicone-Property-Environment": NAME}\n'


def test_unsafe_fixes_are_made_only_where_they_are_asked_for(call: Call, write: Write, project: Path) -> None:
    """What would be written is said with the flags that write it."""
    write({"app.py": UNSURE})
    answer = call("lint", "--fix")
    assert answer.out.count("  help: --fix --unsafe-fixes writes `") == 2
    assert answer.err == "2 errors in 2 files, 2 usages; --fix --unsafe-fixes mends 2\n"
    assert (project / "app.py").read_text() == UNSURE
    answer = call("lint", "--fix", "--unsafe-fixes")
    assert answer.err.startswith("fixed 2 in 1 file\n")
    assert (project / "app.py").read_text() == SURE
    assert "fixed" not in call("lint", "--fix", "--unsafe-fixes").err
    assert (project / "app.py").read_text() == SURE


def test_diff_shows_unsafe_fixes_where_they_are_asked_for(call: Call, write: Write, project: Path) -> None:
    """And changes nothing."""
    write({"app.py": UNSURE})
    assert call("lint", "--diff").out == ""
    shown = call("lint", "--diff", "--unsafe-fixes").out.splitlines()
    assert [line[1:] for line in shown if line.startswith("+")][1:] == SURE.splitlines()[:2]
    assert (project / "app.py").read_text() == UNSURE


def test_unsafe_fixes_alone_are_refused(call: Call, write: Write, project: Path) -> None:
    """They say which fixes are meant, not what is to be done with them."""
    write({"app.py": UNSURE})
    answer = call("lint", "--unsafe-fixes")
    assert (answer.code, answer.out) == (2, "")
    assert "--fix" in answer.err


def test_a_file_that_cannot_be_written_keeps_no_other_from_being_mended(
    call: Call, write: Write, project: Path
) -> None:
    """It is told in a sentence, the rest is done and reported, and the exit code says that the job was not."""
    write({"a.py": BAD, "b.py": BAD, "c.py": BAD})
    (project / "b.py").chmod(0o444)
    answer = call("lint", "--fix")
    (project / "b.py").chmod(0o644)
    assert answer.code == 2
    assert answer.err.startswith("propguard: cannot write b.py: it is read-only\nfixed 2 in 2 files\n")
    assert answer.out.count("error[") == 1
    assert [(project / name).read_text() for name in ("a.py", "b.py", "c.py")] == [GOOD, BAD, GOOD]


def test_a_file_that_its_fixes_would_break_is_told(
    call: Call, write: Write, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a sentence; it stays as it was, and its findings are reported."""
    write({"app.py": BAD})
    monkeypatch.setattr("propguard.lint.fix.edited", lambda source, fixes: (source.data.replace(b"}", b""), 1))
    for flag in ("--fix", "--diff"):
        answer = call("lint", flag)
        assert answer.code == 1
        assert answer.err.startswith("propguard: app.py is left as it was: with its fixes in it,")
    assert (project / "app.py").read_text() == BAD


def test_diff_shows_what_fix_would_change_and_changes_nothing(call: Call, write: Write, project: Path) -> None:
    """The exit code is 1 where there is a change or a finding, else 0."""
    write({"app.py": BAD})
    answer = call("lint", "--diff")
    assert answer.out == f"--- a/app.py\n+++ b/app.py\n@@ -1 +1 @@\n-{BAD}+{GOOD}"
    assert answer.code == 1
    assert (project / "app.py").read_text() == BAD
    write({"app.py": GOOD})
    assert call("lint", "--diff") == (0, "", "nothing to report in 2 files, 1 usage\n")
    write({"app.py": BAD.replace("Env", "Nope")})
    assert call("lint", "--diff")[:2] == (1, "")


HARD_CONTENTS = {
    "plain.py": BAD.encode(),
    "crlf.py": BAD.replace("\n", "\r\n").encode() * 2,
    "mixed.py": b"x = 1\r\n" + BAD.encode() + b"y = 1\r",
    "no-end.py": BAD.strip().encode(),
    "bom.py": b"\xef\xbb\xbf" + BAD.encode(),
    "latin.py": b"# caf\xe9\n" + BAD.encode() + b"# \xff\xfe\n",
    "breaks.py": "x = '\u2028\u0085\x0b\x0c\x1c'\n".encode() + BAD.encode(),
    "escape.py": b"# \x1b[31m\n" + BAD.encode(),
    "with space.py": BAD.encode(),
    "sub/é.py": BAD.encode(),
    'quote"d.py': BAD.encode(),
    "line\nbreak.py": BAD.encode(),
    "tab\tbed.py": BAD.encode(),
}


def test_diff_can_be_applied_by_git(write: Write, project: Path) -> None:
    """Whatever the files hold and are called, the patch makes of them what `--fix` would."""
    write(HARD_CONTENTS)
    patch = project / "fix.patch"
    patch.write_bytes(subprocess.run([*PROGRAM, "lint", "--diff"], capture_output=True, check=False).stdout)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "fix.patch"], check=True)
    patch.unlink()
    applied = {name: (project / name).read_bytes() for name in HARD_CONTENTS}
    assert applied == {
        name: content.replace(b'Property-Env"', b'Property-Environment"') for name, content in HARD_CONTENTS.items()
    }


def test_fix_and_diff_at_once_are_refused(call: Call, write: Write, project: Path) -> None:
    """One writes what the other only shows."""
    write({"app.py": BAD})
    assert call("lint", "--fix", "--diff").code == 2
    assert (project / "app.py").read_text() == BAD


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # threads of the test runner, since Python 3.12
def test_many_files_are_judged_in_the_order_of_their_names(call: Call, write: Write) -> None:
    """Sharing the work out over processes changes nothing in the report."""
    write({f"m{number:03}.py": BAD for number in range(700)})
    answer = call("lint")
    places = [line.partition(":")[0] for line in answer.out.splitlines() if "error[" in line]
    assert places == [f"m{number:03}.py" for number in range(700)]
    assert "700 errors in 701 files, 700 usages" in answer.err


def test_statistics_count_the_findings_of_each_rule(call: Call, write: Write) -> None:
    """Most first, instead of the findings; in JSON beside them."""
    write({"a.py": BAD * 10 + WARNED, "b.py": WARNED})
    answer = call("lint", "--statistics")
    assert answer == (
        1,
        "10  key-alias\n 2  value-placeholder\n",
        "10 errors, 2 warnings in 3 files, 12 usages; --fix mends 10\n",
    )
    told = json.loads(call("lint", "--statistics", "--format", "json").out)
    assert told["statistics"] == [{"rule": "key-alias", "count": 10}, {"rule": "value-placeholder", "count": 2}]
    assert len(told["findings"]) == 12
    write({"a.py": GOOD, "b.py": GOOD})
    assert call("lint", "--statistics")[:2] == (0, "")


def test_exit_zero_reports_and_does_not_fail(call: Call, write: Write) -> None:
    """What cannot be done still fails."""
    write({"app.py": BAD})
    answer = call("lint", "--exit-zero")
    assert answer.code == 0
    assert "error[key-alias]" in answer.out
    assert call("lint", "--exit-zero", "--diff").code == 0
    assert call("lint", "--exit-zero", "none.py").code == 2


def test_fix_takes_out_a_comment_that_a_mended_line_does_not_need(call: Call, write: Write, project: Path) -> None:
    """A suppression is judged in the same run as what it suppresses."""
    write(
        {
            "app.py": f"# propguard: ignore[value-empty]\n{BAD}# propguard: ignore[value-empty] -- x\n",
            "plain.py": "x = 1  # propguard: ignore\n",
        }
    )
    assert call("lint", "--fix").err.startswith("fixed 4 in 2 files\n")
    assert (project / "app.py").read_text() == GOOD
    assert (project / "plain.py").read_text() == "x = 1\n"


def test_files_that_hold_nothing_but_a_suppression_are_judged(call: Call, write: Write) -> None:
    """Among few files and among many; one day later a suppression is over."""
    comment = "x = 1  # propguard: ignore[key-alias] until 2026-01-31\n"
    write({f"m{number:03}.py": "x = 1\n" for number in range(100)} | {"m050.py": comment})
    for paths in ((".",), ("m050.py",)):
        assert "m050.py:1:10: warning[unused-suppression]" in call("lint", "--today", "2026-01-31", *paths).out
        assert "m050.py:1:10: warning[expired-suppression]" in call("lint", "--today", "2026-02-01", *paths).out
