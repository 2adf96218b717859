"""Paths as the platforms know them that show findings beside the code."""

from __future__ import annotations

import os


def from_root(path: str, root: str) -> str:
    """`path`, which is one from the working directory, as one from the folder `root`, with slashes; absolute where it
    leads out of there."""
    try:
        relative = os.path.relpath(path, root)
    except ValueError:  # another drive
        relative = os.pardir
    outside = relative == os.pardir or relative.startswith(os.pardir + os.sep)
    return (os.path.abspath(path) if outside else relative).replace(os.sep, "/")
