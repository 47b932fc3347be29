"""`flask roster`: check a staff list without a database, import it into a factory."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.factories import labels, operations, queries
from app.factories.manifest import Entry, ManifestRefused, read_manifest
from app.factories.proposal import Proposal, propose
from app.factories.refusals import RosterRefused
from app.factories.roster import Changes, Roster, as_json, check, compare, exit_code
from app.factories.sheets.arguments import FILE, checking, data_of, json_of, object_of, reading_choices
from app.factories.sheets.saying import say
from app.platform.db import db, transaction
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

roster = AppGroup("roster", help="Staff lists of factories.")
_REFUSED, _WITH_PROBLEMS = 2, 3


@roster.command("check")
@checking
@click.option("--role-map", type=FILE, help="JSON of the role of each written designation.")
@click.option("--against", type=FILE, help="An older list, to say what changed.")
def check_(file: Path, choices: Path | None, role_map: Path | None, against: Path | None, wants_json: bool) -> None:
    """Read a staff list and say what is wrong in it. Needs no database."""
    roles, chosen = json_of(role_map, "--role-map"), object_of(choices, "--choices")
    with reading_choices():
        found = check(data_of(file), file.name, chosen, roles)
    older = check(data_of(against), against.name, None, roles) if against else None
    changes = compare(older, found) if older and found.accepted else None
    _say(found, changes, wants_json)
    sys.exit(exit_code(found))


@roster.command("import")
@click.argument("file", type=FILE)
@click.option("--factory", "code", required=True, help="Code of the factory.")
@click.option("--leavers", "ends_leavers", is_flag=True, help="Everybody who is missing in the list has left.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def import_(file: Path, code: str, ends_leavers: bool, dry_run: bool, wants_json: bool) -> None:
    """Read a staff list and apply it to a factory. Without --leavers, who is missing goes on as before."""
    try:
        proposal, applied = _import(file, code, None, ends_leavers, dry_run=dry_run)
    except RosterRefused as refusal:
        _say(refusal.roster, None, wants_json)
        sys.exit(_REFUSED)
    except NotFound:
        _refuse(_("There is no factory with the code %(code)s.", code=code), "unknown_factory", wants_json)
    except Refused as refusal:
        _refuse(str(refusal), "overtaken", wants_json)
    _say(proposal.roster, proposal.changes, wants_json, factory=code, applied=applied)
    sys.exit(exit_code(proposal.roster))


@roster.command("import-all")
@click.argument("manifest", type=FILE)
@click.option("--leavers", "ends_leavers", is_flag=True, help="Everybody who is missing in a list has left.")
@click.option("--json", "wants_json", is_flag=True, help="A line of JSON for each file on standard output.")
def import_all(manifest: Path, ends_leavers: bool, wants_json: bool) -> None:
    """Import the files of a CSV (file, factory, choices), each in a transaction of its own."""
    try:
        entries = read_manifest(manifest)
    except ManifestRefused as refusal:
        _refuse(str(refusal), "manifest", wants_json)
    codes = set()
    for number, entry in enumerate(entries, 1):
        outcome = _outcome(entry, ends_leavers)
        codes.add(outcome.pop("code"))
        told = {"file": entry.file.name, "factory": entry.factory, **outcome}
        click.echo(json.dumps(told, ensure_ascii=False) if wants_json else _line(told))
        click.echo(f"{number}/{len(entries)}", err=True)
    sys.exit(next((code for code in (_REFUSED, _WITH_PROBLEMS) if code in codes), 0))


def _outcome(entry: Entry, ends_leavers: bool) -> dict[str, Any]:
    """What became of one file, and the exit code that it would have alone."""
    try:
        proposal, applied = _import(entry.file, entry.factory, entry.chosen(), ends_leavers, dry_run=False)
    except RosterRefused as refusal:
        return {"code": _REFUSED, "outcome": "refused", "reason": refusal.roster.reason, "says": str(refusal)}
    except NotFound:
        said = _("There is no factory with the code %(code)s.", code=entry.factory)
        return {"code": _REFUSED, "outcome": "refused", "reason": "unknown_factory", "says": said}
    except (Refused, ManifestRefused, OSError, ValueError) as error:
        return {"code": _REFUSED, "outcome": "refused", "reason": _reason(error), "says": str(error)}
    found = proposal.roster
    return {"code": exit_code(found), "outcome": "accepted", "counts": found.counts, "applied": applied}


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return "overtaken"
    return "file_missing" if isinstance(error, OSError) else "choices"


def _line(told: dict[str, Any]) -> str:
    said = told.get("says") or ", ".join(_list(told[name]) for name in ("counts", "applied"))
    return f"{told['file']} {told['factory']}: {said}"


def _import(
    file: Path, code: str, chosen: dict[str, Any] | None, ends_leavers: bool, *, dry_run: bool
) -> tuple[Proposal, dict[str, int] | None]:
    data = data_of(file)
    try:  # reading takes its time, so nobody has to wait for it
        factory = queries.factory_by_code(SYSTEM, code)
        reading = operations.read_roster(SYSTEM, factory, file.name, data, chosen)
        if dry_run:
            return propose(reading.roster, queries.employed(factory.id), queries.former(factory.id)), None
    finally:
        db.session.remove()
    with transaction():
        factory = queries.factory_by_code(SYSTEM, code)
        found = operations.keep_reading(SYSTEM, factory, reading, data)
        proposal = queries.proposal(found)
        gone = (*proposal.leavers, *(pair.employed for pair in proposal.reused)) if ends_leavers else ()
        done = operations.apply_roster(SYSTEM, found.id, {one.employment_id for one in gone})
        return proposal, done.counts["applied"]


def _say(found: Roster, changes: Changes | None, wants_json: bool, **more: Any) -> None:
    after = [_list(as_json(found, changes)["changes"]["counts"])] if changes and not wants_json else []
    if applied := more.get("applied"):
        after.append(f"applied: {_list(applied)}")
    say(found, {**as_json(found, changes), **more} if wants_json else None, labels, [_list(found.counts)], after)


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())


def _refuse(sentence: str, reason: str, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps({"kind": "roster", "outcome": "refused", "reason": reason}))
    click.echo(sentence, err=True)
    sys.exit(_REFUSED)
