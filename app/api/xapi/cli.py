"""`flask xapi`: courses of others that count, and names under which other systems know people."""

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.api.xapi import names as own
from app.api.xapi.courses import operations as courses
from app.api.xapi.people.operations import HEADER, name_people
from app.api.xapi.rules.problems import Malformed
from app.platform.db import transaction
from app.platform.refusal import NotFound
from app.platform.tables import write_csv

xapi = AppGroup("xapi", help="Systems that speak xAPI.")


@xapi.command("course")
@click.argument("programme")
@click.argument("iri")
@click.option("--title", help="How learning records call it.")
@click.option("--end", "ends", is_flag=True, help="What is said of it from now on counts no more.")
def course(programme: str, iri: str, title: str | None, ends: bool) -> None:
    """Let a course of somebody else count in the learning records of a programme."""
    if not ends and not title:
        raise click.UsageError("Give --title, or --end.")
    try:
        with transaction():
            if ends:
                courses.end_course(SYSTEM, programme, iri)
            else:
                courses.register_course(SYSTEM, programme, iri, title or "")
    except NotFound:
        raise click.UsageError("There is no such programme or course.") from None
    except Malformed as problem:
        raise click.UsageError(str(problem)) from None


@xapi.command("names")
@click.argument("factory")
def names(factory: str) -> None:
    """Employee numbers of a factory as CSV, with the account by which statements name each person."""
    try:
        with transaction():
            rows = name_people(SYSTEM, factory)
    except NotFound:
        raise click.UsageError("There is no such factory.") from None
    click.echo(write_csv(HEADER, [(number, own.home(), name) for number, name in rows]).decode("utf-8-sig"), nl=False)
