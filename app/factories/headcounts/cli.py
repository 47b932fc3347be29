"""`flask headcounts`: check a file of declared headcounts without a database."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.factories.headcounts import Headcounts, as_json, check, exit_code
from app.factories.headcounts.labels import problem, reason
from app.platform.clock import today

headcounts = AppGroup("headcounts", help="Headcounts that factories declare.")
_File = click.Path(exists=True, dir_okay=False, path_type=Path)


@headcounts.command("check")
@click.argument("file", type=_File)
@click.option("--choices", type=_File, help="JSON of what a person chose; what it leaves out is proposed.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def check_(file: Path, choices: Path | None, wants_json: bool) -> None:
    """Read a headcount file and say what is wrong in it. Needs no database."""
    try:
        found = check(file.read_bytes(), file.name, _chosen(choices))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--choices") from None
    _say(found, wants_json)
    sys.exit(exit_code(found))


def _chosen(path: Path | None) -> Any:
    """The choices of the file; without an import date it is today's."""
    chosen = json.loads(path.read_text("utf-8")) if path else {}
    return {"import_date": today("UTC"), **chosen} if isinstance(chosen, dict) else chosen


def _say(found: Headcounts, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(as_json(found), ensure_ascii=False))
        return
    if not found.accepted:
        click.echo(f"{found.file}: {reason(found.reason, found.missing)}")
        return
    for each in found.snapshots:
        click.echo(f"{each.as_of}  {each.source:<10} {each.total:>7}  F {each.with_sex('F')}  M {each.with_sex('M')}")
    for one in found.problems:
        click.echo(f"{one.row:>6} {one.severity:<8} {problem(one.code)} {one.value or ''}".rstrip())
