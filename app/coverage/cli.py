"""`flask coverage`: figures of a factory, and making them anew."""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.coverage import operations, queries
from app.coverage.rules import Figure, instant
from app.factories.queries import factory_by_code
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.refusal import NotFound
from app.platform.tables.writing import write_csv

coverage = AppGroup("coverage", help="Who is covered.")

COLUMNS = (
    "requirement", "role", "sex", "active", "valid", "ever", "lost", "due_soon", "uncovered", "denominator",
    "denominator_date",
)  # fmt: skip


@coverage.command("rebuild")
def rebuild() -> None:
    """Make all holdings anew from the completions."""
    with transaction():
        count = operations.rebuild()
    click.echo(f"{count} holdings")


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
    factory = factory_by_code(SYSTEM, code)
    requirements = queries.requirements_of(factory)
    cells = queries.figures_by_role(factory, requirements, on)
    day = instant(factory.programme.zone, on, now()).day
    return [
        _row(requirement.course_code, figure, day)
        for requirement in requirements
        for figure in cells.get((factory.id, requirement.course_id), [])
    ]


def _row(course: str, figure: Figure, day: date) -> dict[str, Any]:
    counts = asdict(figure)
    return {
        "requirement": course,
        **{name: counts[name] for name in ("role", "sex", "active", "ever", "lost", "due_soon")},
        "valid": figure.covered,
        "uncovered": figure.uncovered,
        "denominator": "roster",
        "denominator_date": day.isoformat(),
    }
