"""`flask findings`: check a file of findings without a database."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.factories.sheets.arguments import FILE, data_of, json_of, object_of
from app.improvement.findings import shipped
from app.improvement.findings.catalogue import Catalogue, read_catalogue
from app.improvement.findings.labels import problem, reason
from app.improvement.findings.reading import Findings, as_json, check, exit_code
from app.platform.clock import today

findings = AppGroup("findings", help="Findings of assessments.")


@findings.command("check")
@click.argument("file", type=FILE)
@click.option("--catalogue", type=FILE, help="JSON of the themes and their points, instead of those that ship.")
@click.option("--choices", type=FILE, help="JSON of what a person chose; what it leaves out is proposed.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def check_(file: Path, catalogue: Path | None, choices: Path | None, wants_json: bool) -> None:
    """Read a file of findings and say what is wrong in it. Needs no database."""
    known, chosen = _catalogue(catalogue), object_of(choices, "--choices")
    try:
        found = check(data_of(file), file.name, known, {"import_date": today("UTC"), **chosen})
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--choices") from None
    _say(found, wants_json)
    sys.exit(exit_code(found))


def _catalogue(path: Path | None) -> Catalogue:
    if path is None:
        return shipped.catalogue()
    try:
        return read_catalogue(json_of(path, "--catalogue"))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--catalogue") from None


def _say(found: Findings, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(as_json(found), ensure_ascii=False))
        return
    if not found.accepted:
        click.echo(f"{found.file}: {reason(found.reason, found.missing)}")
        return
    for each in found.rows:
        click.echo(f"{each.row:>6} {each.factory:<12} {each.question:<12} {each.assessed_on} {each.status}")
    for one in found.problems:
        click.echo(f"{one.row:>6} {one.severity:<8} {problem(one.code)} {one.value or ''}".rstrip())
