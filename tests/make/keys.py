"""Keys of a site, made for a test."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

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
