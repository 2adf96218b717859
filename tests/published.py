"""Published packages that tests read or run: fetched from the registries, by version and hash, and never committed."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Literal, NamedTuple


class Archive(NamedTuple):
    """An archive as its registry has it: a wheel, an sdist, or what npm packs.

    `digest` is the algorithm and the digest as the registry writes it: `sha256:` and hexadecimal digits on PyPI,
    `sha512-` and base64 on npm.
    """

    kind: Literal["wheel", "sdist", "npm"]
    package: str
    version: str
    digest: str


def node_package(name: str) -> Path:
    """The folder of an npm package that `make test-external` has installed.

    Raises FileNotFoundError where it has not.
    """
    folders = [Path(folder) / name for folder in os.environ.get("NODE_PATH", "").split(os.pathsep) if folder]
    for folder in folders:
        if folder.is_dir():
            return folder
    message = f"{name} is in none of the folders of NODE_PATH; run `make test-external`"
    raise FileNotFoundError(message)


def unpacked(archive: Archive, folder: Path) -> Path:
    """The root of the archive's content in `folder`, which must not exist. Raises ValueError where the hash is another."""
    downloads = folder / "downloads"
    downloads.mkdir(parents=True)
    path = _from_npm(archive, downloads) if archive.kind == "npm" else _from_pypi(archive, downloads)
    root = folder / "content"
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            wheel.extractall(root)
        return root
    with tarfile.open(path) as packed:
        packed.extraction_filter = getattr(tarfile, "data_filter", None)  # which Python has since 3.11.4
        packed.extractall(root)
    (only,) = root.iterdir()
    return only


def _from_pypi(archive: Archive, folder: Path) -> Path:
    """The archive, whose hash pip has compared."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{archive.package}=={archive.version} --hash={archive.digest}\n")
    form = "--only-binary=:all:" if archive.kind == "wheel" else "--no-binary=:all:"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", form]
    command += ["--no-build-isolation", "--require-hashes", "--requirement", str(requirements), "--dest", str(folder)]
    _run(command, folder)
    (path,) = (path for path in folder.iterdir() if path != requirements)
    return path


def _from_npm(archive: Archive, folder: Path) -> Path:
    _run([shutil.which("npm") or "npm", "pack", "--silent", f"{archive.package}@{archive.version}"], folder)
    (path,) = folder.iterdir()
    digest = "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if digest != archive.digest:
        message = f"{path.name} has the hash {digest}, not {archive.digest}"
        raise ValueError(message)
    return path


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
