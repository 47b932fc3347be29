"""Entering headcounts by hand and from files. Nothing that was said is taken away, and every verb is logged."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.events import HeadcountDeclared
from app.factories.headcounts import labels, queries, stored
from app.factories.headcounts.models import Headcount, HeadcountCount, HeadcountImport
from app.factories.headcounts.read import check
from app.factories.headcounts.results import Headcounts
from app.factories.headcounts.rules import Effect, Said, is_of_another, plan
from app.factories.models import Factory
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code, factory_by_id
from app.factories.rules import ImportState
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused

_MAY = Permission.HEADCOUNTS_IMPORT


class HeadcountRefused(Refused):
    """The file cannot be used; `found.reason` is the code, the text says it in plain words."""

    def __init__(self, found: Headcounts) -> None:
        super().__init__(labels.reason(found.reason, found.missing))
        self.found = found


def declare(actor: Actor, code: str, said: Said) -> Headcount | None:
    """Write down what is said of a day. Of a day that has a snapshot already it is a correction, kept beside it.

    Answers None where the day has exactly this already. Raises NotFound, and Refused for a day to come or for nobody.
    """
    factory = factory_by_code(actor, code, _MAY)
    if said.as_of > today(factory.programme.zone):
        raise Refused(_("The day lies in the future."))
    if not said.heads.total:
        raise Refused(_("Write at least one number of people."))
    hold(factory.id)
    before = queries.known(factory.id, [said.as_of]).get(said.as_of, [])
    said = replace(said, is_revision=bool(before))
    if before and replace(before[-1], is_revision=True) == said:
        return None
    made = _write(actor, factory.id, said, len(before) + 1)
    details = {"headcount": made.id, "as_of": said.as_of.isoformat(), "total": said.heads.total}
    audit.record(actor, "headcounts.declare", f"factory:{factory.id}", number=made.number, **details)
    return made


def read(actor: Actor, factory: Factory, file_name: str, data: bytes,
         chosen: Mapping[str, Any] | None = None) -> Headcounts:
    """Read a headcount file as of today in the programme's zone; nothing is kept.

    Where the file names several factories, the rows of this one count; where it names none of this one's names, those
    that it names most. Raises NotFound, HeadcountRefused when the file cannot be used, and ValueError as `check`.
    """
    factory_by_id(actor, factory.id, _MAY)
    zone, country = factory.programme.zone, factory.programme.country
    basis = {"country": country, **(chosen or {}), "import_date": today(zone)}
    found = check(data, file_name, basis)
    if not basis.get("factory") and is_of_another(factory.names, found.choices.factory):
        of_this = check(data, file_name, {**basis, "factory": factory.names})
        found = of_this if of_this.rows else found
    if not found.accepted:
        raise HeadcountRefused(found)
    return found


def preview(actor: Actor, factory: Factory, file_name: str, data: bytes) -> HeadcountImport:
    """Read a file and keep what was read, so that it can be looked at; no headcount changes. The same file again gives
    the same preview. Raises as `read`."""
    return keep(actor, factory, read(actor, factory, file_name, data), data)


def keep(actor: Actor, factory: Factory, found: Headcounts, data: bytes) -> HeadcountImport:
    """Keep what `read` read of `data`."""
    document, sha256 = stored.keep(found), hashlib.sha256(data).hexdigest()
    same = sa.select(HeadcountImport).where(
        HeadcountImport.factory_id == factory.id, HeadcountImport.sha256 == sha256,
        HeadcountImport.state == ImportState.PREVIEWED)
    for row in db.session.scalars(same):
        if row.found == document:
            return row
    row = HeadcountImport(
        factory_id=factory.id, factory=factory, file_name=found.file, sha256=sha256, state=ImportState.PREVIEWED,
        found=document, applied=None, account_id=actor.account_id, created_at=now(), applied_at=None)
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(actor, "headcounts.preview", f"factory:{factory.id}", headcount_import=row.id)
    return row


def apply(actor: Actor, import_id: int) -> HeadcountImport:
    """Write the snapshots of a file that are not known yet. A file that was applied before is answered as it is.
    Raises NotFound."""
    found = queries.headcount_import(actor, import_id)
    hold(found.factory_id)
    if not _win(found):
        return queries.headcount_import(actor, import_id)
    decided = planned(found.factory_id, stored.kept(found.found).snapshots)
    numbers = queries.last_numbers(found.factory_id, {said.as_of for said, _effect in decided})
    for said, becomes in decided:
        if becomes is not Effect.KNOWN:
            numbers[said.as_of] = numbers.get(said.as_of, 0) + 1
            _write(actor, found.factory_id, said, numbers[said.as_of], found.id)
    found.applied = dict(counted(decided))
    audit.record(actor, "headcounts.apply", f"factory:{found.factory_id}", headcount_import=found.id, **found.applied)
    return found


def planned(factory_id: int, listed: tuple[Said, ...]) -> list[tuple[Said, Effect]]:
    """What would become of the snapshots of a file now."""
    return plan(listed, queries.known(factory_id, {said.as_of for said in listed}))


def counted(decided: Iterable[tuple[Said, Effect]]) -> dict[str, int]:
    """How many snapshots are new, corrections, kept or known."""
    found = Counter(becomes for _said, becomes in decided)
    return {each.value: found[each] for each in Effect}


def _win(found: HeadcountImport) -> bool:
    """Whether this call, and no other, applies the file."""
    won = sa.update(HeadcountImport).where(
        HeadcountImport.id == found.id, HeadcountImport.state == ImportState.PREVIEWED)
    applied = won.values(state=ImportState.APPLIED, applied_at=now()).returning(HeadcountImport.id)
    return db.session.execute(applied).first() is not None


def _write(actor: Actor, factory_id: int, said: Said, number: int, import_id: int | None = None) -> Headcount:
    row = Headcount(
        factory_id=factory_id, as_of=said.as_of, number=number, source=said.source, is_revision=said.is_revision,
        lines=said.lines, shifts=said.shifts, under_18=said.under_18, migrants=said.migrants, import_id=import_id,
        account_id=actor.account_id, received_at=now())
    row.counts = [HeadcountCount(role=role, sex=sex, people=people) for (role, sex), people in said.counts.items()]
    db.session.add(row)
    db.session.flush()  # the next of the day compares itself with it
    publish(HeadcountDeclared(row.id))
    return row
