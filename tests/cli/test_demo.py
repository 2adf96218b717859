"""`demo`: code, writes and stored data of the bundled example, in one run that the tests here share."""

from __future__ import annotations

import sys
from contextlib import chdir, redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from propguard.cli import run
from propguard.cli.demo import example_folder

if TYPE_CHECKING:
    from tests.cli.shop import Call

pytestmark = [
    pytest.mark.smoke,
    pytest.mark.skipif(sys.platform == "win32", reason="the embedded engine has no wheels for Windows"),
]


class Demo(NamedTuple):
    """What the command printed, and the folder in which it ran."""

    code: int
    out: str
    folder: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run by a user who has named a schema of their own, which the demo does not use."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stdout(StringIO()) as printed:
        patch.setenv("PROPGUARD_SCHEMA", "missing.yaml")
        patch.setenv("PROPGUARD_CACHE_DIR", str(folder / "cache"))
        code = run(["demo"])
    return Demo(code, printed.getvalue(), folder)


def test_it_shows_findings_and_succeeds(demo: Demo) -> None:
    """The findings are what it is meant to show."""
    assert demo.code == 0
    assert "error[" in demo.out
    assert "app/chat.py" in demo.out
    assert "web/client.ts" in demo.out


def test_it_writes_to_a_platform_of_its_own(demo: Demo) -> None:
    """What breaks the schema is refused or fixed, and the openai package gets an answer or an error of its own."""
    assert "\nPropertyRejected: `prod` is another spelling of the value `production`" in demo.out
    assert "key='environment', value='production', verified=False)\n" in demo.out
    assert "\nBadRequestError: Error code: 400 - propguard did not send this request" in demo.out
    assert "\nHello from the sandbox.\n" in demo.out
    assert "[{'environment': 'production'}, {'environment': 'production'}]\n" in demo.out


def test_it_audits_what_is_stored(demo: Demo) -> None:
    """On the platform and in a file; the report of the file lies where the user is."""
    assert "\n$ propguard audit hql\n" in demo.out
    assert ": 2,002 requests, 21 properties\n" in demo.out
    assert "\n5,000 requests, of which 3,787 have an error; the page tells the rest.\n" in demo.out
    assert "tmp_debug_run" in (demo.folder / "report.html").read_text()


def test_a_report_of_somebody_else_is_kept(project: Path, call: Call) -> None:
    """Nothing is done before that is clear."""
    (project / "report.html").write_text("<html>my own report</html>")
    answer = call("demo")
    assert (answer.code, answer.out) == (2, "")
    assert "is no report of propguard's; move it away" in answer.err
    assert (project / "report.html").read_text() == "<html>my own report</html>"


def test_the_demo_s_file_is_what_its_script_writes() -> None:
    """Whoever changes the demo's requests writes the file anew: python examples/stored_requests.py."""
    parquet = pytest.importorskip("pyarrow.parquet")
    example = Path(example_folder())
    script = example.parent / "stored_requests.py"
    if not script.exists():
        pytest.skip("the script is in a checkout only")
    spec = spec_from_file_location("stored_requests", script)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert parquet.read_table(example / "stored-requests.parquet").equals(module.stored_requests())
