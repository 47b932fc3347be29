"""`flask coverage`: figures of a factory, and making them anew."""

import json
import sys
from datetime import date, datetime
from typing import Any

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.coverage import operations, queries
from app.coverage.denominators import Source
from app.coverage.queries import Measure
from app.coverage.requirements.rules import Kind
from app.coverage.rules import Figure
from app.factories.queries import factory_by_code
from app.platform.db import transaction
from app.platform.refusal import NotFound
from app.platform.tables.writing import write_csv

coverage = AppGroup("coverage", help="Who is covered.")

COLUMNS = (
    "requirement", "role", "sex", "active", "valid", "ever", "lost", "due_soon", "uncovered", "denominator",
    "denominator_date", "due_soon_90",
)  # fmt: skip


@coverage.command("rebuild")
def rebuild() -> None:
    """Look at all facts again, add what is missing, and make all balances anew."""
    with transaction():
        done = operations.rebuild()
    click.echo(f"{done.people} people, {done.movements} movements added, {done.balances} balances")


@coverage.command("show")
@click.option("--factory", "code", required=True, help="Code of the factory.")
@click.option("--at", "moment", type=click.DateTime(["%Y-%m-%d"]), help="End of this day instead of now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def show(code: str, moment: datetime | None, as_json: bool, as_csv: bool) -> None:
    """Figures of a factory by requirement, role and sex."""
    try:
        rows = _rows(code, moment.date() if moment else None)
    except NotFound:
        raise click.ClickException(f"There is no factory {code}.") from None
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif as_csv:
        sys.stdout.buffer.write(write_csv(COLUMNS, [[row[name] for name in COLUMNS] for row in rows]))
    else:
        for row in rows:
            click.echo("  ".join(f"{name} {'-' if row[name] is None else row[name]}" for name in COLUMNS))


def _rows(code: str, on: date | None) -> list[dict[str, Any]]:
    found = queries.measures(factory_by_code(SYSTEM, code), on)
    return [_row(measure, figure) for measure in found for figure in measure.figures]


def _row(measure: Measure, figure: Figure) -> dict[str, Any]:
    """Of what is asked of the factory as a whole, the units stand where the people stand elsewhere. Nobody is uncovered
    by events, or lost to them.
    """
    against, is_whole = measure.denominator, figure.units > 0
    source = against.source if is_whole or against.source not in {Source.LINES, Source.EVENTS} else Source.ROSTER
    active, valid = (figure.units, figure.met) if is_whole else (figure.active, figure.covered)
    is_of_events = measure.requirement.kind is Kind.CADENCE
    return {
        "requirement": measure.requirement.code, "role": figure.role, "sex": figure.sex, "active": active,
        "valid": valid, "ever": figure.ever, "lost": None if is_of_events else figure.lost, "due_soon": figure.due_soon,
        "uncovered": None if is_of_events else active - valid, "denominator": source,
        "denominator_date": against.as_of.isoformat(), "due_soon_90": figure.due_90,
    }  # fmt: skip
