"""Keys of a site, made for a test."""

import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from cryptography import x509

from app.certificates.models import SigningKey
from app.certificates.signing import keys
from app.certificates.signing.keys import Keys
from app.platform.clock import now
from app.platform.db import db

ADDRESS = "https://training.example"


@dataclass
class Site:
    """A folder with keys, and their public halves in the database."""

    folder: Path

    def rotate(self, name: str) -> Keys:
        """Newer keys sign from now on."""
        made = keys.create(self.folder, name, "Meridian", f"{ADDRESS}/crl", now())
        db.session.execute(sa.update(SigningKey).where(SigningKey.retired_at.is_(None)).values(retired_at=now()))
        db.session.add(
            SigningKey(
                name=name, seal_chain=made.seal_chain, credential_public=made.credential_public,
                made_at=now(), retired_at=None,
            )
        )
        db.session.flush()
        return made

    def keys(self, name: str = "first") -> Keys:
        return keys.load(self.folder, name)


def list_by_openssl(folder: Path, seal: x509.Certificate, since: date, reason: str) -> Path:
    """The root of a folder of keys with its list of revoked keys, as openssl makes one, in one file."""
    made, listed = folder / "by-openssl.pem", folder / "index.txt"
    given = f",{reason}" if reason else ""
    listed.write_text(f"R\t360101000000Z\t{since:%y%m%d}120000Z{given}\t{seal.serial_number:040X}\tunknown\t/CN=x\n")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=one\n[one]\ndatabase={listed}\ndefault_md=sha256\ndefault_crl_days=30\n")
    command = ["openssl", "ca", "-gencrl", "-config", "ca.cnf", "-keyfile", keys.ROOT_KEY, "-cert", keys.ROOT]
    made_list = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    made.write_bytes((folder / keys.ROOT).read_bytes() + made_list)
    return made
