"""`flask sessions sample-messages`."""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.platform.i18n.languages import SITE_LANGUAGES
from app.sessions.calendar.zones import names
from app.sessions.samples.laying import Told
from app.sessions.samples.story import samples

sessions = AppGroup("sessions", help="Training sessions.")


def _zone(_context: Any, _option: Any, name: str) -> str:
    if name not in names():
        raise click.BadParameter("There is no such time zone. Write it like Asia/Dhaka.")
    return name


@sessions.command("sample-messages")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the mails; may be new."
)
@click.option("--title", default="Supervisory Skills", show_default=True, help="Title of the training session.")
@click.option("--zone", default="Asia/Dhaka", show_default=True, callback=_zone, help="Time zone of the half-day.")
@click.option("--home", default="Asia/Dhaka", show_default=True, callback=_zone, help="Time zone of the recipients.")
@click.option(
    "--language", default="en", show_default=True, type=click.Choice(SITE_LANGUAGES), help="Language of the recipients."
)
def sample_messages(out: Path, title: str, zone: str, home: str, language: str) -> None:
    """Write the mails of the life of a half-day, numbered: create, move, change-link, switch-modality, second-move and
    withdraw to one person, promote and cancel to the next. Needs no data and changes none."""
    if not " ".join(title.split()):
        raise click.BadParameter("The title is empty.", param_hint="--title")
    out.mkdir(parents=True, exist_ok=True)
    for name, raw in samples(Told(title, zone, language, home)):
        (out / name).write_bytes(raw)
        click.echo(out / name)
