"""The verbs of line productivity: read a file, apply it, take it back, correct a training, compare."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.access.permissions import Permission
from app.effect import inputs, labels, queries, stored
from app.effect.files import Problem, Trainings, Weeks, check, check_trainings, lines_of
from app.effect.models import EffectResult, LineTraining, LineWeek, WeekFile
from app.effect.queries import LineShown
from app.effect.rules import FileState, Line
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


class TrainingsRefused(Refused):
    """Nothing of the file is taken over: it cannot be read, or `problems` say which rows are to be corrected."""

    def __init__(self, sentence: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


NOT_OURS = frozenset({"unknown_line", "ambiguous_line"})
"""Rows of lines without weeks: the command passes over them, here nobody would learn what was left out."""


def preview(
    actor: Actor, factory: Factory, file_name: str, data: bytes, columns: Mapping[str, int] | None = None,
) -> WeekFile:
    """Read a file and keep what was read, so that it can be looked at; no week changes. The same file again gives the
    same preview. Where it names several factories, the rows of this one count. `columns` are numbers from 1 that
    somebody chose. Raises NotFound and WeeksRefused."""
    factory_by_id(actor, factory.id, _MAY)
    found = check(data, file_name, columns, today(factory.programme.zone))
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
    _changed(actor, found.factory)
    return found


def undo(actor: Actor, week_file_id: int) -> WeekFile:
    """Take an applied file back: what earlier files say of its weeks counts again. Raises NotFound."""
    found = queries.week_file(actor, week_file_id)
    hold(found.factory_id)
    if not _win(found, FileState.APPLIED, FileState.UNDONE):
        return queries.week_file(actor, week_file_id)
    audit.record(actor, "weeks.undo", f"factory:{found.factory_id}", week_file=found.id)
    _changed(actor, found.factory)
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
    row = _note(actor, factory, known[key], said)
    _changed(actor, factory)
    return row


def correct_all(
    actor: Actor, factory: Factory, data: bytes, columns: Mapping[str, int] | None = None, course: str = "",
) -> int:
    """Take over from a file when supervisors of lines were trained, all of it or nothing, as if each was corrected by
    hand; answers of how many lines it says something new. Other lines stay as they are - those without a day, too -,
    and so do rows of other factories and courses. `columns` are numbers from 1 that somebody chose, `course` the one
    that counts. Raises NotFound and TrainingsRefused."""
    factory_by_id(actor, factory.id, _MAY)
    found = check_trainings(data, columns, course, queries.supervisory_skills())
    if found.reason:
        raise TrainingsRefused(labels.reason(found.reason, found.missing, found.ignored, found.courses))
    known = {each.key: each for each in queries.lines(factory.id)}
    rows = found.of([name for name in factory.names if name])
    weeks = {("", line): said for (_factory, line), said in inputs.of_factories([factory.id]).present.items()}
    lines, unfit = lines_of({key: said for key, said in weeks.items() if key[1] in known}, rows)
    wrong = (*rows.problems, *unfit, *_to_come(rows, today(factory.programme.zone)))
    problems = sorted(wrong, key=lambda each: each.row)
    if any(each.severity == "error" or each.code in NOT_OURS for each in problems):
        raise TrainingsRefused(_("Nothing was taken over. Correct the rows below and send the file again."), problems)
    if not rows.rows:
        raise TrainingsRefused(_("No row of the file is about this factory."))
    new = [LineSaid(known[line.key[1]].name, line.trained_on, Sex(line.sex) if line.sex else None)
           for line in lines if line.trained_on and _is_new(line, known[line.key[1]])]
    for said in new:
        _note(actor, factory, said.line, said)
    if new:
        _changed(actor, factory)
    return len(new)


def _to_come(rows: Trainings, day: date) -> list[Problem]:
    return [Problem(each.row, "day_to_come", "trained_on", each.day.isoformat())
            for each in rows.rows if each.day and each.day > day]


def _is_new(line: Line, known: LineShown) -> bool:
    """Whether a file says something else than what is known; a file without the sex does not take it away."""
    return (line.trained_on, line.sex or known.sex) != (known.trained_on, known.sex)


def _note(actor: Actor, factory: Factory, name: str, said: LineSaid) -> LineTraining:
    row = LineTraining(
        factory_id=factory.id, line=name, line_key=fold(name), trained_on=said.trained_on,
        sex=said.sex if said.trained_on else None, account_id=actor.account_id, said_at=now())
    db.session.add(row)
    db.session.flush()  # the log needs the id
    day = said.trained_on.isoformat() if said.trained_on else None
    audit.record(actor, "lines.correct", f"factory:{factory.id}", line_training=row.id, line=name, trained_on=day)
    return row


def compare(actor: Actor, code: str) -> EffectResult:
    """Have the lines of a factory compared by the worker. Raises NotFound."""
    factory = factory_by_code(actor, code, _MAY)
    return _compare(actor, factory.programme_id, factory.id)


def compare_all(actor: Actor, code: str) -> EffectResult:
    """Have the lines of all factories of a programme compared, each within its own factory. Raises NotFound."""
    programme = programme_by_code(actor, code, _MAY)
    return _compare(actor, programme.id, None)


def renew(stale: Sequence[tuple[int, int | None]]) -> None:
    """Have those compared again whose last comparison was made of other data: a programme and one of its factories, or
    None for all of them. What is being compared already is left alone."""
    for programme_id, factory_id in stale:
        if not queries.is_comparing(programme_id, factory_id):
            _compare(SYSTEM, programme_id, factory_id)


def _compare(actor: Actor, programme_id: int, factory_id: int | None) -> EffectResult:
    result = _order(actor, programme_id, factory_id)
    subject = f"factory:{factory_id}" if factory_id else f"programme:{programme_id}"
    audit.record(actor, "effect.compare", subject, effect_result=result.id)
    return result


def _changed(actor: Actor, factory: Factory) -> None:
    """Weeks or trainings of a factory are others now: compare it, and its programme where that was ever asked for."""
    _order(actor, factory.programme_id, factory.id)
    if queries.was_ordered(factory.programme_id):
        _order(actor, factory.programme_id, None)


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
