"""The rows of one training session: seats, marks, results, completions, and what the record of each factory says."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.completions.models import Completion, UnitResult
from app.demo.scale.factories import line_name
from app.demo.scale.proof import Course, Proof
from app.demo.scale.runs import Result, Run
from app.demo.scale.sizes import Country
from app.demo.scale.store import Store
from app.learning_record.models import EntryKind, RecordEntry
from app.sessions.models import Meeting, Seat, Site, Trainer, TrainingSession
from app.sessions.rules import MeetingState, Modality, SeatState, SiteKind, TrainingState
from app.sessions.rules.codes import ALPHABET, LENGTH

_HALF_DAY = timedelta(hours=4)
_ROOM_FOR = 30


class Teaching:
    """Writes training sessions of one programme."""

    def __init__(
        self, store: Store, random: Random, country: Country, programme_id: int, trainers: list[int],
        courses: Mapping[int, Course],
    ) -> None:
        self._store, self._random, self._country = store, random, country
        self._programme_id, self._trainers = programme_id, trainers
        self._zone, self._proof = ZoneInfo(country.zone), Proof(store, country, courses)

    def write(self, run: Run, names: Mapping[int, str]) -> None:
        """One training session that is closed. `names` are those of its factories."""
        store, modality = self._store, Modality.VIRTUAL if run.is_virtual else Modality.IN_PERSON
        planned = self._moment(run.meetings[0]) - timedelta(days=30)
        training = store.add(
            TrainingSession, self._programme_id, run.edition.version_id, code(store.count(TrainingSession) + 1),
            TrainingState.CLOSED.value, self._country.language, 0 if run.is_virtual else _ROOM_FOR,
            _ROOM_FOR if run.is_virtual else 0, planned,
        )  # fmt: skip
        store.add(Trainer, training, self._random.choice(self._trainers))
        sites = self._sites(run, training, names)
        meetings = [self._meeting(run, training, each) for each in range(len(run.meetings))]
        for place, result in enumerate(run.results, 1):
            store.add(
                Seat, training, result.factory, result.life.id, sites[result.factory], modality.value,
                SeatState.BOOKED.value, place, planned, planned,
            )  # fmt: skip
            self._marks(run, meetings, result)
            self._results(run, training, result, names[result.factory])
        self._proof.of_training(run, training, self._moment(run.meetings[-1] + _HALF_DAY))

    def _sites(self, run: Run, training: int, names: Mapping[int, str]) -> Mapping[int, int]:
        store = self._store
        if run.is_virtual:
            room = SiteKind.FACTORY_ROOM.value
            return {each: store.add(Site, training, room, name, each) for each, name in names.items()}
        venue = store.add(Site, training, SiteKind.VENUE.value, "Training room", None)
        return dict.fromkeys(names, venue)

    def _meeting(self, run: Run, training: int, place: int) -> int:
        starts = run.meetings[place]
        return self._store.add(
            Meeting, training, place + 1, starts, starts + _HALF_DAY, self._country.zone, self._moment(starts),
            self._moment(starts + _HALF_DAY), (Modality.VIRTUAL if run.is_virtual else Modality.IN_PERSON).value,
            MeetingState.PLANNED.value,
        )  # fmt: skip

    def _marks(self, run: Run, meetings: list[int], result: Result) -> None:
        evidence = Evidence.ROLL_CALL
        for meeting, starts, is_there in zip(meetings, run.meetings, result.there, strict=True):
            number = f"{self._store.count(MarkEntry) + 1:032x}"
            mark, at = (Mark.PRESENT if is_there else Mark.ABSENT).value, self._moment(starts + _HALF_DAY)
            self._store.add(MarkEntry, number, meeting, result.life.id, mark, evidence.value, evidence.strength, at)
            self._store.add(CurrentMark, meeting, result.life.id, number, mark, evidence.value, f'["{number}"]', at)

    def _results(self, run: Run, training: int, result: Result, factory: str) -> None:
        store, edition, person = self._store, run.edition, result.life.id
        at = self._moment(run.meetings[-1] + _HALF_DAY)
        share = Decimal(sum(result.there)) / len(result.there)
        store.add(UnitResult, person, training, edition.meeting_unit, round(share, 6), at)
        if edition.test_unit is not None and result.test is not None:
            store.add(UnitResult, person, training, edition.test_unit, result.test, at)
        if result.period is None:
            self._proof.of_person(run, training, result, factory, at, None)
            return
        who = line_name(result.spell), result.spell.role.value, result.life.sex.value
        completion = store.add(
            Completion, person, edition.course_id, edition.version_id, result.period, training, at, result.valid_until,
            result.factory, *who, store.encoded(result.evidence),
        )  # fmt: skip
        self._proof.of_person(run, training, result, factory, at, completion)
        store.add(
            RecordEntry, result.factory, at, EntryKind.COMPLETION.value, f"completion:{completion}:1",
            edition.course_id, edition.version_id, training, person, *who, "{}",
        )  # fmt: skip

    def _moment(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self._zone).astimezone(UTC)


def code(number: int) -> str:
    """The code of a training session, of the same letters as all: a number, spread so that neighbours differ."""
    spread = number * 7_368_787 % len(ALPHABET) ** LENGTH
    signs = []
    for _ in range(LENGTH):
        spread, place = divmod(spread, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)
