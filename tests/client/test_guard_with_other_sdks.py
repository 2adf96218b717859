"""The guard under clients that cannot share an environment with the newest ones, each in one of its own with propguard.

Each runs the whole of its program in `sdks/`: it works through the guard unchanged, and refusals reach its caller.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.client.llm_server import llm_server

CHECKOUT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).parent / "sdks"

pytestmark = [pytest.mark.checkout, pytest.mark.external("uv")]

SCHEMA = """\
file_format: property-schema/1
name: shop
version: 1.0.0
properties:
  environment: {enum: [production, staging], aliases: [env], value_aliases: {prod: production}}
  customer_id: {pattern: '^cust_[0-9]+$'}
"""

REFUSED = "propguard did not send this request: `qa` is not an allowed value of `environment` (production, staging)"


class Run(NamedTuple):
    """What the program said happened, and the property headers that arrived, request by request."""

    outcome: dict[str, Any]
    arrived: list[dict[str, str]]


class SDK(NamedTuple):
    """What is installed beside propguard, the program to run, and how often what it refuses is refused."""

    requirement: str
    program: str
    refusals: int
    arrive: list[dict[str, str]]


STAGING, PRODUCTION = {"environment": "staging"}, {"environment": "production"}
SDKS = [
    SDK("openai<3", "openai_on_httpx.py", 2, [STAGING | {"customer_id": "cust_1"}, STAGING, PRODUCTION, STAGING]),
    SDK("litellm", "through_litellm.py", 1, [STAGING, STAGING, PRODUCTION, STAGING]),
    SDK("langchain-openai", "through_langchain.py", 1, [STAGING, STAGING, PRODUCTION, STAGING]),
]


@pytest.fixture(scope="module", params=SDKS, ids=lambda sdk: sdk.program.removesuffix(".py"))
def sdk(request: pytest.FixtureRequest) -> SDK:
    param: SDK = request.param
    return param


@pytest.fixture(scope="module")
def run(sdk: SDK, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("sdk")
    (folder / "properties.yaml").write_text(SCHEMA)
    python = folder / "venv" / "bin" / "python"
    subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, str(folder / "venv")], check=True)
    install = ["uv", "pip", "install", "--quiet", "--python", str(python), str(CHECKOUT), sdk.requirement]
    subprocess.run(install, check=True, cwd=folder)
    with llm_server() as server:
        command = [str(python), "-I", str(PROGRAMS / sdk.program), str(folder / "properties.yaml"), server.url]
        answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=folder, timeout=120)
        assert answer.returncode == 0, answer.stderr
        arrived = [{name.lower(): value for name, value in properties} for _, properties in server.received]
    return Run(json.loads(answer.stdout.splitlines()[-1]), arrived)


def test_answers_come_back_whole_and_streamed(run: Run) -> None:
    for kind in ("whole", "stream", "fixed", "fixed stream"):
        assert run.outcome[kind] == "Hello", kind


def test_properties_arrive_as_they_were_or_fixed_and_what_is_refused_does_not(sdk: SDK, run: Run) -> None:
    assert run.arrived == sdk.arrive


def test_what_is_refused_is_a_bad_request_without_a_second_try(sdk: SDK, run: Run) -> None:
    assert REFUSED in run.outcome["refused"]
    assert REFUSED in run.outcome["refused async"]
    assert run.outcome["refusals"] == sdk.refusals


def test_the_older_openai_sends_a_repeated_header_and_is_stopped(sdk: SDK, run: Run) -> None:
    """The newest merges the two before any transport sees them."""
    if sdk.program == "openai_on_httpx.py":
        assert "are one header" in run.outcome["repeated"]
        assert run.outcome["without httpx2"]
