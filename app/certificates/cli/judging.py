"""`flask certificates verify`: is this file ours and unchanged, and does the certificate hold?"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.certificates import labels
from app.certificates.cli.group import certificates
from app.certificates.of_factories import rules as of_factories
from app.certificates.of_factories.queries.certificates import Found as FoundOfFactory
from app.certificates.of_factories.queries.certificates import factory_certificate_by_digest
from app.certificates.rules import State, state
from app.certificates.signing import rows
from app.certificates.signing.revoked import REVOKED_SEAL
from app.certificates.signing.trust import NO_LIST, TRUST, Trust, TrustUnusable
from app.certificates.signing.trust import read as trusted
from app.certificates.verification.queries import Found, any_by_digest
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import key_of
from app.platform.late import late

if TYPE_CHECKING:
    from app.certificates.signing.reading import Seal, read
else:
    read = late("app.certificates.signing.reading", "read")

VALID, UNREADABLE, NOT_VALID = 0, 2, 3
_HOLDS = {State.VALID.value, of_factories.State.AT_RISK.value}


@dataclass(frozen=True)
class Verdict:
    """What `--json` tells; docs/commands.md names the keys, which stay."""

    file: str
    readable: bool
    valid: bool = False
    sealed: bool = False
    intact: bool = False
    demo: bool = False
    signed_by: str | None = None
    fingerprint: str | None = None
    sealed_at: str | None = None
    revocation_list: str | None = None
    state: str | None = None
    number: str | None = None
    valid_until: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class _Known:
    """What the database knows of the file."""

    state: str | None
    number: str | None = None
    valid_until: str | None = None
    reason: str | None = None

    @property
    def holds(self) -> bool:
        return self.state in _HOLDS


@certificates.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--trust", type=click.Path(path_type=Path), help=TRUST)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def verify(file: Path, trust: Path | None, as_json: bool) -> None:
    """Say whether FILE is a certificate of this site, unchanged, and in force.

    Exit 0: valid. Exit 3: not valid. Exit 2: FILE cannot be read or is no PDF. With the database it says what the
    certificate is worth now; without one, only whether the seal holds - for that --trust names the roots, and lists of
    revoked keys. A sample is
    accepted as a demo, which proves nothing, and said to be one.
    """
    verdict = _judged(file, trust)
    if as_json:
        click.echo(json.dumps(asdict(verdict), ensure_ascii=False))
    else:
        _say(verdict)
    sys.exit(UNREADABLE if not verdict.readable else VALID if verdict.valid else NOT_VALID)


def _judged(file: Path, trust: Path | None) -> Verdict:
    try:
        pdf = file.read_bytes()
        given = trusted(trust) if trust else Trust()
        seal = read(pdf, given)
    except TrustUnusable as error:
        return Verdict(str(file), readable=False, reason=str(error))
    except OSError as error:
        return Verdict(str(file), readable=False, reason=f"{error.filename}: {error.strerror}")
    except ValueError as error:
        return Verdict(str(file), readable=False, reason=str(error))
    known, own = _asked(key_of(pdf))
    if own.roots:
        seal = read(pdf, given.with_more(own))
    return _verdict(file, seal, known)


def _verdict(file: Path, seal: "Seal", known: _Known | None) -> Verdict:
    if known and known.state:  # byte for byte what was handed out, whether or not it was sealed
        is_valid, intact = known.holds, True
        why = known.reason or (seal.reason if seal.reason == REVOKED_SEAL else None)
    elif seal.demo and seal.intact:
        is_valid, intact, why = True, True, "This is a sample: it proves nothing."
    else:
        is_valid, intact = seal.intact and known is None, seal.intact
        why = seal.reason or ("" if is_valid else "This site has no such file.")
    return Verdict(
        str(file), readable=True, valid=is_valid, sealed=seal.sealed, intact=intact, demo=seal.demo,
        signed_by=seal.signed_by or None, fingerprint=seal.fingerprint or None,
        sealed_at=seal.at.isoformat() if seal.at else None,
        revocation_list=str(seal.revoked_as_of) if seal.revoked_as_of else None,
        state=(known.state or "unknown") if known else None, number=known.number if known else None,
        valid_until=known.valid_until if known else None, reason=why or None,
    )  # fmt: skip


def _asked(digest: str) -> tuple[_Known | None, Trust]:
    """What the database knows of a file, and the keys of this site; nothing where there is no database."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).exists()):
        return None, Trust()
    try:
        if not sa.inspect(db.engine).has_table("certificate"):
            return None, Trust()
        return _known(digest), rows.trust()
    except SQLAlchemyError:
        return None, Trust()


def _known(digest: str) -> _Known:
    if found := any_by_digest(digest):
        return _of_person(found)
    of_factory = factory_certificate_by_digest(digest)
    return _of_factory(of_factory) if of_factory else _Known(None)


def _of_person(found: Found) -> _Known:
    row = found.certificate
    worth = state(row.standing, now()).value
    until = row.valid_until.isoformat() if row.valid_until else None
    return _Known(worth, row.number, until, _why(worth, found.successor, row.revoked_reason))


def _of_factory(found: FoundOfFactory) -> _Known:
    row = found.certificate
    worth = of_factories.state(row.standing, now()).value
    why = _why(worth, found.successor, row.revoked_reason)
    return _Known(worth, row.number, row.valid_until.isoformat(), why)


def _why(worth: str, successor: str | None, revoked_reason: str | None) -> str | None:
    if worth == State.REVOKED.value:
        return labels.reason(revoked_reason)
    if worth == State.REPLACED.value:
        return f"Replaced by {successor}."
    return None if worth in _HOLDS else f"It is {worth}."


def _say(verdict: Verdict) -> None:
    if not verdict.readable:
        click.echo(f"{verdict.file}: cannot be read. {verdict.reason or ''}".rstrip(), err=True)
        return
    word = "demo, valid" if verdict.valid and verdict.demo else "valid" if verdict.valid else "NOT VALID"
    click.echo(f"{verdict.file}: {word}")
    told = {
        "number": verdict.number, "state": verdict.state, "valid until": verdict.valid_until,
        "sealed by": verdict.signed_by, "sealed at": verdict.sealed_at, "key": verdict.fingerprint,
        "revocation list": verdict.revocation_list,
        "reason": verdict.reason,
    }  # fmt: skip
    for name, value in told.items():
        if value:
            click.echo(f"  {name:<15} {value}")
    if verdict.valid and verdict.state is None and not verdict.demo and not verdict.revocation_list:
        click.echo(NO_LIST, err=True)
