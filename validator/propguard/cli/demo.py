"""`propguard demo`: the doors at work on the bundled example application."""

from __future__ import annotations

import os
import sys
from contextlib import chdir, contextmanager
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from propguard.cli.options import has_colour
from propguard.cli.schema_source import SchemaSource
from propguard.cli.scope import show_notices
from propguard.errors import PropguardError, UsageError
from propguard.lint import lint_paths, list_files
from propguard.model.text import visible
from propguard.report import Report, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.audit import AuditResult
    from propguard.engine.sources import SourceOptions
    from propguard.model.schema import PropertySchema
    from propguard.sandbox import Sandbox

_STORED = 2_000
_HEAD_OF_A_PAGE = 2_000
_WHO: Any = [{"role": "user", "content": "Who are you?"}]


@click.command("demo")
def command() -> int:
    """Try the doors on the bundled example application, a support chat in Python and TypeScript.

    Its code is linted; then a local platform is started, written to, asked through the openai package, and audited; the
    audit of a file of stored requests becomes report.html in the current folder.
    """
    # A copy, as the code of whatever the example lies in, such as a checkout or all installed packages, is none of its own.
    folder, report = example_folder(), os.path.abspath("report.html")
    if os.path.exists(report) and not _is_ours(report):
        raise UsageError(f"{report} exists and is no report of propguard's; move it away, or run the demo elsewhere")
    with TemporaryDirectory(prefix="propguard-demo-") as parent, chdir(copytree(folder, os.path.join(parent, "app"))):
        _say(f"This is about a copy of the example application in {folder}; its schema is properties.yaml.\n")
        _lint()
        with _left_out("The second door is left out"):
            _write_and_audit()
        with _left_out("The audit of a file is left out"):
            _audit_file(report)
    return 0


@contextmanager
def _left_out(what: str) -> Iterator[None]:
    """What cannot be shown here does not keep the rest from being shown."""
    try:
        yield
    except PropguardError as error:
        _say(f"{what}: {visible(str(error))}")


def _is_ours(report: str) -> bool:
    """Whether an earlier demo wrote the page."""
    with open(report, encoding="utf-8", errors="replace") as stream:
        return "propguard" in stream.read(_HEAD_OF_A_PAGE)


def example_folder() -> str:
    """Where the example application lies: in the package, or in a checkout beside it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "_example"), os.path.join(package, "..", "..", "examples", "support-app")):
        if os.path.isfile(os.path.join(folder, "properties.yaml")):
            return os.path.normpath(folder)
    raise UsageError("the example application is missing from this installation; install propguard again")


def _lint() -> None:
    """The first door: the code."""
    _say("$ propguard lint")
    listing = list_files(["."])
    show_notices(listing)
    result = lint_paths(listing, SchemaSource("properties.yaml").judge_of)
    report = Report(result.findings, {"files": result.files, "usages": result.usages})
    render(report, sys.stdout, "text", colour=has_colour())
    from propguard.report.text_format import summary

    _say(summary(report))
    _say("\nGood usage is passed in silence: read app/good.py and web/good.ts beside the ones above.\n")


def _write_and_audit() -> None:
    """The second door, what is written, to a platform on this machine; then the third, what is stored there."""
    from propguard.sandbox import Sandbox
    from propguard.schemafile import load_schema

    schema = load_schema("properties.yaml")
    with Sandbox() as sandbox:
        _say(f"$ propguard sandbox\nA local platform answers at {sandbox.base_url}; all that follows is sent there.\n")
        _write_afterwards(schema, sandbox)
        _ask_a_model(schema, sandbox)
        _audit_platform(schema, sandbox)


def _write_afterwards(schema: PropertySchema, sandbox: Sandbox) -> None:
    """Properties of a request that is stored."""
    from propguard import Helicone, PropertyRejected

    (request_id,) = sandbox.seed([{}])
    with Helicone(schema, base_url=sandbox.base_url, api_key=sandbox.api_key) as helicone:
        _say('>>> helicone = Helicone(schema)\n>>> helicone.add_property(request_id, "environment", "prod")')
        try:
            helicone.add_property(request_id, "environment", "prod")
        except PropertyRejected as error:
            _say(f"PropertyRejected: {error}\n")
    with Helicone(schema, base_url=sandbox.base_url, api_key=sandbox.api_key, on_violation="fix") as helicone:
        _say(
            '>>> helicone = Helicone(schema, on_violation="fix")\n>>> helicone.add_property(request_id, "environment", "prod")'
        )
        _say(f"{helicone.add_property(request_id, 'environment', 'prod')}\n")


def _ask_a_model(schema: PropertySchema, sandbox: Sandbox) -> None:
    """Properties of a request while it is made, with the openai package as its users have it."""
    from propguard import GuardTransport

    try:
        import openai
    except ImportError:
        _say("The guard of LLM calls is shown where the openai package is installed: pip install 'propguard[demo]'")
        return
    from importlib import import_module

    # The newest openai is built on httpx2, older ones on httpx; the guard takes either.
    http: Any = import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])
    client = http.Client(transport=GuardTransport(schema, http.HTTPTransport()))
    with openai.OpenAI(base_url=sandbox.openai_base_url, api_key=sandbox.api_key, http_client=client) as model:
        _say(f">>> client = {http.__name__}.Client(transport=GuardTransport(schema, {http.__name__}.HTTPTransport()))")
        _say(">>> model = OpenAI(http_client=client)")
        for value in ("prod", "production"):
            headers = {"Helicone-Property-Environment": value}
            _say(f">>> model.chat.completions.create(…, extra_headers={headers})")
            try:
                answer = model.chat.completions.create(model="gpt-5", messages=_WHO, extra_headers=headers)
            except openai.BadRequestError as error:
                _say(f"BadRequestError: {error.message}\n")
            else:
                _say(f"{answer.choices[0].message.content}\n")
    stored = [request["properties"] for request in sandbox.requests()]
    _say(f"Stored are now, request by request: {stored}")


def _audit_platform(schema: PropertySchema, sandbox: Sandbox) -> None:
    """What the services of a company have stored in some weeks."""
    from propguard.engine.sources import SourceOptions
    from propguard.report.audit import ready, render_audit
    from propguard.sandbox.demo import requests

    ready("text")

    sandbox.seed(requests(number=_STORED))
    _say(
        f"The platform is given {_STORED:,} requests of a company whose services do not agree.\n\n$ propguard audit hql"
    )
    result = _audited(schema, "hql", SourceOptions(api_key=sandbox.api_key, base_url=sandbox.base_url))
    render_audit(result, sys.stdout, "text", colour=has_colour())


def _audit_file(report: str) -> None:
    """The same of a file, as a page."""
    from propguard.cli.audit_report import write_page
    from propguard.engine.sources import SourceOptions
    from propguard.report.audit import ready
    from propguard.schemafile import load_schema

    ready("html")
    _say("\n$ propguard audit stored-requests.parquet --html report.html")
    result = _audited(load_schema("properties.yaml"), "stored-requests.parquet", SourceOptions())
    _say(
        f"{result.requests:,} requests, of which {result.requests_with_error:,} have an error; the page tells the rest."
    )
    write_page(result, report)


def _audited(schema: PropertySchema, source: str, options: SourceOptions) -> AuditResult:
    """The audit of a source."""
    from datetime import UTC, datetime

    from propguard.audit import audit
    from propguard.engine.sources import opened

    with opened((source,), options) as (engine, shown, _):
        return audit(schema, engine, today=datetime.now(UTC).date(), source=shown)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
