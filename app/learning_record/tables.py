"""The record as a table for others."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.factories.labels import ONE_SEX, ROLES
from app.learning_record.kinds import GROUPS, KINDS
from app.learning_record.pages import Entries
from app.platform.i18n import _, text
from app.platform.tables.writing import Cell


def header() -> list[str]:
    """The columns of the record."""
    return [
        _("Day"), _("Kind"), _("What happened"), _("Course"), _("Title"), _("Version"), _("Name"),
        _("Name in the own script"), _("Line"), _("Role"), _("Sex"), _("Evidence level"), _("People"), _("Women"),
        _("Details"), _("Taken over from a list"), _("Corrected since"), _("Source"), _("Corrects"),
        _("Written down at"),
    ]  # fmt: skip


def rows(entries: Entries) -> Iterator[Sequence[Cell]]:
    """A row for each entry."""
    yes = {True: _("yes"), False: ""}
    for day, row, told in entries:
        one, kind = row.RecordEntry, KINDS[row.RecordEntry.kind]
        noted = one.noted_at.isoformat(timespec="seconds") if one.noted_at else ""
        yield [
            day, str(GROUPS[kind.group]), str(kind.word), row.course or "", text(row.titles) if row.titles else "",
            row.version or "", row.name or "", row.local_name or "", one.line or "",
            str(ROLES[one.role]) if one.role else "", str(ONE_SEX[one.sex]) if one.sex else "", one.level or "",
            one.people, one.women, "; ".join(map(str, told)), yes[one.was_imported],
            yes[not row.counts], one.source, one.corrects or "", noted,
        ]  # fmt: skip


def participant_header() -> list[str]:
    """The columns of those who took part."""
    return [_("Source"), _("Name"), _("Name in the own script"), _("Line"), _("Role"), _("Sex")]


def participant_rows(found: Sequence[Any]) -> Iterator[Sequence[Cell]]:
    """A row for each person and entry."""
    for row in found:
        yield [
            row.source, row.name, row.local_name or "", row.line or "", str(ROLES[row.role]),
            str(ONE_SEX[row.sex]) if row.sex else "",
        ]  # fmt: skip
