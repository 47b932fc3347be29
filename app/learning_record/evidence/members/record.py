"""The timeline of the factory, and of it what people completed: entries that had been written down by the day."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.factories.labels import ONE_SEX, ROLES
from app.learning_record import queries
from app.learning_record.evidence.source import Source, Table, in_steps
from app.learning_record.kinds import GROUPS, KINDS, EntryKind
from app.learning_record.models import RecordEntry
from app.learning_record.queries import Wanted
from app.platform.db import db
from app.platform.i18n import _, text
from app.sessions.models import TrainingSession

_COMPLETED = frozenset({
    EntryKind.COMPLETION, EntryKind.COMPLETION_WITHDRAWN, EntryKind.EARLIER_TRAINING,
    EntryKind.EARLIER_TRAINING_UNDONE,
})  # fmt: skip


def entries(source: Source) -> list[Any]:
    """Entries of the time, the oldest first, without those about somebody who was not there then. One statement."""
    about = source.about
    wanted = Wanted(
        about.factory_id, list(EntryKind), about.zone, since=about.period.since, until=about.period.until)
    rows = db.session.execute(
        queries.entries(wanted)
        .where(sa.or_(RecordEntry.noted_at.is_(None), RecordEntry.noted_at < about.known))
        .order_by(None).order_by(RecordEntry.at, RecordEntry.id)
    )
    return [row for row in rows if row.who is None or row.who in source.people]


def corrected(source: Source) -> frozenset[str]:
    """Sources of the entries that had been corrected by the day. One statement."""
    later = sa.select(RecordEntry.corrects).where(
        RecordEntry.factory_id == source.about.factory_id, RecordEntry.corrects.is_not(None),
        sa.or_(RecordEntry.noted_at.is_(None), RecordEntry.noted_at < source.about.known))
    return frozenset(filter(None, db.session.scalars(later)))


def completions(source: Source, found: Sequence[Any], ended: frozenset[str]) -> Table:
    """What people completed, and what was taken back."""
    header = [
        _("Day"), _("What happened"), _("Training session"), _("Course"), _("Title"), _("Version"),
        _("Employee number"), _("Name"), _("Role"), _("Line"), _("Evidence level"), _("Withdrawn since"), _("Source"),
    ]  # fmt: skip
    codes = _codes(found)
    rows = [
        [
            source.about.day(one.at), str(KINDS[one.kind].word), codes.get(one.training_id, ""), row.course or "",
            text(row.titles) if row.titles else "", row.version or "",
            source.people[row.who].number if row.who else "", source.people[row.who].name if row.who else "",
            str(ROLES[one.role]) if one.role else "", one.line or "", one.level or "",
            _("yes") if one.source in ended else "", one.source,
        ]
        for row in found for one in [row.RecordEntry] if one.kind in _COMPLETED
    ]  # fmt: skip
    return Table("completions", _("Completions"), header, rows)


def _codes(found: Sequence[Any]) -> dict[int, str]:
    """What the training sessions are called in which something was completed."""
    ids = {row.RecordEntry.training_id for row in found if row.RecordEntry.kind in _COMPLETED}
    codes: dict[int, str] = {}
    for some in in_steps(sorted(ids - {None})):
        rows = db.session.scalars(sa.select(TrainingSession).where(TrainingSession.id.in_(some)))
        codes |= {row.id: row.code for row in rows}
    return codes


def timeline(source: Source, found: Sequence[Any], ended: frozenset[str]) -> Table:
    """All entries."""
    header = [
        _("Day"), _("Kind"), _("What happened"), _("Course"), _("Title"), _("Name"), _("Line"), _("Role"), _("Sex"),
        _("Evidence level"), _("People"), _("Women"), _("Details"), _("Corrected since"), _("Written down at"),
        _("Source"),
    ]  # fmt: skip
    about = source.about
    rows = [
        [
            about.day(one.at), str(GROUPS[kind.group]), str(kind.word), row.course or "",
            text(row.titles) if row.titles else "", source.people[row.who].name if row.who else "",
            one.line or "", str(ROLES[one.role]) if one.role else "", str(ONE_SEX[one.sex]) if one.sex else "",
            one.level or "", one.people, one.women, "; ".join(map(str, kind.told(one.details))),
            _("yes") if one.source in ended else "", about.moment(one.noted_at), one.source,
        ]
        for row in found for one in [row.RecordEntry] for kind in [KINDS[one.kind]]
    ]  # fmt: skip
    return Table("timeline", _("Timeline of the factory"), header, rows)
