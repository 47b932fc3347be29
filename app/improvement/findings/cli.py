"""`flask findings`: check a file of findings without a database."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.factories.sheets.arguments import FILE, checking, data_of, json_of, object_of, reading_choices
from app.factories.sheets.saying import say
from app.improvement.findings import labels, shipped
from app.improvement.findings.catalogue import Catalogue, read_catalogue
from app.improvement.findings.reading import as_json, check, exit_code
from app.platform.clock import today

findings = AppGroup("findings", help="Findings of assessments.")


@findings.command("check")
@checking
@click.option("--catalogue", type=FILE, help="JSON of the themes and their points, instead of those that ship.")
def check_(file: Path, choices: Path | None, catalogue: Path | None, wants_json: bool) -> None:
    """Read a file of findings and say what is wrong in it. Needs no database."""
    known, chosen = _catalogue(catalogue), object_of(choices, "--choices")
    with reading_choices():
        found = check(data_of(file), file.name, known, {"import_date": today("UTC"), **chosen})
    lines = (f"{each.row:>6} {each.factory:<12} {each.question:<12} {each.assessed_on} {each.status}"
             for each in found.rows)
    say(found, as_json(found) if wants_json else None, labels, lines)
    sys.exit(exit_code(found))


def _catalogue(path: Path | None) -> Catalogue:
    if path is None:
        return shipped.catalogue()
    with reading_choices("--catalogue"):
        return read_catalogue(json_of(path, "--catalogue"))
