import functools

import click

from grants.core import open_session
from grants.document import Document


@click.command()
@click.argument("call_id")
@click.option("--tone", default="plain")
def draft(call_id, tone):
    session = open_session(call_id).label("tone", tone)
    write = functools.partial(session.write, tags={"tool": "cli"})
    document = Document(call_id)
    for name in ("need", "impact"):
        document.write(write(f"Write the section on {name}", section=name), section=name)
    budget = session.write(
        "Write the budget narrative",
        section="budget",
        tags={"currency": "EUR", "rows": document.rows},
    )
    document.label("status", "draft").write(budget, section="budget")
