"""`flask certificates zip`: certificates of a factory, a training session, a course or a line as one file."""

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from app.access.actor import SYSTEM
from app.certificates.bundles import archive, operations
from app.certificates.bundles.rules import IN_FORCE, NO_ROOM, Wanted
from app.certificates.cli.group import certificates
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.files import files
from app.platform.refusal import Refused


@certificates.command("zip")
@click.option("--factory", default="", help="Code of the factory.")
@click.option("--training", type=int, help="Number of the training session, as in its address.")
@click.option("--course", default="", help="Code of the course.")
@click.option("--line", default="", help="Name of the line at the time.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The ZIP to write.")
def zip_(factory: str, training: int | None, course: str, line: str, out: Path) -> None:
    """Pack the certificates that are neither revoked nor replaced. Exit code 0 when they are packed, 1 when not."""
    wanted = Wanted(factory=factory, training=training, course=course, line=line, state=IN_FORCE)
    if not (factory or training is not None or course or line):
        _fail("Say which certificates: --factory, --training, --course or --line.")
    try:
        with transaction():
            ids = operations.take_out(SYSTEM, wanted)
    except Refused as refusal:
        _fail(f"{refusal} Nothing was written.")
    left_out = _written(ids, out)
    click.echo(f"{out}: {len(ids) - left_out} certificates, {out.stat().st_size / 1_000_000:.1f} MB")
    if left_out:
        click.echo(f"{left_out} have no file; MISSING.txt in the ZIP names them.", err=True)


def _written(ids: list[int], out: Path) -> int:
    """Write beside it under another name and rename: nobody ever finds half a ZIP under its name."""
    aside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("w+b") as file:
            written = archive.write(file, ids, files(), now(), _progress(len(ids)))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(out)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        if error.errno in NO_ROOM:
            _fail(f"The disk is full. {out} was not written, nothing half is left. Make room or choose another disk.")
        _fail(f"{out} cannot be written: {error.strerror}.")
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return written.left_out


def _progress(total: int) -> Callable[[int], None]:
    def note(done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {total}", nl=False, err=True)

    return note


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(1)
