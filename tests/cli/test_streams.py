"""Standard output and what may become of it: a terminal, a pipe that nobody reads, a full disk, an interruption."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import BAD, PROGRAM

if TYPE_CHECKING:
    from tests.cli.shop import Call, Write

pytestmark = [
    pytest.mark.usefixtures("project"),
    pytest.mark.skipif(sys.platform == "win32", reason="terminals, pipes and signals are those of POSIX"),
]


def on_a_terminal(*arguments: str, **variables: str) -> str:
    """What the program writes to a terminal on standard output."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **variables}
    with subprocess.Popen([*PROGRAM, *arguments], stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 1 << 16):
                shown += part
        except OSError:  # Linux says so where the other side is closed
            pass
        process.wait(timeout=30)
    os.close(ours)
    return shown.decode()


def test_colour_is_for_terminals_only(call: Call, write: Write) -> None:
    """The severity is painted where somebody sees it, and nowhere else."""
    write({"app.py": BAD})
    assert "\x1b[1;31merror[key-alias]\x1b[0m" in on_a_terminal("lint")
    assert "\x1b[" in on_a_terminal("rules")
    assert "\x1b" not in call("lint").out


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colour_gets_none(variables: dict[str, str], write: Write) -> None:
    """NO_COLOR is honoured, and so is a terminal without colours."""
    write({"app.py": BAD})
    shown = on_a_terminal("lint", **variables)
    assert "error[key-alias]" in shown
    assert "\x1b" not in shown


def test_an_empty_no_color_is_none(write: Write) -> None:
    """As https://no-color.org has it."""
    write({"app.py": BAD})
    assert "\x1b" in on_a_terminal("lint", NO_COLOR="")


def test_json_and_patches_have_no_colour_on_a_terminal(write: Write) -> None:
    """And what control characters a patch has are escapes there."""
    write({"app.py": "# \x1b[31m\u202e\n" + BAD})
    assert "\x1b" not in on_a_terminal("lint", "--format", "json")
    patch = on_a_terminal("lint", "--diff")
    assert " # \\x1b[31m\\u{202e}" in patch
    assert "\x1b" not in patch


@pytest.mark.parametrize(
    "arguments", [("rules",), ("rules", "--format", "json"), ("lint",), ("usages",), ("lint", "--diff")]
)
def test_a_pipe_that_nobody_reads_is_no_drama(arguments: tuple[str, ...], write: Write) -> None:
    """The exit code is that of a program which a closed pipe ends, and nothing is written to standard error."""
    write({f"a{number}.py": BAD * 50 for number in range(30)})
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [("rules",), ("rules", "--format", "json"), ("lint",), ("check", "a=b")])
def test_a_full_disk_is_told(arguments: tuple[str, ...], write: Write) -> None:
    """A report that was cut off is not passed for a clean one."""
    write({"app.py": BAD})
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("propguard: cannot go on: no space left on device")
    assert done.stderr.count(b"\n") == 1


def test_closed_streams_raise_nothing(write: Write) -> None:
    """A program that is started without standard output still gives its exit code."""
    write({"app.py": BAD})
    command = f"exec {shlex.join(PROGRAM)} lint >&- 2>&-"
    done = subprocess.run(["sh", "-c", command], check=False, timeout=60)
    assert done.returncode == 1


def test_an_interruption_is_130(call: Call, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the command was at."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    write({"app.py": BAD})
    monkeypatch.setattr("propguard.cli.lint.lint_paths", interrupted)
    answer = call("lint")
    assert (answer.code, answer.out) == (130, "")
    assert answer.err.strip() == "propguard: interrupted"


def test_ctrl_c_while_it_reads_is_130() -> None:
    """The signal, sent to the program while it waits for records."""
    command = [*PROGRAM, "check", "--schema", "standard", "--jsonl", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"environment": "production"}\n' * 20_000)
        process.stdin.flush()  # returns once the program has read all but what fits into a pipe
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in complaint


INTERRUPTED_AT = """\
import os, signal, sys
class AtImport:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, AtImport())
sys.argv[1:] = ["lint", "."]
from propguard.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "module", ["typing", "propguard.cli", "propguard.errors", "click", "propguard.cli.commands", "propguard.cli.lint"]
)
def test_ctrl_c_while_it_starts_is_130(module: str) -> None:
    """Whatever is being imported, there is no traceback."""
    command = [sys.executable, "-c", INTERRUPTED_AT.format(module=module)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.strip() in {b"", b"propguard: interrupted"}


def test_findings_are_shown_while_records_still_come() -> None:
    """A stream that never ends is judged all the same, and costs no memory for what was shown."""
    command = [*PROGRAM, "check", "--schema", "standard", "--jsonl", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"environment": "prod"}\n' * 200)
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"record 1: error[value-alias]")
        process.stdin.close()
        process.stdout.read()
    assert process.returncode == 1


def test_text_that_the_terminal_cannot_show_is_escaped(write: Write) -> None:
    """An ASCII terminal gets escapes, no complaint."""
    write({"app.py": 'h = {"Helicone-Property-Environment": "日本"}\n'})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*PROGRAM, "lint"], capture_output=True, check=False, env=environment, timeout=60)
    assert done.returncode == 1
    assert b"\\u65e5\\u672c" in done.stdout
