"""`flask i18n`: collecting messages and checking that every one is translated."""

import click
from flask.cli import AppGroup

from app.platform.i18n import catalogues
from app.platform.i18n.compile import compile_all

i18n = AppGroup("i18n", help="Translations of the site.")


@i18n.command("update")
def update() -> None:
    """Collect the messages of the source into every catalogue."""
    for language, missing in catalogues.update().items():
        click.echo(f"{language}: {missing} to translate")
    compile_all()


@i18n.command("check")
def check() -> None:
    """Name every message that is missing, stale, doubtful or wrong; exit 1 when there is one."""
    faults = catalogues.faults()
    for fault in faults:
        click.echo(fault)
    raise SystemExit(1 if faults else 0)
