"""`flask certificates render-sample`: signed sample files, to look at and to be judged. No database."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app

from app.certificates.cli import samples
from app.certificates.cli.group import certificates
from app.certificates.signing import demo
from app.certificates.signing.errors import SealFailed
from app.certificates.signing.keys import KeysUnusable
from app.platform.config import Settings
from app.platform.documents.errors import DocumentFailed
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.making import make_sample
else:
    make_sample = late("app.certificates.making", "make_sample")


@certificates.command("render-sample")
@click.option("--locale", "locales", multiple=True, metavar="LOCALE", help="Language; all of them when left out.")
@click.option("--out", "target", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder.")
@click.option("--keys", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder of demo keys to keep.")
def render_sample(locales: tuple[str, ...], target: Path, folder: Path | None) -> None:
    """Write signed sample certificates. Needs no database; the keys are made for it and prove nothing.

    Languages: en km bn my si ta ur ar am vi uz. `flask certificates verify` takes the files for what they are: samples.
    """
    wanted = [_known(locale) for locale in locales] or list(samples.LANGUAGES)
    settings: Settings = current_app.extensions["settings"]
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as aside:
            keys = demo.create(folder or Path(aside) / "keys", samples.ISSUED)
        for language in wanted:
            certificate = samples.sample(language, settings.base_url)
            place = target / f"certificate-{language}.pdf"
            place.write_bytes(make_sample(certificate, keys, samples.COURSE).pdf)
            click.echo(str(place))
    except (KeysUnusable, SealFailed, DocumentFailed) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except OSError as error:
        raise click.ClickException(f"{error.filename or target}: {error.strerror}") from error


def _known(locale: str) -> str:
    wanted = locale.replace("_", "-").casefold()
    names = {name.casefold(): name for name in samples.LANGUAGES} | samples.ALIASES
    if wanted not in names:
        raise click.BadParameter(f"{locale}: there are {' '.join(samples.LANGUAGES)}", param_hint="--locale")
    return names[wanted]
