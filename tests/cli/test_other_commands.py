"""`usages`, `schema`, `rules`, `rule`, `demo`: what they show."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from propguard.cli.demo import example_folder
from propguard.rules.book import RULES
from propguard.version import VERSION
from tests.cli.shop import BAD, SCHEMA

if TYPE_CHECKING:
    from tests.cli.shop import Call, Write

pytestmark = pytest.mark.usefixtures("project")


def test_usages_are_a_line_each(call: Call, write: Write) -> None:
    """Place, key, values, door and shape; what is not known is an ellipsis, a computed key is called so."""
    write(
        {
            "app.py": 'h = {"Helicone-Property-Env": env or "dev", "Helicone-Property-App": ""}\nh[f"Helicone-Property-{k}"] = v\n'
            'httpx.put(f"/v1/request/{i}/property", json={"key": "Tier", "value": "a" if x else "b"})\n'
        }
    )
    answer = call("usages")
    assert answer.out.splitlines() == [
        "app.py:1:25: env = dev | …  header, map",
        'app.py:1:64: app = ""  header, map',
        "app.py:2:3: (computed) = …  header, assignment",
        "app.py:3:54: Tier = a | b  api, put",
    ]
    assert answer.err == "4 usages in 2 files\n"
    assert answer.code == 0


def test_what_could_not_be_read_is_told_by_usages_too(call: Call, write: Write) -> None:
    """On standard error, so that the inventory stays an inventory."""
    write({"large.py": BAD + "#" * (11 << 20), "app.py": BAD})
    answer = call("usages")
    assert answer.out.count("\n") == 1
    assert answer.err.startswith("propguard: large.py:1:1: the file has 11 MB")


def test_schema_check_shows_faults_with_carets(call: Call, write: Write) -> None:
    """A fault is shown like any finding, and a good file is passed in silence."""
    write({"bad.yaml": SCHEMA.replace("enum", "enmu"), "good.yaml": SCHEMA})
    answer = call("schema", "check", "good.yaml", "bad.yaml")
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert lines[0].startswith("bad.yaml:5:17: error[schema-unknown-field]")
    assert lines[1][lines[2].index("^") : lines[2].rindex("^") + 1] == "enmu"
    assert call("schema", "check", "good.yaml") == (0, "", "nothing to report in 1 file\n")
    assert call("schema", "check").code == 0


def test_schema_show_is_a_schema_file(call: Call, write: Write) -> None:
    """What it writes can be read back, and shows the same."""
    write({"child.yaml": SCHEMA.replace("name: shop", "name: child\nextends: [standard]")})
    shown = call("schema", "show", "child.yaml")
    assert shown.code == 0
    assert "user_tier" in yaml.safe_load(shown.out)["properties"]
    write({"resolved.yaml": shown.out})
    assert call("schema", "show", "resolved.yaml").out == shown.out


def test_the_rule_book_has_a_line_per_rule(call: Call) -> None:
    """And each of them can be explained."""
    lines = call("rules").out.splitlines()
    assert len(lines) == len(RULES)
    for rule, line in zip(RULES, lines, strict=True):
        assert rule.id in line.split()
        assert rule.summary in line


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_explained_with_its_example(rule: object, call: Call) -> None:
    """What it is, why, and both sides of it."""
    rule_id, example = rule.id, rule.example  # type: ignore[attr-defined]  # pytest knows no type of a parameter
    answer = call("rule", rule_id)
    assert answer.code == 0
    assert answer.out.startswith(f"{rule_id} (")
    for text in (example.bad, example.good):
        assert all(line.strip() in answer.out for line in text.strip().splitlines())


def test_the_demo_shows_findings_and_is_content(call: Call, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It judges the bundled example, whatever schema the user has told of."""
    monkeypatch.setenv("PROPGUARD_SCHEMA", "missing.yaml")
    answer = call("demo")
    assert answer.code == 0
    assert "error[" in answer.out
    assert "app/chat.py" in answer.out
    assert "web/client.ts" in answer.out


@pytest.mark.skipif(sys.platform == "win32", reason="the engine of the sandbox has no wheels for Windows")
def test_the_demo_writes_to_a_platform_of_its_own(call: Call, project: Path) -> None:
    """What breaks the schema is refused or fixed, and the openai package gets an answer or an error of its own."""
    answer = call("demo")
    assert "\nPropertyRejected: `prod` is another spelling of the value `production`" in answer.out
    assert "key='environment', value='production', verified=False)\n" in answer.out
    assert "\nBadRequestError: Error code: 400 - propguard did not send this request" in answer.out
    assert "\nHello from the sandbox.\n" in answer.out
    assert "[{'environment': 'production'}, {'environment': 'production'}]\n" in answer.out


@pytest.mark.skipif(sys.platform == "win32", reason="the embedded engine has no wheels for Windows")
def test_the_demo_audits_what_is_stored(call: Call, project: Path) -> None:
    """On the platform and in a file; the report of the file lies where the user is, and what lay there is kept."""
    answer = call("demo")
    assert "\n$ propguard audit hql\n" in answer.out
    assert ": 2,002 requests, 21 properties\n" in answer.out
    assert "\n5,000 requests, of which 3,787 have an error; the page tells the rest.\n" in answer.out
    page = (project / "report.html").read_text()
    assert "tmp_debug_run" in page
    (project / "report.html").write_text("<html>my own report</html>")
    assert "is no report of propguard's; move it away" in call("demo").out
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


def test_the_version_is_the_package_s(call: Call, start: Call) -> None:
    """In this process, and as the program."""
    assert call("--version") == (0, f"propguard {VERSION}\n", "")
    assert start("--version") == (0, f"propguard {VERSION}\n", "")


@pytest.mark.parametrize(
    "arguments", [("-h",), ("--help",), ("lint", "--help"), ("schema", "--help"), ("schema", "show", "-h")]
)
def test_help_is_on_standard_output(arguments: tuple[str, ...], call: Call) -> None:
    """It was asked for."""
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: propguard")
