"""`flask certificates issue` and `revoke`: by the same verbs as everybody."""

import click
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.certificates import operations, rules
from app.certificates.cli.group import certificates
from app.certificates.models import Certificate
from app.completions import queries as completions
from app.platform.db import db, transaction
from app.platform.refusal import NotFound, Refused
from app.sessions.queries import by_code


@certificates.command("issue")
@click.argument("what", nargs=-1, required=True, metavar="COMPLETION|TRAINING ...")
def issue(what: tuple[str, ...]) -> None:
    """Issue what is missing: for completions by their ids, or for all of a training session by its code.

    What has a certificate keeps it; a second time changes nothing. A worker draws the files.
    """
    for word in what:
        try:
            with transaction():
                told = [_told(operations.issue(one)) for one in _completions(word)]
        except NotFound:
            raise click.ClickException(f"There is no completion and no training session {word}.") from None
        except Refused as refusal:
            raise click.ClickException(f"{word}: {refusal}") from refusal
        for line in told or [f"{word}: nobody has completed it yet."]:
            click.echo(line)


@certificates.command("revoke")
@click.argument("which", metavar="CODE|NUMBER")
@click.option("--reason", required=True, help="A sentence that everybody may read who checks the certificate.")
def revoke(which: str, reason: str) -> None:
    """Revoke a certificate by its code or number. It stays as a tombstone that says why; a second time is harmless.

    The completion behind it counts no more. Reasons that the site says in every language: in_error, other_person,
    rule_not_met, asked, checked.
    """
    if not reason.strip():
        raise click.BadParameter("say why", param_hint="--reason")
    try:
        with transaction():
            certificate = _found(which)
            number = certificate.number
            operations.revoke_one(SYSTEM, certificate.id, " ".join(reason.split()))
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{number} is revoked.")


def _completions(word: str) -> list[int]:
    """Ids of the completions that a word stands for. Raises NotFound."""
    if word.isascii() and word.isdigit() and len(word) < 18:
        return [completions.completion(int(word)).id]
    training = by_code(word)
    if training is None:
        raise NotFound
    return [row.id for row in completions.completions_of_training(training.id)]


def _told(certificate: Certificate) -> str:
    return f"{certificate.number}  {rules.printed(certificate.code)}"


def _found(which: str) -> Certificate:
    is_it = sa.or_(Certificate.code == rules.typed(which).code, Certificate.number == which.strip().upper())
    row = db.session.scalar(sa.select(Certificate).where(is_it))
    if row is None:
        raise click.ClickException(f"There is no certificate {which}.")
    return row
