"""Joining two entries of one person, taking it back, and saying that two people are two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.events import PersonMerged, PersonsSeparated
from app.factories.merging import queries
from app.factories.merging.rows import Parting, Planned, person_data, plain
from app.factories.models import Employment, Factory, NotTheSame, Person, PersonMerge
from app.factories.rules import Sex
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.refusal import NotFound, Refused

FIELDS = ("name", "local_name", "sex", "birth_band", "language", "phone", "email")


@dataclass(frozen=True)
class Preview:
    """What a merge would do: the fields in which the two differ, and what each room would move and leave."""

    winner: Person
    loser: Person
    differing: tuple[str, ...]
    rooms: Mapping[str, Planned]


def preview(actor: Actor, winner_id: int, loser_id: int) -> Preview:
    """What joining would move. Changes nothing. Raises NotFound, and Refused for two who must stay two."""
    winner, loser = _pair(actor, winner_id, loser_id)
    rooms = {room: data.plan(loser_id, winner_id) for room, data in person_data().items()}
    return Preview(winner, loser, differing(winner, loser), rooms)


def differing(winner: Person, loser: Person) -> tuple[str, ...]:
    """Fields of which each of the two says something else."""
    return tuple(
        name
        for name in FIELDS
        if getattr(loser, name) is not None and getattr(winner, name) not in (None, getattr(loser, name))
    )


def merge(actor: Actor, winner_id: int, loser_id: int, take: frozenset[str] = frozenset()) -> PersonMerge:
    """Make the loser an alias of the winner, to whom everything goes that may go.

    `take` names the differing fields in which the loser is right. What the winner does not say is taken from the loser
    anyway. Merging twice is answered with the first merge. Raises NotFound and Refused.
    """
    _lock(winner_id, loser_id)
    if (earlier := _standing(winner_id, loser_id)) is not None:
        return queries.merge_for(actor, earlier.id)
    winner, loser = _pair(actor, winner_id, loser_id)
    before = {name: plain(getattr(winner, name)) for name in FIELDS}
    _take(winner, loser, take)
    after = {name: plain(getattr(winner, name)) for name in FIELDS}
    db.session.flush()  # the rooms write past the session
    rooms = {room: data.move(loser_id, winner_id) for room, data in person_data().items()}
    made = PersonMerge(
        winner_id=winner_id,
        loser_id=loser_id,
        account_id=actor.account_id,
        merged_at=now(),
        moved={"rooms": rooms, "person": {"before": before, "after": after}},
        undone_at=None,
    )
    db.session.add(made)
    db.session.flush()  # the event carries the id
    db.session.expire_all()
    audit.record(actor, "factories.merge_people", f"person:{winner_id}", loser=loser_id, merge=made.id)
    publish(PersonMerged(made.id))
    return made


def part(actor: Actor, merge_id: int) -> PersonMerge:
    """Take a merge back: what went over goes back, with what was added to it since. It may run twice.

    Raises NotFound, and Refused while a later merge of the two stands, when one of them was pseudonymised, or when
    nobody can tell whose an employment is.
    """
    found = queries.merge_for(actor, merge_id)
    _lock(found.winner_id, found.loser_id)
    db.session.refresh(found)
    if found.undone_at is not None:
        return found
    _refuse_entangled(found)
    found.undone_at = now()
    db.session.flush()  # the rooms write past the session
    _restore(found)
    _give_back(found.winner_id, found.moved["person"])
    db.session.flush()
    db.session.expire_all()
    audit.record(actor, "factories.separate_people", f"person:{found.winner_id}", loser=found.loser_id, merge=found.id)
    publish(PersonsSeparated(found.id))
    return found


def set_apart(actor: Actor, one_id: int, other_id: int) -> None:
    """Note that two entries are two people: they are not suggested again. Raises NotFound."""
    for person_id in (one_id, other_id):
        queries.person_for(actor, person_id)
    first, second = sorted((one_id, other_id))
    if first == second:
        raise NotFound
    db.session.execute(
        insert(NotTheSame)
        .values(first_id=first, second_id=second, account_id=actor.account_id, at=now())
        .on_conflict_do_nothing(index_elements=["first_id", "second_id"])
    )
    audit.record(actor, "factories.set_apart", f"person:{first}", other=second)


def _pair(actor: Actor, winner_id: int, loser_id: int) -> tuple[Person, Person]:
    winner, ours = queries.person_for(actor, winner_id)
    loser, theirs = queries.person_for(actor, loser_id)
    if winner_id == loser_id:
        raise NotFound
    if len(ours | theirs) > 1:
        raise Refused(_("People of different programmes are not joined."))
    if winner.erased_at is not None or loser.erased_at is not None:
        raise Refused(_("One of the two was pseudonymised. Nobody can tell any more whether they are one person."))
    if winner.merged_into_id is not None or loser.merged_into_id is not None:
        raise Refused(_("One of the two was joined with somebody else meanwhile."))
    return winner, loser


def _lock(*person_ids: int) -> None:
    """Wait for staff lists of the factories, then for whatever else is written of the people - in the order in which
    all do, so that nobody waits for each other.
    """
    factories = sa.select(Employment.factory_id).where(Employment.person_id.in_(person_ids))
    every = sa.select(Factory.id).where(Factory.id.in_(factories)).order_by(Factory.id)
    db.session.execute(every.with_for_update(key_share=True))
    people = sa.or_(Person.id.in_(person_ids), Person.merged_into_id.in_(person_ids))
    db.session.execute(sa.select(Person.id).where(people).order_by(Person.id).with_for_update())


def _restore(found: PersonMerge) -> None:
    """From the ground floor up, as it was moved: certificates follow completions."""
    rooms = found.moved["rooms"]
    trainings = frozenset(each for moved in rooms.values() for each in moved.get("trainings", ()))
    for room, data in person_data().items():
        data.restore(Parting(found.winner_id, found.loser_id, found.merged_at, rooms[room], trainings))


def _standing(winner_id: int, loser_id: int) -> PersonMerge | None:
    return db.session.scalar(
        sa.select(PersonMerge).where(
            PersonMerge.winner_id == winner_id, PersonMerge.loser_id == loser_id, PersonMerge.undone_at.is_(None)
        )
    )


def _take(winner: Person, loser: Person, take: frozenset[str]) -> None:
    for name in FIELDS:
        if getattr(winner, name) is None or (name in take and getattr(loser, name) is not None):
            setattr(winner, name, getattr(loser, name))
    winner.search_text = searchable(winner.name, winner.local_name)


def _give_back(winner_id: int, told: Mapping[str, Any]) -> None:
    """What the merge set goes back to what it was; what somebody corrected since stays."""
    winner = db.session.get_one(Person, winner_id)
    for name, before in told["before"].items():
        if plain(getattr(winner, name)) == told["after"][name]:
            setattr(winner, name, Sex(before) if name == "sex" and before else before)
    winner.search_text = searchable(winner.name, winner.local_name)


def _refuse_entangled(found: PersonMerge) -> None:
    both = (found.winner_id, found.loser_id)
    later = sa.select(PersonMerge.id).where(
        PersonMerge.id > found.id,
        PersonMerge.undone_at.is_(None),
        sa.or_(PersonMerge.winner_id.in_(both), PersonMerge.loser_id.in_(both)),
    )
    if db.session.scalar(later.limit(1)) is not None:
        raise Refused(_("One of the two was joined with somebody else later. Undo that first."))
    if not found.moved["person"]:
        raise Refused(_("One of the two was pseudonymised. This cannot be undone any more."))
