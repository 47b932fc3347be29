"""`flask reports`: indicators of a period, and freezing one."""

import json
import sys
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from app.access.actor import SYSTEM
from app.platform.db import transaction
from app.platform.refusal import NotFound, Refused
from app.reports import queries, tables
from app.reports.labels import against, told
from app.reports.periods import operations
from app.reports.reading import Report, report
from app.reports.rules.facts import Split
from app.reports.rules.figures import rounded, stored
from app.reports.rules.period import Span, fault

reports = AppGroup("reports", help="Indicators with fixed definitions, and periods whose figures stay.")

_DAY = click.DateTime(["%Y-%m-%d"])
_first = click.option("--from", "first", type=_DAY, required=True, help="The first day.")
_last = click.option("--to", "last", type=_DAY, required=True, help="The last day, included.")
_programme = click.option("--programme", default="", help="Code of one programme; without it all of them.")


@reports.command("show")
@_first
@_last
@_programme
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV on standard output.")
def show(first: datetime, last: datetime, programme: str, *, as_json: bool, as_csv: bool) -> None:
    """Every indicator of a period, for everybody and told apart, by what is known now."""
    span = _span(first, last)
    try:
        seen, one = queries.chosen(SYSTEM, programme)
    except NotFound:
        raise click.ClickException("There is no such programme.") from None
    with force_locale("en"):
        found = report(SYSTEM, [one] if one else seen, span, list(Split))
        if as_csv:
            sys.stdout.buffer.write(tables.as_csv(found))
        elif as_json:
            click.echo(json.dumps(_document(found), ensure_ascii=False))
        else:
            for figure in found.figures:
                name = f"  {figure.split} {found.words.value(figure.split, figure.value)}" if figure.split else ""
                click.echo(f"{figure.indicator.value}{name}  {told(figure)}  {against(figure)}".rstrip())


@reports.command("freeze")
@_first
@_last
@_programme
@click.option("--title", required=True, help="What the report calls the period.")
def freeze(first: datetime, last: datetime, programme: str, title: str) -> None:
    """Freeze the figures of a period, with the facts behind them. Doing it again changes nothing."""
    try:
        with transaction():
            period = operations.open_period(SYSTEM, programme, title, _span(first, last))
            done = operations.freeze(SYSTEM, period.id)
            click.echo(f"period {period.id}: {len(done.figures)} figures, {done.facts} facts {done.frozen_at:%d.%m.%Y}")
    except NotFound:
        raise click.ClickException("There is no such programme.") from None
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None


def _span(first: datetime, last: datetime) -> Span:
    span = Span(first.date(), last.date())
    if fault(span):
        raise click.ClickException(
            "Choose a last day after the first one, at most five years later, in the years 2000 to 2099."
        )
    return span


def _document(found: Report) -> dict[str, Any]:
    days: dict[str, date] = {"from": found.span.first, "to": found.span.last}
    return {
        **{name: day.isoformat() for name, day in days.items()}, "at": found.at.isoformat(),
        "programmes": [each.code for each in found.programmes],
        "figures": [stored(replace(each, said=rounded(each.said))) for each in found.figures],
    }  # fmt: skip
