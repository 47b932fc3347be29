"""`flask effect`: did the lines of trained supervisors change more than the others? Needs no database."""

import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.effect import labels, output
from app.effect.analysing import Analysis, analyse_files
from app.effect.files import Problem, check, check_trainings
from app.effect.files.headings import TRAINING, WEEKLY
from app.factories.sheets import choosing
from app.factories.sheets.arguments import FILE, data_of, object_of
from app.platform.i18n import _

effect = AppGroup("effect", help="Whether training works: line productivity before and after.")


class _Answering(click.Command):
    """A command that says in JSON, too, what is wrong with its arguments: a program reads no usage text."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _answering(wants_json="--json" in args):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _answering(wants_json=ctx.params["wants_json"]):
            return super().invoke(ctx)


@contextmanager
def _answering(*, wants_json: bool) -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        if wants_json:
            told = output.unasked_json(_code(error), _argument(error), error.format_message())
            click.echo(json.dumps(told, ensure_ascii=False))
        raise


def _code(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return "argument_missing"
    is_file = isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Path)
    return "file_missing" if is_file else "argument_invalid"


def _argument(error: click.UsageError) -> str:
    """The name of the one that it is about; empty where it is about none that there is."""
    if not isinstance(error, click.BadParameter):
        return ""
    return (error.param.name if error.param else str(error.param_hint or "").lstrip("-")) or ""


@effect.command("analyse", cls=_Answering)
@click.argument("file", type=FILE)
@click.option("--training", type=FILE, required=True, help="Which line's supervisor was trained when.")
@click.option("--course", default="", help="Which course of the file of trainings counts, as it is written there.")
@click.option("--choices", type=FILE, help='JSON: in which columns of FILE fields are: {"columns": {"pieces": "F"}}.')
@click.option("--training-choices", type=FILE, help="The same for the file of trainings.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def analyse(
    file: Path, training: Path, course: str, choices: Path | None, training_choices: Path | None, wants_json: bool,
) -> None:
    """Compare lines whose supervisor was trained with lines not yet trained, from a file of weekly figures. A file that
    is not there or cannot be read is refused with exit code 2; what is wrong in single rows is told beside the
    result."""
    weeks = check(data_of(file), file.name, _columns(choices, "--choices", WEEKLY))
    chosen = _columns(training_choices, "--training-choices", TRAINING)
    trainings = check_trainings(data_of(training), chosen, course)
    if weeks.reason or trainings.reason:
        bad, name = (weeks, file.name) if weeks.reason else (trainings, training.name)
        if wants_json:
            click.echo(json.dumps(output.refused_json(weeks, trainings), ensure_ascii=False))
        said = labels.reason(bad.reason, bad.missing, bad.ignored, trainings.courses)
        hint = " (--course)" if bad.reason in {"several_courses", "course_not_found"} else ""
        click.echo(f"{name}: {said}{hint}", err=True)
        sys.exit(output.REFUSED)
    found, problems = analyse_files(weeks, trainings)
    if wants_json:
        click.echo(json.dumps(output.as_json(weeks, trainings, found, problems), ensure_ascii=False))
    else:
        _say(found)
        _say_problems(weeks.file, weeks.columns, weeks.ignored, weeks.problems)
        _say_problems(training.name, trainings.columns, trainings.ignored, problems)


def _columns(path: Path | None, option: str, fields: Collection[str]) -> dict[str, int]:
    """The numbers of the columns that somebody chose. Raises BadParameter, which names what is not known."""
    chosen = object_of(path, option)
    try:
        named = choosing.mapping(chosen.get("columns"), "columns") or {}
        found = choosing.columns(named, fields)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
    if unknown := sorted({*chosen} - {"columns"} | {*named} - {*fields}):
        known = f"columns may name {', '.join(fields)}"
        raise click.BadParameter(f"not known: {', '.join(unknown)}; {known}", param_hint=option)
    return found


def _say(found: Analysis) -> None:
    click.echo(labels.sentence(found))
    for reason in labels.reasons(found.verdict):
        click.echo(f"- {reason}")
    for warning in found.verdict.warnings:
        click.echo(f"! {labels.WARNINGS[warning]}")
    for period in found.measured.periods:
        effect = period.effect
        bounds = "" if effect.low is None or effect.high is None else f"{effect.low:>8.1f} {effect.high:>8.1f}"
        click.echo(f"{period.first:>5} {period.last:>5} {effect.pct:>8.1f} {bounds}")


def _say_problems(
    file: str, columns: Mapping[str, str], ignored: Sequence[str], problems: Sequence[Problem],
) -> None:
    """What is wrong where: row, column and field."""
    if ignored:
        click.echo(f"{file}: {_('Nothing of these columns is kept:')} {', '.join(ignored)}")
    for one in map(labels.worded, problems):
        cell = f"{columns.get(one.field, '')}{one.row}"
        said = f"{labels.FIELDS.get(one.field, one.field)}: {labels.problem(one.code)} {one.value or ''}"
        click.echo(f"{file} {cell:>6} {one.severity:<8} {said}".rstrip())
