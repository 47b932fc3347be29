"""Whom it affects when half-days are held by link instead of in person, or back."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.accounts import queries as accounts
from app.factories.models import Factory
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.queries.joining import Exceptions, exceptions, joins_how
from app.sessions.queries.lookup import booked
from app.sessions.rules import MeetingState, Modality, SiteKind


@dataclass(frozen=True)
class FactoryAffected:
    """The booked people of one factory."""

    factory: Factory
    people: int
    changing: int
    """How many of them join in another way than until now."""
    without_mail: Sequence[Seat]
    """Who has no e-mail: somebody must hand them the news."""
    speakers: int
    room: Site | None
    """Its meeting room that joins by link, if it has one."""


@dataclass(frozen=True)
class Affected:
    """What a switch means. `places` are those that the training room has, None where nobody counted them."""

    meetings: Sequence[Meeting]
    modality: Modality
    factories: Sequence[FactoryAffected]
    trainers: int
    interpreters: Sequence[str]
    venues: Sequence[Site]
    places: int | None

    @property
    def people(self) -> int:
        return sum(each.people for each in self.factories)

    @property
    def changing(self) -> int:
        return sum(each.changing for each in self.factories)

    @property
    def unreachable(self) -> Sequence[FactoryAffected]:
        """Factories of which nobody can be told by mail."""
        return [each for each in self.factories if not each.speakers and len(each.without_mail) == each.people]

    @property
    def is_too_many(self) -> bool:
        """Whether more people come in person than there are places."""
        comes_in = self.modality is Modality.IN_PERSON
        return comes_in and self.places is not None and self.people > self.places


def affected(training: TrainingSession, numbers: Collection[int], modality: Modality) -> Affected:
    """What switching these half-days means. A fixed number of statements, however many people there are."""
    meetings = [m for m in training.meetings if m.number in numbers and m.state is not MeetingState.CANCELLED]
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in booked(training.id):
        seats[seat.factory_id].append(seat)
    speakers: dict[int, int] = defaultdict(int)
    for point in accounts.focal_points(seats):
        speakers[point.factory_id] += 1
    known = exceptions(training.id)
    rooms = {site.factory_id: site for site in training.sites if site.factory_id is not None}
    venues = [site for site in training.sites if site.kind is SiteKind.VENUE]
    return Affected(
        meetings=meetings,
        modality=modality,
        factories=[
            FactoryAffected(
                factory=own[0].factory,
                people=len(own),
                changing=sum(_changes(seat, meetings, modality, known) for seat in own),
                without_mail=[seat for seat in own if not seat.person.email],
                speakers=speakers[factory_id],
                room=rooms.get(factory_id),
            )
            for factory_id, own in seats.items()
        ],
        trainers=len(training.trainers),
        interpreters=sorted({each.name for meeting in meetings for each in meeting.interpreters}),
        venues=venues,
        places=_places(training, venues),
    )


def _changes(seat: Seat, meetings: Sequence[Meeting], modality: Modality, known: Exceptions) -> bool:
    """Whether somebody joins one of these half-days in another way than until now."""
    return any(joins_how(seat, meeting, known) is not joins_how(seat, meeting, known, modality) for meeting in meetings)


def _places(training: TrainingSession, venues: Sequence[Site]) -> int | None:
    """The smaller one of what was planned and what the rooms of the register hold."""
    rooms = [site.room.places for site in venues if site.room is not None and site.room.places is not None]
    known = [training.capacity_in_person] if training.capacity_in_person else []
    counted = [*known, *([sum(rooms)] if rooms and len(rooms) == len(venues) else [])]
    return min(counted) if counted else None
