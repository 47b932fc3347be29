"""Where people join from: the sites of a new plan, and changing them later."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.factories.models import Factory
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import MeetingSite, Room, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.operations import invitations
from app.sessions.operations.loading import to_plan
from app.sessions.operations.plans import Plan
from app.sessions.queries.registers import open_room
from app.sessions.rules import HOLDING, SeatState, SiteKind

_SITS = (*HOLDING, SeatState.REQUESTED, SeatState.WAIT_LISTED)


def sites_of_plan(plan: Plan) -> list[Site]:
    """The sites that a plan asks for. Raises NotFound for rooms and factories outside the programme."""
    factories = _factories(plan)
    speakers = {point.factory_id: point.account_id for point in reversed(accounts.focal_points(_ids(factories)))}
    venue = [_venue(plan.programme_id, plan.venue, plan.room_id)] if plan.venue or plan.room_id else []
    rooms = [_factory_room(factory, speakers.get(factory.id)) for factory in factories]
    return [*venue, *rooms, *([Site(kind=SiteKind.REMOTE, name="")] if plan.remote else [])]


def add_venue(actor: Actor, training_id: int, name: str, room_id: int | None) -> Site:
    """People can come to one room more, of the register or only named. Raises NotFound, Refused."""
    training = to_plan(actor, training_id)
    return _added(actor, training, _venue(training.programme_id, name, room_id))


def add_factory_room(actor: Actor, training_id: int, factory_id: int, focal_account_id: int | None) -> Site:
    """The meeting room of a factory joins by link; a factory has one. Raises NotFound, Refused."""
    training = to_plan(actor, training_id)
    factory = db.session.get(Factory, factory_id)
    if factory is None or not policy.takes(training, factory):
        raise NotFound
    known = next((site for site in training.sites if site.factory_id == factory_id), None)
    if known is not None:
        return known
    return _added(actor, training, _factory_room(factory, _speaker(factory_id, focal_account_id)))


def add_remote(actor: Actor, training_id: int) -> Site:
    """People can join alone, by link. Again changes nothing. Raises NotFound, Refused."""
    training = to_plan(actor, training_id)
    known = next((site for site in training.sites if site.kind is SiteKind.REMOTE), None)
    return known or _added(actor, training, Site(kind=SiteKind.REMOTE, name=""))


def give_focal_point(actor: Actor, training_id: int, site_id: int, account_id: int | None) -> Site:
    """Somebody of the factory looks after its room; calendars follow. Raises NotFound, Refused."""
    training = to_plan(actor, training_id)
    site = _site(training, site_id)
    if site.factory_id is None:
        raise Refused(_("This is not the meeting room of a factory."))
    site.focal_account_id = _speaker(site.factory_id, account_id)
    audit.record(actor, "sessions.give_focal_point", f"site:{site.id}", account=site.focal_account_id)
    invitations.settle(training)
    return site


def remove_site(actor: Actor, training_id: int, site_id: int) -> None:
    """Nobody joins from there any more. Raises NotFound, Refused while somebody has a seat there or a half-day has no
    other site.
    """
    training = to_plan(actor, training_id)
    site = _site(training, site_id)
    if _is_used(site):
        raise Refused(_("Somebody has a seat there. Give them another place first."))
    if any(list(meeting.sites) == [site] for meeting in training.meetings):
        raise Refused(_("A half-day takes place only there. Give it another site first."))
    db.session.execute(sa.delete(MeetingSite).where(MeetingSite.site_id == site.id))
    _forget(training, site)
    audit.record(actor, "sessions.remove_site", f"training:{training.id}", site=site_id)
    invitations.settle(training)


def _forget(training: TrainingSession, site: Site) -> None:
    """A seat that was withdrawn points to it still: it is then kept at another site of its kind, or the first."""
    others = [one for one in training.sites if one is not site]
    if not others:
        raise Refused(_("This is the only site. Add another one first."))
    other = next((one for one in others if one.kind.modality is site.kind.modality), others[0])
    db.session.execute(sa.update(Seat).where(Seat.site_id == site.id).values(site_id=other.id))
    db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.site_id == site.id))
    db.session.delete(site)
    db.session.flush()  # the list of the sites is read anew
    db.session.expire(training, ["sites"])


def _factories(plan: Plan) -> Sequence[Factory]:
    """Those ticked and - where people join by link - those of the group, by name."""
    own = sa.select(Factory).where(Factory.programme_id == plan.programme_id).order_by(Factory.name, Factory.id)
    ticked = db.session.scalars(own.where(Factory.id.in_(plan.factory_ids))).all()
    if len(ticked) != len(set(plan.factory_ids)):
        raise NotFound
    if plan.group_id is None:
        return ticked
    of_group = db.session.scalars(own.where(Factory.group_id == plan.group_id)).all()
    if not of_group:
        raise NotFound
    if not set(_ids(ticked)) <= set(_ids(of_group)):
        raise Refused(_("It is for one group. Take away the factories of others."))
    return of_group if plan.capacity_virtual else ticked


def _ids(factories: Collection[Factory]) -> list[int]:
    return [factory.id for factory in factories]


def _venue(programme_id: int, name: str | None, room_id: int | None) -> Site:
    if room_id is None:
        return Site(kind=SiteKind.VENUE, name=name or "")
    room: Room = open_room(programme_id, room_id)
    return Site(kind=SiteKind.VENUE, name=", ".join(filter(None, (room.name, room.address))), room_id=room.id)


def _factory_room(factory: Factory, account_id: int | None) -> Site:
    return Site(
        kind=SiteKind.FACTORY_ROOM, name=factory.name, factory_id=factory.id, focal_account_id=account_id
    )


def _speaker(factory_id: int, account_id: int | None) -> int | None:
    """NotFound for somebody who does not speak for this factory."""
    if account_id is not None and account_id not in {point.account_id for point in accounts.focal_points([factory_id])}:
        raise NotFound
    return account_id


def _added(actor: Actor, training: TrainingSession, site: Site) -> Site:
    training.sites.append(site)
    db.session.flush()  # the log needs its id
    audit.record(actor, "sessions.add_site", f"training:{training.id}", site=site.id)
    invitations.settle(training)
    return site


def _site(training: TrainingSession, site_id: int) -> Site:
    found = next((site for site in training.sites if site.id == site_id), None)
    if found is None:
        raise NotFound
    return found


def _is_used(site: Site) -> bool:
    at_all = sa.exists().where(Seat.site_id == site.id, Seat.state.in_(_SITS))
    at_one = sa.exists().where(
        SeatAtMeeting.site_id == site.id, SeatAtMeeting.seat_id == Seat.id, Seat.state.in_(_SITS)
    )
    return bool(db.session.scalar(sa.select(sa.or_(at_all, at_one))))
