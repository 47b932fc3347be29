"""Committees of a factory and who is on them."""

from collections.abc import Iterable
from datetime import date

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.events import CommitteeChanged
from app.factories.models import Committee, CommitteeMember
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code, open_employment
from app.factories.rules import CommitteeKind, Side
from app.factories.structure.queries import factories as queries
from app.factories.structure.rules import holds_on
from app.platform import audit
from app.platform.bus import publish
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_MAY = Permission.COMMITTEES_MANAGE


def create_committee(
    actor: Actor, code: str, kind: CommitteeKind, starts_on: date, ends_on: date | None
) -> Committee:
    """A committee for a term; `ends_on` is its last day. The same once more is answered with the one that is there.

    Raises NotFound out of scope, Refused for a reversed term and for one in which the factory has one of the kind.
    """
    factory = factory_by_code(actor, code, _MAY)
    _in_order(starts_on, ends_on)
    hold(factory.id)
    others = queries.committees_of_kind(factory.id, kind)
    if same := [each for each in others if (each.starts_on, each.ends_on) == (starts_on, ends_on)]:
        return same[0]
    _alone(others, starts_on, ends_on)
    committee = Committee(factory_id=factory.id, kind=kind, starts_on=starts_on, ends_on=ends_on)
    db.session.add(committee)
    db.session.flush()
    audit.record(actor, "committees.create", f"factory:{factory.id}", committee=committee.id, kind=kind)
    _tell(committee)
    return committee


def change_committee(
    actor: Actor, code: str, committee_id: int, starts_on: date, ends_on: date | None
) -> None:
    """Change the term of a committee.

    Raises NotFound out of scope, Refused for a reversed term, for one in which the factory has another of the kind, and
    for one that somebody joined before or after.
    """
    factory, committee = queries.committee(actor, code, committee_id, _MAY)
    _in_order(starts_on, ends_on)
    hold(factory.id)
    others = queries.committees_of_kind(factory.id, committee.kind)
    _alone([each for each in others if each.id != committee.id], starts_on, ends_on)
    if any(not holds_on(starts_on, ends_on, member.starts_on) for member in queries.members(committee.id)):
        raise Refused(_("Somebody joined the committee on a day outside this term."))
    committee.starts_on, committee.ends_on = starts_on, ends_on
    audit.record(actor, "committees.change", f"factory:{factory.id}", committee=committee.id)
    _tell(committee)


def add_member(
    actor: Actor, code: str, committee_id: int, person_id: int, side: Side, starts_on: date
) -> CommitteeMember:
    """A person of the factory joins a committee, for one side. The log does not say which.

    Raises NotFound for a person who does not work there now, Refused for a day out of the term and for a member.
    """
    factory, committee = queries.committee(actor, code, committee_id, _MAY)
    hold(factory.id)
    if open_employment(person_id, factory_id=factory.id) is None:
        raise NotFound
    if not holds_on(committee.starts_on, committee.ends_on, starts_on):
        raise Refused(_("The day lies outside the term of the committee."))
    listed = [member for member in queries.members(committee.id) if member.person_id == person_id]
    if any(member.ends_on is None or member.ends_on >= starts_on for member in listed):
        raise Refused(_("This person is on the committee already."))
    member = CommitteeMember(committee_id=committee.id, person_id=person_id, side=side, starts_on=starts_on)
    db.session.add(member)
    db.session.flush()
    audit.record(actor, "committees.add_member", f"factory:{factory.id}", committee=committee.id, person=person_id)
    _tell(committee)
    return member


def correct_side(actor: Actor, code: str, committee_id: int, member_id: int, side: Side) -> None:
    """A member was put on the wrong side. The log does not say which. Raises NotFound for whoever may not see sides."""
    factory, committee = queries.committee(actor, code, committee_id, _MAY)
    factory_by_code(actor, code, Permission.COMMITTEES_SIDE)
    member = queries.member(committee.id, member_id)
    if member.side == side:
        return
    member.side = side
    details = {"committee": committee.id, "person": member.person_id}
    audit.record(actor, "committees.correct_side", f"factory:{factory.id}", **details)
    _tell(committee)


def end_membership(actor: Actor, code: str, committee_id: int, member_id: int, ends_on: date) -> None:
    """A member leaves; `ends_on` is the last day.

    Raises NotFound out of scope, Refused for a day before the first, after the term, or when the person is on it again.
    """
    factory, committee = queries.committee(actor, code, committee_id, _MAY)
    hold(factory.id)
    member = queries.member(committee.id, member_id)
    _in_order(member.starts_on, ends_on)
    if not holds_on(committee.starts_on, committee.ends_on, ends_on):
        raise Refused(_("The day lies outside the term of the committee."))
    again = [each for each in queries.members(committee.id) if each.person_id == member.person_id]
    if any(member.starts_on < each.starts_on <= ends_on for each in again):
        raise Refused(_("This person is on the committee again by then."))
    member.ends_on = ends_on
    details = {"committee": committee.id, "person": member.person_id}
    audit.record(actor, "committees.end_membership", f"factory:{factory.id}", **details)
    _tell(committee)


def _tell(committee: Committee) -> None:
    db.session.flush()  # whoever follows reads the members
    publish(CommitteeChanged(committee.id))


def _alone(others: Iterable[Committee], starts_on: date, ends_on: date | None) -> None:
    last = ends_on or date.max
    if any(each.starts_on <= last and starts_on <= (each.ends_on or date.max) for each in others):
        raise Refused(_("The factory has a committee of this kind in that time. End it first."))


def _in_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first."))
