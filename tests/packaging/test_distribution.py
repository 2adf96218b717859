"""What the wheel and the sdist hold."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

pytestmark = pytest.mark.checkout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist and the wheel made from it, built by what is installed, so that no index is needed."""
    folder = tmp_path_factory.mktemp("distributions")
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(CHECKOUT))
    outcome = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert outcome.returncode == 0, outcome.stdout
    return folder


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> zipfile.ZipFile:
    (path,) = distributions.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_package_and_its_data(wheel: zipfile.ZipFile) -> None:
    """Every source file, the standard schema, the file format and the example application are in the wheel."""
    names = set(wheel.namelist())
    sources = {
        path.relative_to(CHECKOUT / "validator").as_posix()
        for path in (CHECKOUT / "validator" / "propguard").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    data = {f"propguard/_schema/{name}" for name in ("properties.yaml", "property-schema.json")}
    example = {
        f"propguard/_example/{path.relative_to(CHECKOUT / 'examples/support-app').as_posix()}"
        for path in (CHECKOUT / "examples/support-app").rglob("*")
        if path.is_file()
    }
    assert "propguard/py.typed" in sources
    assert example
    assert (sources | data | example) - names == set()


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    """No tests, no benchmarks and nothing compiled is installed on anybody's machine."""
    assert {name.partition("/")[0].partition("-")[0] for name in wheel.namelist()} == {"propguard"}
    assert [
        name for name in wheel.namelist() if re.search(r"/(tests|__pycache__|test_\w+\.py|conftest\.py)(/|$)", name)
    ] == []


def test_the_extras(wheel: zipfile.ZipFile) -> None:
    """The names that stand in people's install lines."""
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = message_from_bytes(wheel.read(name))
    assert set(metadata.get_all("Provides-Extra", ())) == {"all", "audit", "bench", "demo", "dev", "sandbox"}
    assert metadata["License-Expression"] == "Apache-2.0"


def test_the_sdist_can_be_tested(distributions: Path) -> None:
    """What a distributor needs to build, test and license the package is in the sdist."""
    (path,) = distributions.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    needed = {"pyproject.toml", "LICENSE", "CHANGELOG.md", "README.md", "schema/properties.yaml", "tests/conftest.py"}
    assert needed - names == set()
