"""Designs of certificates."""

import struct
import zlib
from dataclasses import replace
from datetime import date

from app.access.actor import SYSTEM
from app.certificates.designs import operations
from app.certificates.designs.content import content_of
from app.certificates.designs.models import CertificateSignatory, Design
from app.certificates.designs.operations.drafts import seen_of
from app.certificates.designs.queries import designs as queries
from app.courses.models import CourseVersion
from app.factories.models import Programme
from app.platform.db import db
from tests.make import factories

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><title>A loom</title>'
    b'<path d="M4 4h32v32H4z" fill="none" stroke="#27346b" stroke-width="3"/><circle cx="20" cy="20" r="7"/></svg>'
)


def design(
    programme: Programme | None = None, version: CourseVersion | None = None, *, is_published: bool = True,
    name: str = "Our certificate", logo: bool = False, **values: object,
) -> Design:
    """A design for a programme or one course of it; `values` are those of its content."""
    home = programme or factories.programme()
    made = operations.create(SYSTEM, home.code, version.course_id if version else None, name)
    edit(made, **values)
    if logo:
        operations.set_logo(SYSTEM, made.id, seen_of(queries.latest(made.id)), LOGO, "A loom")
    if is_published:
        publish(made)
    return made


def edit(design: Design, **values: object) -> None:
    """Change the draft."""
    latest = queries.latest(design.id)
    operations.save(SYSTEM, design.id, seen_of(latest), replace(content_of(latest.content), **values))  # type: ignore[arg-type]


def publish(design: Design) -> int:
    """Publish the draft; answers its id."""
    return operations.publish(SYSTEM, design.id, seen_of(queries.latest(design.id))).id


def signatory(programme: Programme, name: str = "Helena Duarte", **values: object) -> CertificateSignatory:
    """Somebody who signs since 2020, without an end."""
    defaults: dict[str, object] = {
        "names": {"en": name, "km": f"{name} ខ្មែរ"}, "roles": {"en": "Programme manager", "km": "អ្នកគ្រប់គ្រង"},
        "signature": None, "valid_from": date(2020, 1, 1), "valid_to": None,
    }
    row = CertificateSignatory(programme_id=programme.id, **defaults | values)
    db.session.add(row)
    db.session.flush()
    return row


def sign(row: CertificateSignatory) -> None:
    """Give somebody a drawn signature."""
    operations.set_signature(SYSTEM, row.id, row.revision, LOGO)


def png(width: int = 8, height: int = 8, *, packed: bytes | None = None, extra: bytes = b"") -> bytes:
    """A grey picture; `packed` in place of what its pixels pack to, `extra` before its end."""
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height) if packed is None else packed
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + extra + chunk(b"IEND", b"")


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
