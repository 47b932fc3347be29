"""`flask demo`: the story for looking round. Only for development and tests."""

import json
from dataclasses import asdict
from datetime import timedelta
from functools import partial

import click
from flask import current_app
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.certificates.signing import demo as demo_keys
from app.certificates.signing import keys as key_sets
from app.certificates.signing import operations as keys
from app.certificates.signing.in_use import folder
from app.coverage import operations as coverage
from app.demo import delivery, story
from app.demo.people import FIRST_ROSTER
from app.demo.scale.loading import load as load_facts
from app.demo.scale.sizes import SIZES, Size
from app.demo.sign_ins import sign_ins
from app.factories.models import Person
from app.platform.clock import now, telling
from app.platform.config import Settings
from app.platform.db import transaction
from app.sessions.models import Seat

demo = AppGroup("demo", help="The demo story of a fictional programme.")


@demo.command("load")
@click.option("--seed", default=1, show_default=True, help="The same seed tells the same story, counted from today.")
@click.option(
    "--size", type=click.Choice(["small", *SIZES]), default="small", show_default=True,
    help="small: the story. country, global: facts of 400 and 2,000 factories, for measuring.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a programme already.")
@click.pass_context
def load(context: click.Context, seed: int, size: str, if_empty: bool) -> None:
    """Fill an empty database with the story: nine factories in six countries, past, running and coming training; or
    with ten years of a programme of another size.
    """
    _refuse_in_production()
    with transaction():
        is_told = story.is_told()
    if is_told and if_empty:
        return
    if is_told:
        raise click.ClickException("There are programmes in this database already; the demo needs an empty one.")
    _publish(context)
    if size in SIZES:
        _load_facts(SIZES[size], seed)
        return
    _make_keys()
    click.echo("Telling the story of nine factories ...", err=True)
    begun = now()
    with transaction():
        story.tell(seed)
        delivery.put_off_drawing()
    click.echo("Sending its mails and drawing certificates ...", err=True)
    delivery.deliver(current_app._get_current_object(), begun)  # type: ignore[attr-defined] # how Flask hands out the app
    click.echo("The demo is loaded. `flask demo sign-ins` lists who can sign in.", err=True)


def _load_facts(size: Size, seed: int) -> None:
    with transaction():
        store = load_facts(size, seed, partial(click.echo, err=True))
    click.echo("Keeping the figures of coverage ...", err=True)
    with transaction():
        coverage.rebuild()
    people, taken_part = store.count(Person), store.count(Seat)
    click.echo(f"{size.total} factories, {people} people, {taken_part} participations are loaded.", err=True)


def _publish(context: click.Context) -> None:
    """The courses come from the content folder by the command that everybody uses; what is published stays."""
    content = current_app.cli.commands["content"]
    assert isinstance(content, click.Group)
    click.echo("Publishing the courses ...", err=True)
    with telling(now() - FIRST_ROSTER - timedelta(days=60)):
        context.invoke(content.commands["publish"])


def _make_keys() -> None:
    """Keys that prove nothing, unless there are others; they seal what the story issues."""
    with telling(now() - FIRST_ROSTER - timedelta(days=60)):
        if not key_sets.names(folder()):
            demo_keys.create(folder(), now())
        with transaction():
            keys.take_up(SYSTEM)


@demo.command("sign-ins")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def list_sign_ins(as_json: bool) -> None:
    """Who can sign in to the demo, by role: addresses with passwords, people with codes and PINs."""
    _refuse_in_production()
    rows = [asdict(row) for row in sign_ins()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("  ".join(text for text in row.values() if text))


def _refuse_in_production() -> None:
    settings: Settings = current_app.extensions["settings"]
    if settings.is_production:
        raise click.ClickException("The demo is refused in production: everybody knows its passwords.")
