"""`flask evidence`: write the pack of a factory, and judge one that somebody hands in."""

import json
import os
import secrets
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.certificates.signing import rows
from app.certificates.signing.in_use import keys_in_use
from app.certificates.signing.keys import Keys, KeysUnusable
from app.certificates.signing.trust import NO_LIST, TRUST, Trust, TrustUnusable, read
from app.factories.queries import factory_by_code
from app.learning_record.evidence import operations, packing, queries
from app.learning_record.evidence.container import TooLarge
from app.learning_record.evidence.judging import Judgement, judge
from app.learning_record.evidence.rules import Period
from app.platform.config import settings
from app.platform.db import db, transaction
from app.platform.documents.fonts import ROOT
from app.platform.files import files
from app.platform.i18n.languages import SITE_LANGUAGES
from app.platform.refusal import NotFound, Refused

FAILED, WRONG_USE = 1, 2
VALID, UNREADABLE, NOT_VALID = 0, 2, 3
_MOST_TOLD, _LONGEST_TOLD = 20, 200
_DAY = click.DateTime(["%Y-%m-%d"])

evidence = AppGroup("evidence", help="Evidence packs of factories: write one, check one.")


@evidence.command("build")
@click.option("--factory", "code", required=True, help="Code of the factory.")
@click.option("--from", "since", required=True, type=_DAY, help="The first day of the time.")
@click.option("--to", "until", required=True, type=_DAY, help="The last day of the time.")
@click.option("--at", type=_DAY, help="The day as of which it is known; yesterday when left out.")
@click.option("--language", default="en", show_default=True, help=f"Of its words: {', '.join(SITE_LANGUAGES)}.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The ZIP to write.")
def build(code: str, since: datetime, until: datetime, at: datetime | None, language: str, out: Path) -> None:
    """Write the evidence of a factory as one signed ZIP. The same time and day give the same bytes, whenever.

    Exit code 0 when it is written, 1 when not, 2 for a language that the site does not speak.
    """
    if language not in SITE_LANGUAGES:
        _fail(f"The language is one of {', '.join(SITE_LANGUAGES)}. Nothing was written.", WRONG_USE)
    try:
        keys = keys_in_use()
        if keys is None:
            _fail("There are no keys to sign with: `flask certificates keys create`.")
        about, kept = _asked(code, since, until, at, language)
    except NotFound:
        _fail(f"There is no factory {code}. Nothing was written.")
    except (Refused, KeysUnusable) as refusal:
        _fail(f"{refusal} Nothing was written.")
    _written(about, kept, keys, out)
    click.echo(f"{out}: {out.stat().st_size / 1_000_000:.1f} MB, as of {about.period.at}")


def _asked(code: str, since: datetime, until: datetime, at: datetime | None, language: str) -> tuple[Any, Any]:
    factory = factory_by_code(SYSTEM, code, Permission.EVIDENCE_TAKE)
    known = at.date() if at else operations.yesterday(factory)
    period = Period(since.date(), until.date(), known)
    operations.check(factory, period)
    with force_locale(language):
        about = queries.about(factory, period, language)
        return about, operations.kept(about, ROOT / settings().fonts_dir)


def _written(about: Any, kept: Any, keys: Keys, out: Path) -> None:
    """Write beside it under another name and rename: nobody ever finds half a ZIP under its name, nor a ZIP of which
    the log does not tell.
    """
    aside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with force_locale(about.language), aside.open("w+b") as file:
            packing.write(file, about, kept, files(), keys)
            file.flush()
            os.fsync(file.fileno())
        with transaction():
            operations.take_out(SYSTEM, about.factory_id, about.period)
        aside.replace(out)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        _fail(f"{out} cannot be written: {error.strerror}.")
    except TooLarge:
        aside.unlink(missing_ok=True)
        _fail("It would be larger than a pack may be: choose a shorter time. Nothing was written.")
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


@evidence.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--trust", type=click.Path(path_type=Path), help=TRUST)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def verify(file: Path, trust: Path | None, as_json: bool) -> None:
    """Say whether FILE is an evidence pack, whole, unchanged and signed by known keys.

    Exit 0: valid. Exit 3: not valid. Exit 2: FILE cannot be read or is no pack at all, or --trust cannot be relied on.
    It needs no network, and no database where --trust names what `flask certificates keys export` wrote.
    """
    try:
        known = (read(trust) if trust else Trust()).with_more(_own_keys())
        found = judge(file, known)
    except TrustUnusable as error:
        _tell({"file": str(file), "readable": None, "valid": False, "reason": str(error)}, as_json=as_json)
        sys.exit(UNREADABLE)
    except (OSError, ValueError) as error:
        sentence = f"It cannot be read: {error.strerror}." if isinstance(error, OSError) else str(error)
        _tell({"file": str(file), "readable": False, "valid": False, "reason": sentence}, as_json=as_json)
        sys.exit(UNREADABLE)
    _tell(_told(file, found), as_json=as_json)
    if not as_json and not known.roots:
        click.echo("No roots are known here: name those that the programme gave you with --trust.", err=True)
    elif not as_json and found.is_valid and found.signed and found.signed.revoked_as_of is None:
        click.echo(NO_LIST, err=True)
    sys.exit(VALID if found.is_valid else NOT_VALID)


def _own_keys() -> Trust:
    """Roots and revoked keys of this site; nothing where there is no database."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).exists()):
        return Trust()
    try:
        return rows.trust()
    except SQLAlchemyError:
        return Trust()


def _told(file: Path, found: Judgement) -> dict[str, Any]:
    said, signed = found.manifest, found.signed
    factory = said.get("factory")
    return {
        "file": str(file), "readable": True, "valid": found.is_valid,
        "factory": factory.get("code") if isinstance(factory, dict) else None,
        "since": said.get("since"), "until": said.get("until"), "as_of": said.get("as_of"),
        "format": said.get("format"), "members": len(said.get("members", [])),
        "signed_by": signed.by if signed else None, "fingerprint": signed.fingerprint if signed else None,
        "revocation_list": str(signed.revoked_as_of) if signed and signed.revoked_as_of else None,
        "problems": [{"code": each.code, "member": each.member, "sentence": each.sentence} for each in found.problems],
        "reason": found.problems[0].sentence if found.problems else None,
    }  # fmt: skip


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if not told["readable"]:
        whose = "" if told["readable"] is None else f"{told['file']}: "
        click.echo(f"{whose}{told['reason']}", err=True)
        return
    click.echo(f"{told['file']}: {'valid' if told['valid'] else 'NOT VALID'}")
    for name in ("factory", "since", "until", "as_of", "members", "signed_by", "fingerprint", "revocation_list"):
        if told[name]:
            click.echo(f"  {name.replace('_', ' '):<15} {_plain(told[name])}")
    for each in told["problems"][:_MOST_TOLD]:
        click.echo(f"  {each['code']:<15} {_plain(each['member'] or '')} {each['sentence']}".rstrip())
    if len(told["problems"]) > _MOST_TOLD:
        click.echo(f"  and {len(told['problems']) - _MOST_TOLD} more")


def _plain(said: object) -> str:
    """What a stranger wrote, without signs that a terminal would obey; short."""
    text = "".join(sign if sign.isprintable() else "?" for sign in str(said))
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}..."


def _fail(sentence: str, code: int = FAILED) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(code)
