import click

from .. import core


@click.command()
@click.argument("call_id")
@click.argument("text")
def polish(call_id, text):
    s = core.Session(call_id, stage="polish")
    s.label("length", len(text))
    click.echo(s.write(f"Polish:\n{text}", section="all"))
