"""`flask quizzes`: read a bank of questions and say what is wrong in it; turn it into another format. No database."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from app.quizzes.gift import Bank, as_json
from app.quizzes.interchange import FORMATS, BankFormat, guess, guess_by_name
from app.quizzes.interchange.common import MOST_BYTES

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
    """Read a bank and list its faults as `file:line: what is wrong`.

    Exit 0: accepted (perhaps with warnings). Exit 2: refused, or the file cannot be read.
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
@click.option("--to", "to", type=_Names, help="Told from the name of OUT when not given (.zip: say qti21 or qti3).")
@click.option("--lossy", is_flag=True, help="Write OUT although something cannot be carried over.")
def convert(source: Path, target: Path, from_: str | None, to: str | None, lossy: bool) -> None:
    """Write the questions of IN to OUT in another format, whole or not at all.

    What cannot be carried over is said on standard error, and then nothing is written unless --lossy is given.
    Exit 0: OUT is written. Exit 1: something would be lost, nothing is written. Exit 2: IN is refused, or a file
    cannot be read or written; OUT stays as it was.
    """
    name = to or guess_by_name(target.name)
    if name is None:
        _stop(f"{target}: say with --to which format this shall be")
    _, bank = _read(source, from_)
    if not bank.is_accepted:
        _say(source, bank, err=True)
        sys.exit(_REFUSED)
    data, lost = FORMATS[name].write(bank.questions)
    said = [f"{source}:{fault.line}: {fault.message}" for fault in bank.warnings]
    said += [f"{source}:{each.line}: {each.message}" for each in lost]
    for line in said:
        click.echo(line, err=True)
    is_lossy = bool(lost) or any(fault.is_loss for fault in bank.warnings)
    if is_lossy and not lossy:
        click.echo(f"{target}: not written; --lossy writes it without these", err=True)
        sys.exit(_LOSSY)
    _write(target, data)
    click.echo(f"{len(bank.questions) - sum(each.is_whole for each in lost)} questions")


def _read(file: Path, wanted: str | None) -> tuple[BankFormat, Bank]:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        _stop(f"{file}: {error.strerror}")
    name = wanted or guess(file.name, data)
    if name is None:
        _stop(f"{file}: cannot tell which format this is; say it with --format or --from")
    return FORMATS[name], FORMATS[name].read(data)


def _say(file: Path, bank: Bank, *, err: bool) -> None:
    for fault in sorted((*bank.errors, *bank.warnings)):
        click.echo(f"{file}:{fault.line}: {fault.message}", err=err)
    outcome = "accepted" if bank.is_accepted else "refused"
    counts = f"{len(bank.questions)} questions, {len(bank.errors)} errors, {len(bank.warnings)} warnings"
    click.echo(f"{outcome}: {counts}", err=err)


def _write(target: Path, data: bytes) -> None:
    """The whole file or none: it is written beside its place and moved there."""
    try:
        number, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        _stop(f"{target}: {error.strerror}")
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(target)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        _stop(f"{target}: {error.strerror}")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(_REFUSED)
