"""`flask certificates keys`: making, changing and handing out the keys that sign certificates."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from app.access.actor import SYSTEM, Actor
from app.certificates.cli.group import certificates
from app.certificates.models import SigningKey
from app.certificates.signing import operations, rows
from app.certificates.signing.in_use import folder
from app.certificates.signing.keys import KeysUnusable
from app.platform.db import transaction
from app.platform.refusal import Refused


@certificates.group("keys")
def keys() -> None:
    """Keys that sign certificates: private halves in files that the worker reads, public halves for everybody."""


@keys.command("create")
def create() -> None:
    """Make the first keys, or take up those that lie in the folder and are not known here."""
    _change(operations.create)


@keys.command("rotate")
def rotate() -> None:
    """Make newer keys, which sign from now on. What older ones signed stays good; their files are kept."""
    _change(operations.rotate)


@keys.command("revoke")
@click.argument("name")
@click.option("--reason", default="", help="A sentence for everybody who looks at the keys.")
def revoke(name: str, reason: str) -> None:
    """Say that the keys NAME are in strange hands: what they signed proves nothing from now on. First rotate.

    Certificates stay: they are checked by their code, and files that we handed out are known by their bytes. The lists
    of revoked keys of the same root are made anew, so its key has to be in the folder. A second time is harmless.
    """
    told = _done(lambda actor: operations.revoke(actor, name, reason))
    click.echo(f"The keys {told['name']} are revoked. Issue anew what is to carry a good seal.")


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def list_(as_json: bool) -> None:
    """All keys that sign or signed, the newest first."""
    told = [_told(key) for key in rows.all_keys()]
    if as_json:
        click.echo(json.dumps(told))
        return
    for one in told:
        standing = "revoked" if one["revoked"] else "signs now" if one["signs"] else "retired"
        click.echo(f"{one['name']:<14} until {one['until']}  {standing:<9}  {one['sha256']}")


@keys.command("export")
@click.option("--out", "target", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder.")
def export(target: Path) -> None:
    """Write the public halves: the chain, the root and the list of revoked keys of each set, and credential keys."""
    target.mkdir(parents=True, exist_ok=True)
    for key in rows.all_keys():
        parts = {
            f"{key.name}.pem": key.seal_chain.encode(), f"{key.name}-root.pem": rows.root_pem(key),
            f"{key.name}-credential.pem": key.credential_public.encode(),
        } | ({f"{key.name}.crl": key.crl} if key.crl else {})  # fmt: skip
        for name, data in parts.items():
            (target / name).write_bytes(data)
            click.echo(str(target / name))


def _change(verb: Callable[[Actor], SigningKey]) -> None:
    told = _done(verb)
    click.echo(f"The keys {told['name']} sign from now on. Their files are in {folder()}; only the worker reads them.")
    click.echo(f"SHA-256 of the seal's certificate: {told['sha256']}")


def _done(verb: Callable[[Actor], SigningKey]) -> dict[str, str | bool]:
    try:
        with transaction():
            return _told(verb(SYSTEM))
    except (Refused, KeysUnusable) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder()}: {error.strerror}") from error


def _told(key: SigningKey) -> dict[str, str | bool]:
    seal, root = rows.chain(key)[0], rows.chain(key)[-1]
    return {
        "name": key.name,
        "signs": key.retired_at is None,
        "revoked": key.revoked_at is not None,
        "until": f"{seal.not_valid_after_utc:%Y-%m-%d}",
        "sha256": rows.fingerprint(seal),
        "root_sha256": rows.fingerprint(root),
    }
