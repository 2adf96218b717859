"""`propguard sandbox`: a local platform to write to, query and break."""

from __future__ import annotations

import gc
import sys

import click

from propguard.cli.options import schema_option
from propguard.cli.schema_source import SchemaSource
from propguard.errors import SchemaNotFound
from propguard.interrupts import INTERRUPTED
from propguard.sandbox.process import require
from propguard.sandbox.settings import HOST, PORT, Settings, faults_of

SHARE = click.FloatRange(0, 1)
SECONDS = click.FloatRange(0, 3600)


@click.command("sandbox")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--host", default=HOST, show_default=True, help="The address to listen on; other machines reach 0.0.0.0.")
@schema_option
@click.option("--enforce", is_flag=True, help="Refuse what breaks the schema, instead of only reporting it.")
@click.option("--api-key", help="The only API key that is accepted. Default: any.")
@click.option("--read-only-key", help="An API key that may not POST.")
@click.option("--seed-demo", is_flag=True, help="Begin with some weeks of requests whose properties have drifted.")
@click.option(
    "--ingestion-delay", type=SECONDS, default=1.5, show_default=True, help="Seconds until a request is seen."
)
@click.option(
    "--rate-limit", type=click.IntRange(1), help="Calls per window; the platform's tiers have 1,000 to 100,000."
)
@click.option("--rate-window", type=click.FloatRange(0.1, 3600), default=300.0, show_default=True, help="Its seconds.")
@click.option("--no-sql", is_flag=True, help="The SQL endpoint answers 403, as where it is switched off.")
@click.option("--fault-seed", type=int, default=0, show_default=True, help="The same seed draws the same faults.")
@click.option("--latency", type=SECONDS, default=0.0, help="Seconds that every call takes longer.")
@click.option("--errors", type=SHARE, default=0.0, help="Share of calls answered 500 to 504.")
@click.option("--rate-limited", type=SHARE, default=0.0, help="Share of calls answered 429.")
@click.option("--resets", type=SHARE, default=0.0, help="Share of connections that are reset.")
@click.option("--timeouts", type=SHARE, default=0.0, help="Share of calls that are answered after a minute.")
@click.option("--slow", type=SHARE, default=0.0, help="Share of answers that come in small pieces.")
@click.option("--truncated", type=SHARE, default=0.0, help="Share of answers that end early.")
def command(
    port: int,
    host: str,
    schema: str | None,
    enforce: bool,
    api_key: str | None,
    read_only_key: str | None,
    seed_demo: bool,
    ingestion_delay: float,
    rate_limit: int | None,
    rate_window: float,
    no_sql: bool,
    fault_seed: int,
    **faults: float,
) -> int:
    """Run a local Helicone-compatible platform on embedded ClickHouse, with the real one's semantics and traps.

    Writes that break the property schema are listed at /sandbox/report, and with --enforce refused. Half of the calls that
    a fault hits have been carried out. Everything is forgotten at the end.
    """
    require()
    settings = Settings(
        host=host,
        port=port,
        api_key=api_key,
        read_only_key=read_only_key,
        schema=_schema(schema, needed=enforce),
        enforce=enforce,
        ingestion_delay=ingestion_delay,
        rate_limit=rate_limit,
        rate_window=rate_window,
        sql=not no_sql,
        faults=faults_of({"seed": fault_seed, **faults}),
        demo=seed_demo,
    )
    from propguard.sandbox import serve

    gc.enable()  # the command line is quick and leaves it off; this is to run for days
    try:
        serve(settings, lambda base_url: _tell(base_url, settings))
    except KeyboardInterrupt:
        return INTERRUPTED  # how it is meant to end, so that there is nothing to say
    return 0


def _schema(told: str | None, *, needed: bool) -> str | None:
    """The path of the schema that judges; null where there is none and none is needed."""
    try:
        return SchemaSource(told).path_here()
    except SchemaNotFound:
        if told is not None or needed:
            raise
        return None


def _tell(base_url: str, settings: Settings) -> None:
    """Where it is, and how programs are led there."""
    schema = "no schema: nothing is judged" if settings.schema is None else f"judged by {settings.schema}"
    sys.stdout.write(
        f"The sandbox answers at {base_url} ({schema}{', what breaks it is refused' if settings.enforce else ''}).\n\n"
        f"  propguard and Helicone's API   HELICONE_BASE_URL={base_url} HELICONE_API_KEY={'<the key>' if settings.api_key else 'sk-sandbox'}\n"
        f"  OpenAI's client                OPENAI_BASE_URL={base_url}/v1\n"
        f"  Anthropic's client             ANTHROPIC_BASE_URL={base_url}\n"
        f"  what broke the schema          curl {base_url}/sandbox/report\n\n"
        "Ctrl-C ends it.\n"
    )
    sys.stdout.flush()
