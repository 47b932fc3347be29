"""`flask record`: check a list of earlier trainings without a database."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.factories.sheets.arguments import FILE, data_of, object_of
from app.learning_record.earlier import Trainings, as_json, check, exit_code
from app.learning_record.earlier.labels import problem, reason
from app.platform.clock import today

record = AppGroup("record", help="The learning records of factories.")


@record.command("check")
@click.argument("file", type=FILE)
@click.option("--choices", type=FILE, help="JSON of what a person chose; what it leaves out is proposed.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def check_(file: Path, choices: Path | None, wants_json: bool) -> None:
    """Read a list of earlier trainings and say what is wrong in it. Needs no database."""
    chosen = object_of(choices, "--choices")
    try:
        found = check(data_of(file), file.name, {"import_date": today("UTC"), **chosen})
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--choices") from None
    _say(found, wants_json)
    sys.exit(exit_code(found))


def _say(found: Trainings, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(as_json(found), ensure_ascii=False))
        return
    if not found.accepted:
        click.echo(f"{found.file}: {reason(found.reason, found.missing)}")
        return
    for row in found.rows:
        click.echo(f"{row.row:>6} {row.taken_on}  {row.employee_number or row.name}  {row.course}")
    for one in found.problems:
        click.echo(f"{one.row:>6} {one.severity:<8} {problem(one.code)} {one.value or ''}".rstrip())
