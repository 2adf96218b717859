"""A tree of source code to scan: what this machine's Python brings along, copied until it is as large as a big monorepo.

Every file of the standard library and of the installed packages, in as many copies as it takes, and among them some
two hundred files that do use properties. The tree is a git repository, as the linter asks git for the list of files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

FILES = 32_000
BYTES = 520 << 20
USAGE_FILES = 200
SMALLEST = 4 << 10
"""Bytes; the many empty and tiny files of packages would make a tree unlike one that people write."""

SUFFIXES = (".py", ".pyi", ".js", ".ts", ".md", ".sh", ".c", ".h", ".txt", ".json")

EXAMPLE = Path(__file__).parent.parent / "examples" / "support-app"


def make_tree(folder: Path) -> tuple[int, int]:
    """Make the tree in `folder`, unless it is there already, and give the number of its files and of their bytes."""
    done = folder / ".made"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        count, size = _fill(folder)
        _plant_usages(folder)
        git = ("git", "-C", str(folder), "-c", "gc.auto=0")
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "-A"], check=True, stderr=subprocess.DEVNULL)
        done.write_text(f"{count} {size}")
    files, size_of_all = done.read_text().split()
    return int(files), int(size_of_all)


def _fill(folder: Path) -> tuple[int, int]:
    sources = _sources()
    count = size = 0
    copy = 0
    while count < FILES or size < BYTES:
        for number, source in enumerate(sources):
            data = source.read_bytes()
            target = folder / f"copy{copy}" / f"part{number // 500}" / f"{number}_{source.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            count += 1
            size += len(data)
            if count >= FILES and size >= BYTES:
                break
        copy += 1
    return count, size


def _sources() -> list[Path]:
    """Source files of the standard library and the installed packages, tiny ones and those that mention the platform left out."""
    roots = {sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib")}
    found: set[Path] = set()
    for root in sorted(roots):
        for directory, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            found.update(Path(directory, name) for name in sorted(names) if name.endswith(SUFFIXES))
    return [
        path
        for path in sorted(found)
        if path.is_file() and path.stat().st_size >= SMALLEST and b"elicone" not in path.read_bytes()
    ]


def _plant_usages(folder: Path) -> None:
    examples = [path for path in sorted(EXAMPLE.rglob("*")) if path.suffix in {".py", ".ts", ".sh"}]
    for number in range(USAGE_FILES):
        source = examples[number % len(examples)]
        target = folder / "copy0" / f"service{number}" / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    shutil.copy(EXAMPLE / "properties.yaml", folder / "properties.yaml")


if __name__ == "__main__":
    print(make_tree(Path(sys.argv[1])))
