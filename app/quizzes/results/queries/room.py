"""Everybody of a training session in one quiz of it: where they are, and what counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.quizzes.queries.results import Result, results
from app.quizzes.results.queries.live import Place, places


@dataclass(frozen=True, slots=True)
class InRoom:
    """A person with a booked seat; `place` is None where it is not asked for."""

    result: Result
    place: Place | None

    @property
    def is_handed_in(self) -> bool:
        return self.place is not None and self.place.is_handed_in

    @property
    def is_answering(self) -> bool:
        return self.place is not None and self.place.is_answering


def in_room(
    training_id: int, unit_id: int, factories: Collection[int] | None, *, with_places: bool
) -> Sequence[InRoom]:
    """By factory and name; only people of `factories` unless that is None. Six statements, however many."""
    found = {each.person_id: each for each in places(training_id, unit_id)} if with_places else {}
    return [InRoom(each, found.get(each.person_id)) for each in results(training_id, unit_id, factories)]
