"""Files are written whole or not at all, and nothing about them changes but what is in them."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from propguard.files import require_ordinary, write_output, write_whole

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions, owners and links are those of POSIX")
ROOT = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
BEFORE, AFTER = b"before, and longer than after\r\n", b"after\xff"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with something in it, in a folder with nothing else."""
    path = tmp_path / "a.txt"
    path.write_bytes(BEFORE)
    return path


@POSIX
def test_a_new_file_is_made_as_the_mask_says(tmp_path: Path) -> None:
    """As any other program would make it."""
    before = os.umask(0o027)
    try:
        write_whole(str(tmp_path / "new"), AFTER)
    finally:
        os.umask(before)
    assert (tmp_path / "new").read_bytes() == AFTER
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@POSIX
@pytest.mark.parametrize("mode", [0o751, 0o600, 0o666, 0o202])
def test_permissions_are_kept(mode: int, path: Path) -> None:
    """To the bit, whatever the mask is."""
    path.chmod(mode)
    write_whole(str(path), AFTER)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    path.chmod(0o600)
    assert path.read_bytes() == AFTER


@POSIX
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    """What it leads to is written."""
    link = tmp_path / "link"
    link.symlink_to("a.txt")
    write_whole(str(link), AFTER)
    assert link.is_symlink()
    assert path.read_bytes() == AFTER


@POSIX
def test_every_name_of_a_file_leads_to_what_was_written(path: Path, tmp_path: Path) -> None:
    """A hard link is the same file afterwards."""
    other = tmp_path / "other"
    os.link(path, other)
    write_whole(str(path), AFTER)
    assert os.path.samefile(path, other)
    assert (path.read_bytes(), other.read_bytes()) == (AFTER, AFTER)


@ROOT
def test_the_owner_is_kept(path: Path) -> None:
    """Who runs it as root takes no file away from anybody."""
    os.chown(path, 12345, 23456)
    path.chmod(0o640)
    write_whole(str(path), AFTER)
    there = path.stat()
    assert (there.st_uid, there.st_gid, stat.S_IMODE(there.st_mode)) == (12345, 23456, 0o640)


@POSIX
def test_a_file_that_cannot_be_given_back_is_written_in_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps its owner that way, too."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    real = os.stat
    number = path.stat().st_ino

    def of_somebody_else(name: str, **options: bool) -> os.stat_result:
        found = real(name, **options)
        return os.stat_result((*found[:4], 12345, *found[5:])) if found.st_ino == number else found

    monkeypatch.setattr("os.chown", refuse)
    monkeypatch.setattr("os.stat", of_somebody_else)
    write_whole(str(path), AFTER)
    monkeypatch.undo()
    assert path.stat().st_ino == number
    assert (path.read_bytes(), os.listdir(path.parent)) == (AFTER, ["a.txt"])


@POSIX
def test_what_is_marked_as_read_only_is_left_alone(path: Path) -> None:
    """Even where the folder would let it be replaced, and even by root."""
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="it is read-only"):
        write_whole(str(path), AFTER)
    assert path.read_bytes() == BEFORE


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, or something in a folder that is not there."""
    for name in (str(tmp_path), str(tmp_path / "nowhere" / "a.txt")):
        with pytest.raises(OSError, match=r"not a file|No such file"):
            write_whole(name, AFTER)


@pytest.mark.parametrize(
    ("error", "linked"),
    [
        (OSError(28, "No space left on device"), False),
        (OSError(28, "No space left on device"), True),
        (KeyboardInterrupt(), False),
    ],
)
def test_what_fails_half_way_is_undone(
    error: BaseException, linked: bool, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, or Ctrl-C at the worst moment: the old content is there, and nothing else."""

    def fail(*_: object) -> None:
        raise error

    if linked:
        os.link(path, tmp_path / "b.txt")
    names = sorted(os.listdir(tmp_path))
    for function in ("os.fsync",) if linked else ("os.fsync", "os.chmod", "os.replace"):
        monkeypatch.setattr(function, fail)
        with pytest.raises(type(error)):
            write_whole(str(path), AFTER)
        monkeypatch.undo()
        assert sorted(os.listdir(tmp_path)) == names
        assert path.read_bytes() == BEFORE


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="this system makes no room beforehand")
def test_a_full_disk_is_met_before_a_byte_is_changed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file with several names, which is written in its place."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    os.link(path, tmp_path / "b.txt")
    monkeypatch.setattr("os.posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(str(path), BEFORE * 2)
    assert path.read_bytes() == BEFORE


KILLED = """\
import os, signal, sys
from propguard.files import write_whole
program, calls = os.getpid(), []
def content():
    calls.append(1)
    yield b"half "
    if len(calls) == {call}:
        os.kill(program, signal.SIGKILL)
    yield b"and half"
write_whole(sys.argv[1], content)
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")
@pytest.mark.parametrize("linked", [False, True])
def test_a_program_that_is_killed_leaves_a_whole_file(linked: bool, path: Path, tmp_path: Path) -> None:
    """With the old content or the new, and nothing beside it."""
    if linked:
        os.link(path, tmp_path / "b.txt")
    names = sorted(os.listdir(tmp_path))
    command = [sys.executable, "-c", KILLED.format(call=2 if linked else 1), str(path)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    wanted = b"half and half" if linked else BEFORE
    for _ in range(100):
        if path.read_bytes() == wanted:
            break
        time.sleep(0.02)
    assert path.read_bytes() == wanted
    assert sorted(os.listdir(tmp_path)) == names


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python reads no extended attributes here")
def test_extended_attributes_are_kept(path: Path) -> None:
    """Whatever they are called."""
    try:
        os.setxattr(path, "user.checked", b"yes")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    write_whole(str(path), AFTER)
    assert (path.read_bytes(), os.getxattr(path, "user.checked")) == (AFTER, b"yes")


@POSIX
@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a socket", "a device"])
def test_what_is_no_file_is_named(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is opened, so a pipe that nobody writes to blocks nobody, not through a link either."""
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    if kind == "a folder":
        os.mkdir("it")
    elif kind == "a pipe":
        os.mkfifo("it")
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("it")
    else:
        os.symlink("/dev/zero", "it")
    os.symlink("it", "link")
    for path in ("it", "link"):
        with pytest.raises(OSError, match=f"it is {kind}, not a file"):
            require_ordinary(path)


def test_an_ordinary_file_may_be_read(path: Path, tmp_path: Path) -> None:
    """Also through a link; what is missing is missing."""
    assert require_ordinary(str(path)).st_size == len(BEFORE)
    with pytest.raises(FileNotFoundError):
        require_ordinary(str(tmp_path / "absent"))


def test_an_output_is_not_written_through_a_link(tmp_path: Path) -> None:
    """Whoever has put the link there would choose what is overwritten."""
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "report.html").symlink_to("precious")
    with pytest.raises(OSError, match="it is a symbolic link, which is not followed"):
        write_output(str(tmp_path / "report.html"), b"new")
    assert (tmp_path / "precious").read_text() == "kept"
    write_output(str(tmp_path / "other.html"), b"new")
    assert (tmp_path / "other.html").read_bytes() == b"new"
