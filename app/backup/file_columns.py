"""Which columns speak of stored files. A test finds those that are new."""

import re
from collections.abc import Iterator

import sqlalchemy as sa

from app.platform.db import Base

KEYS = (
    ("certificate", "credential_key"), ("certificate", "file_key"), ("certificate_design_preview", "file_key"),
    ("certificate_draft", "file_key"), ("cascade_session", "evidence_key"), ("drill", "evidence_key"),
    ("evidence_pack", "file_key"), ("factory_certificate", "file_key"), ("made_report", "key"),
    ("practice_log", "photo_key"), ("roster_import", "file_key"), ("sheet_photo", "file_key"),
)  # fmt: skip
DOCUMENTS = (
    ("certificate_design_preview", "content"), ("certificate_design_version", "content"),
    ("certificate_signatory", "signature"), ("held_mark", "content"),
)  # fmt: skip
"""JSON in which keys stand."""

SECRET = (("print_order", "file_key"),)
"""Of a day, and with PINs that anybody could read: they are in no backup."""

_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def speaks_of(connection: sa.Connection) -> Iterator[str]:
    """The keys of all files that the database speaks of; those that are to be drawn again may be gone."""
    for column in map(_column, KEYS):
        yield from connection.scalars(sa.select(column).where(column.is_not(None)))
    for column in map(_column, DOCUMENTS):
        for text in connection.scalars(sa.select(sa.cast(column, sa.Text)).where(column.is_not(None))):
            yield from keys_in(text)


def keys_in(text: str) -> list[str]:
    """What looks like a key in a text."""
    return _KEY.findall(text)


def secret(connection: sa.Connection) -> set[str]:
    """The keys of files that are in no backup."""
    columns = map(_column, SECRET)
    return {key for column in columns for key in connection.scalars(sa.select(column).where(column.is_not(None)))}


def _column(place: tuple[str, str]) -> sa.Column[str]:
    table, name = place
    return Base.metadata.tables[table].columns[name]
