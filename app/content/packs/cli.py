"""`flask requirements`: what a law or a programme usually asks, from files."""

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.content.packs import operations
from app.content.packs.reading import packs
from app.platform.db import transaction
from app.platform.refusal import NotFound

requirements = AppGroup("requirements", help="Who must be trained in what.")


@requirements.command("take")
@click.argument("programme")
@click.argument("pack")
def take(programme: str, pack: str) -> None:
    """Make drafts of what PACK asks for PROGRAMME; somebody confirms them in the browser."""
    found = next((each for each in packs() if each.id == pack), None)
    if found is None:
        raise click.ClickException(f"There is no pack {pack}.")
    try:
        with transaction():
            made = [draft.code for draft in operations.take(SYSTEM, programme, found)]
    except NotFound:
        raise click.ClickException(f"There is no programme {programme}.") from None
    for code in made:
        click.echo(code)
    click.echo(f"{len(made)} drafts", err=True)
