"""`flask headcounts`: check a file of declared headcounts without a database, import it into a factory."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.factories.headcounts import Headcounts, as_json, check, exit_code, labels, operations, stored
from app.factories.headcounts.rules import Effect
from app.factories.queries import factory_by_code
from app.factories.sheets.arguments import checking, data_of, object_of, reading_choices
from app.factories.sheets.saying import say
from app.platform.clock import today
from app.platform.db import db, transaction
from app.platform.i18n import _
from app.platform.refusal import NotFound

headcounts = AppGroup("headcounts", help="Headcounts that factories declare.")
_REFUSED = 2


@headcounts.command("check")
@checking
def check_(file: Path, choices: Path | None, wants_json: bool) -> None:
    """Read a headcount file and say what is wrong in it. Needs no database."""
    chosen = object_of(choices, "--choices")
    with reading_choices():
        found = check(data_of(file), file.name, {"import_date": today("UTC"), **chosen})
    _say(found, wants_json)
    sys.exit(exit_code(found))


@headcounts.command("import")
@checking
@click.option("--factory", "code", required=True, help="Code of the factory.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
def import_(file: Path, code: str, choices: Path | None, dry_run: bool, wants_json: bool) -> None:
    """Read a headcount file and take its headcounts over for a factory."""
    chosen = object_of(choices, "--choices")
    try:
        with reading_choices():
            found, becomes = _import(file, code, chosen, dry_run=dry_run)
    except operations.HeadcountRefused as refusal:
        _say(refusal.found, wants_json)
        sys.exit(_REFUSED)
    except NotFound:
        if wants_json:
            click.echo(json.dumps({"kind": "headcounts", "outcome": "refused", "reason": "unknown_factory"}))
        click.echo(_("There is no factory with the code %(code)s.", code=code), err=True)
        sys.exit(_REFUSED)
    told = {"changes" if dry_run else "applied": becomes, "factory_code": code}
    _say(found, wants_json, **told)
    sys.exit(exit_code(found))


def _import(file: Path, code: str, chosen: dict[str, Any], *, dry_run: bool) -> tuple[Headcounts, dict[str, int]]:
    """What the file says, and how many headcounts are new, corrected, kept or known."""
    data = data_of(file)
    try:  # reading takes its time, so nobody has to wait for it
        factory = factory_by_code(SYSTEM, code)
        found = operations.read(SYSTEM, factory, file.name, data, chosen)
        if dry_run:
            decided = operations.planned(factory.id, tuple(stored.said(each) for each in found.snapshots))
            return found, operations.counted(decided)
    finally:
        db.session.remove()
    with transaction():
        kept = operations.keep(SYSTEM, factory_by_code(SYSTEM, code), found, data)
        done = operations.apply(SYSTEM, kept.id)
        return found, {each.value: int((done.applied or {})[each.value]) for each in Effect}


def _say(found: Headcounts, wants_json: bool, **more: Any) -> None:
    lines = (f"{each.as_of}  {each.source:<10} {each.total:>7}  F {each.with_sex('F')}  M {each.with_sex('M')}"
             for each in found.snapshots)
    after = (f"{name}: {', '.join(f'{becomes} {number}' for becomes, number in more[name].items())}"
             for name in {"changes", "applied"} & set(more))
    say(found, {**as_json(found), **more} if wants_json else None, labels, lines, after)
