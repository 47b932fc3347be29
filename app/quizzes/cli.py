"""`flask quizzes`: read a bank of questions and say what is wrong in it; turn it into another format. No database."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from app.quizzes.bank_files import read_bytes, write_bank
from app.quizzes.gift import Bank, as_json
from app.quizzes.interchange import FORMATS, BankFormat, guess, guess_by_name

quizzes = AppGroup("quizzes", help="Banks of questions as files.")
_File = click.Path(path_type=Path)
_Names = click.Choice(list(FORMATS))
_REFUSED = 2
_LOSSY = 1


@quizzes.command("parse")
@click.argument("file", type=_File)
@click.option("--format", "wanted", type=_Names, help="Told from name and content when not given.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def parse(file: Path, wanted: str | None, wants_json: bool) -> None:
    """Read a bank and list its faults as `file:line: what is wrong`; exit 2 when it is refused.

    Exit 0: accepted, perhaps with warnings. Exit 2: refused, or the file cannot be read.
    """
    known, bank = _read(file, wanted)
    if wants_json:
        click.echo(json.dumps(as_json(bank, file.name, known.name), ensure_ascii=False))
    else:
        _say(file, bank, err=False)
    sys.exit(0 if bank.is_accepted else _REFUSED)


@quizzes.command("convert")
@click.argument("source", metavar="IN", type=_File)
@click.argument("target", metavar="OUT", type=_File)
@click.option("--from", "from_", type=_Names, help="Told from name and content of IN when not given.")
@click.option("--to", "to", type=_Names, help="Told from the name of OUT when not given; a .zip is qti3.")
@click.option("--whole", is_flag=True, help="Write nothing when something cannot be carried over.")
def convert(source: Path, target: Path, from_: str | None, to: str | None, whole: bool) -> None:
    """Write the questions of IN to OUT in another format; exit 1 when something was lost, each thing is named.

    Exit 0: OUT holds everything. Exit 1: OUT is written without what standard error names (with --whole: nothing is
    written). Exit 2: IN is refused, nothing of it can be written, or a file cannot be read or written; OUT stays as
    it was.
    """
    name = to or guess_by_name(target.name)
    if name is None:
        _stop(f"{target}: say with --to which format this shall be")
    _, bank = _read(source, from_)
    if not bank.is_accepted:
        _say(source, bank, err=True)
        sys.exit(_REFUSED)
    data, lost = FORMATS[name].write(bank.questions)
    for line, message in [(each.line, each.message) for each in bank.warnings] + [(e.line, e.message) for e in lost]:
        click.echo(f"{source}:{line}: {message}", err=True)
    count = len(bank.questions) - sum(each.is_whole for each in lost)
    if bank.questions and not count:
        _stop(f"{target}: not written; {name} can hold none of these questions")
    is_lossy = bool(lost) or any(fault.is_loss for fault in bank.warnings)
    if is_lossy and whole:
        click.echo(f"{target}: not written", err=True)
        sys.exit(_LOSSY)
    try:
        said = write_bank(target, data, count)
    except OSError as error:
        _stop(f"{target}: {error.strerror}")
    if said:
        click.echo(f"{target}: {said}", err=True)
    click.echo(f"{count} of {len(bank.questions)} questions")
    sys.exit(_LOSSY if is_lossy else 0)


def _read(file: Path, wanted: str | None) -> tuple[BankFormat, Bank]:
    try:
        data = read_bytes(file)
    except OSError as error:
        _stop(f"{file}: {error.strerror}")
    name = wanted or guess(file.name, data)
    if name is None:
        _stop(f"{file}: cannot tell which format this is; name one of {', '.join(FORMATS)}")
    return FORMATS[name], FORMATS[name].read(data)


def _say(file: Path, bank: Bank, *, err: bool) -> None:
    for fault in sorted((*bank.errors, *bank.warnings)):
        click.echo(f"{file}:{fault.line}: {fault.message}", err=err)
    outcome = "accepted" if bank.is_accepted else "refused"
    counts = f"{len(bank.questions)} questions, {len(bank.errors)} errors, {len(bank.warnings)} warnings"
    click.echo(f"{outcome}: {counts}", err=err)


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(_REFUSED)
