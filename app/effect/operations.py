"""The verbs of line productivity: read a file, apply it, take it back, correct a training, compare."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.effect import labels, queries, stored
from app.effect.files import Weeks, check
from app.effect.models import EffectResult, LineTraining, LineWeek, WeekFile
from app.effect.rules import FileState
from app.factories.headcounts.rules import is_of_another
from app.factories.models import Factory
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code, factory_by_id, programme_by_code
from app.factories.roster.text import fold
from app.factories.rules import Sex
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused

_MAY = Permission.EFFECT_IMPORT


class WeeksRefused(Refused):
    """The file cannot be used; `found.reason` is the code, the text says it in plain words."""

    def __init__(self, found: Weeks) -> None:
        super().__init__(labels.reason(found.reason, found.missing, found.ignored))
        self.found = found


def preview(
    actor: Actor, factory: Factory, file_name: str, data: bytes, columns: Mapping[str, int] | None = None,
) -> WeekFile:
    """Read a file and keep what was read, so that it can be looked at; no week changes. The same file again gives the
    same preview. Where it names several factories, the rows of this one count. `columns` are numbers from 1 that
    somebody chose. Raises NotFound and WeeksRefused."""
    factory_by_id(actor, factory.id, _MAY)
    found = check(data, file_name, columns)
    if found.reason:
        raise WeeksRefused(found)
    document, sha256 = stored.keep(found.of(_own(factory, found))), hashlib.sha256(data).hexdigest()
    same = sa.select(WeekFile).where(
        WeekFile.factory_id == factory.id, WeekFile.sha256 == sha256, WeekFile.state == FileState.PREVIEWED)
    for row in db.session.scalars(same):
        if row.found == document:
            return row
    row = WeekFile(
        factory_id=factory.id, factory=factory, file_name=file_name, sha256=sha256, state=FileState.PREVIEWED,
        found=document, account_id=actor.account_id, created_at=now(), applied_at=None, undone_at=None)
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(actor, "weeks.preview", f"factory:{factory.id}", week_file=row.id, rows=len(document["rows"]))
    return row


def _own(factory: Factory, found: Weeks) -> Callable[[str], bool]:
    """Which names mean this factory: its own, and none. A file that names one other factory alone is shown as it is,
    with a question."""
    names = {each.factory for each in found.rows if each.factory}
    own = {fold(name) for name in factory.names if name}
    if is_of_another(factory.names, names):
        others = {fold(name) for name in names}
        own = others if len(others) == 1 else set()
    return lambda name: not name or fold(name) in own


def apply(actor: Actor, week_file_id: int) -> WeekFile:
    """Write the weeks of a file: all of them or none. One that was applied before is answered as it is. Raises
    NotFound, and Refused for one that was taken back."""
    found = queries.week_file(actor, week_file_id)
    hold(found.factory_id)
    if not _win(found, FileState.PREVIEWED, FileState.APPLIED):
        found = queries.week_file(actor, week_file_id)
        if found.state is FileState.UNDONE:
            raise Refused(_("This file was taken back. Send it again."))
        return found
    rows = stored.kept(found.found).rows
    if rows:
        db.session.execute(sa.insert(LineWeek), [{**each, "file_id": found.id} for each in rows])
    audit.record(actor, "weeks.apply", f"factory:{found.factory_id}", week_file=found.id, rows=len(rows))
    _order(actor, found.factory.programme_id, found.factory_id)
    return found


def undo(actor: Actor, week_file_id: int) -> WeekFile:
    """Take an applied file back: what earlier files say of its weeks counts again. Raises NotFound."""
    found = queries.week_file(actor, week_file_id)
    hold(found.factory_id)
    if not _win(found, FileState.APPLIED, FileState.UNDONE):
        return queries.week_file(actor, week_file_id)
    audit.record(actor, "weeks.undo", f"factory:{found.factory_id}", week_file=found.id)
    _order(actor, found.factory.programme_id, found.factory_id)
    return found


def _win(found: WeekFile, before: FileState, after: FileState) -> bool:
    """Whether this call, and no other, takes the file from one state to the next."""
    moment = {FileState.APPLIED: "applied_at", FileState.UNDONE: "undone_at"}[after]
    won = sa.update(WeekFile).where(WeekFile.id == found.id, WeekFile.state == before)
    return db.session.execute(won.values(state=after, **{moment: now()}).returning(WeekFile.id)).first() is not None


@dataclass(frozen=True)
class LineSaid:
    """What somebody says of a line: its supervisor was trained on a day, or was not."""

    line: str
    trained_on: date | None
    sex: Sex | None


def correct(actor: Actor, code: str, said: LineSaid) -> LineTraining:
    """Say when the supervisor of a line was trained, in place of what completions say. Raises NotFound, also for a
    line without weeks, and Refused for a day to come."""
    factory = factory_by_code(actor, code, _MAY)
    if said.trained_on and said.trained_on > today(factory.programme.zone):
        raise Refused(_("The day lies in the future."))
    known = {each.key: each.name for each in queries.lines(factory.id)}
    key = fold(said.line)
    if key not in known:
        raise NotFound
    sex = said.sex if said.trained_on else None
    row = LineTraining(
        factory_id=factory.id, line=known[key], line_key=key, trained_on=said.trained_on, sex=sex,
        account_id=actor.account_id, said_at=now())
    db.session.add(row)
    db.session.flush()  # the log needs the id
    day = said.trained_on.isoformat() if said.trained_on else None
    audit.record(actor, "lines.correct", f"factory:{factory.id}", line_training=row.id, line=row.line, trained_on=day)
    _order(actor, factory.programme_id, factory.id)
    return row


def compare(actor: Actor, code: str) -> EffectResult:
    """Have the lines of a factory compared by the worker. Raises NotFound."""
    factory = factory_by_code(actor, code, _MAY)
    result = _order(actor, factory.programme_id, factory.id)
    audit.record(actor, "effect.compare", f"factory:{factory.id}", effect_result=result.id)
    return result


def compare_all(actor: Actor, code: str) -> EffectResult:
    """Have the lines of all factories of a programme compared, each within its own factory. Raises NotFound."""
    programme = programme_by_code(actor, code, _MAY)
    result = _order(actor, programme.id, None)
    audit.record(actor, "effect.compare", f"programme:{programme.id}", effect_result=result.id)
    return result


def _order(actor: Actor, programme_id: int, factory_id: int | None) -> EffectResult:
    row = EffectResult(
        programme_id=programme_id, factory_id=factory_id, ordered_at=now(), made_at=None, inputs_sha256=None,
        found=None, account_id=actor.account_id)
    db.session.add(row)
    db.session.flush()  # the job needs the id
    enqueue("effect.compare", result_id=row.id)
    return row


def finish(result_id: int, inputs_sha256: str, found: dict[str, Any]) -> None:
    """Keep what a comparison found; one that was made before stays as it is."""
    statement = sa.update(EffectResult).where(EffectResult.id == result_id, EffectResult.made_at.is_(None))
    db.session.execute(statement.values(made_at=now(), inputs_sha256=inputs_sha256, found=found))
