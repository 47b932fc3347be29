"""`flask effect`: did the lines of trained supervisors change more than the others? Needs no database."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.effect import labels, output
from app.effect.analysing import Analysis, analyse_files
from app.effect.files import Problem, Weeks, check, check_trainings
from app.factories.sheets.arguments import FILE, data_of
from app.platform.i18n import _

effect = AppGroup("effect", help="Whether training works: line productivity before and after.")


@effect.command("analyse")
@click.argument("file", type=FILE)
@click.option("--training", type=FILE, required=True, help="Which line's supervisor was trained when.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def analyse(file: Path, training: Path, wants_json: bool) -> None:
    """Compare lines whose supervisor was trained with lines not yet trained, from a file of weekly figures."""
    weeks, trainings = check(data_of(file), file.name), check_trainings(data_of(training))
    if weeks.reason or trainings.reason:
        bad, name = (weeks, file.name) if weeks.reason else (trainings, training.name)
        if wants_json:
            click.echo(json.dumps(output.refused_json(weeks, trainings), ensure_ascii=False))
        click.echo(f"{name}: {labels.reason(bad.reason, bad.missing)}", err=True)
        sys.exit(output.REFUSED)
    found, problems = analyse_files(weeks, trainings)
    if wants_json:
        click.echo(json.dumps(output.as_json(weeks, trainings, found, problems), ensure_ascii=False))
    else:
        _say(weeks, found, problems)


def _say(weeks: Weeks, found: Analysis, problems: tuple[Problem, ...]) -> None:
    click.echo(labels.sentence(found))
    for reason in labels.reasons(found.verdict):
        click.echo(f"- {reason}")
    for warning in found.verdict.warnings:
        click.echo(f"! {labels.WARNINGS[warning]}")
    for period in found.measured.periods:
        effect = period.effect
        bounds = "" if effect.low is None or effect.high is None else f"{effect.low:>8.1f} {effect.high:>8.1f}"
        click.echo(f"{period.first:>5} {period.last:>5} {effect.pct:>8.1f} {bounds}")
    for title, listed in ((weeks.file, weeks.problems), (_("Training"), problems)):
        for one in listed:
            click.echo(f"{title} {one.row:>6} {one.severity:<8} {labels.problem(one.code)} {one.value or ''}".rstrip())
