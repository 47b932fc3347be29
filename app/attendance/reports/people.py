"""What the participants who are exactly or probably one person come to. Pure."""

from collections.abc import Sequence

from app.attendance.reports.results import Listed, Match, Participant, PersonMinutes, Status
from app.attendance.reports.spans import merge, seconds

_COUNTED = (Status.EXACT, Status.PROBABLE)


def add_up(
    participants: Sequence[Participant], matches: Sequence[Match], people: Sequence[Listed], most: int | None
) -> tuple[PersonMinutes, ...]:
    """By employee number. Time of several participants counts once; lengths add up to the meeting's at most (`most`, in
    seconds). One probable participant makes the whole probable."""
    found: dict[int, list[int]] = {}
    for number, match in enumerate(matches):
        if match.status in _COUNTED and len(match.places) == 1:
            found.setdefault(match.places[0], []).append(number)
    rows = [_person(place, numbers, participants, matches, most) for place, numbers in found.items()]
    return tuple(sorted(rows, key=lambda row: people[row.place].employee_number))


def _person(
    place: int, numbers: Sequence[int], participants: Sequence[Participant], matches: Sequence[Match], most: int | None
) -> PersonMinutes:
    own = [participants[number] for number in numbers]
    is_sure = all(matches[number].status is Status.EXACT for number in numbers)
    status = Status.EXACT if is_sure else Status.PROBABLE
    return PersonMinutes(place, together(own, most), status, tuple(each.display_name for each in own))


def together(participants: Sequence[Participant], most: int | None) -> int:
    """Seconds in which at least one of them was there, as far as that can be told."""
    known = [span for each in participants if each.spans is not None for span in each.spans]
    lengths = sum(each.seconds for each in participants if each.spans is None)
    total = seconds(merge(known)) + lengths
    return total if most is None else min(total, most)
