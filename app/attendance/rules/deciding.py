"""What counts, out of everything that was ever said about a person at a meeting. Pure.

The answer depends on what the marks say and on nothing else: not on the order in which they arrive, nor on any clock of
a device. So marks may come twice, late and in any order, and the end is the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.attendance.rules.marks import Mark


@dataclass(frozen=True)
class Said:
    """One entry of the log, as far as it decides.

    `marker` is the device or the account that said it, `counter` its own count; `seen` holds the ids of the marks that
    whoever marked had in view.
    """

    mark_id: str
    person_id: int
    mark: Mark
    strength: int
    marker: str
    counter: int
    seen: frozenset[str] = frozenset()
    minutes: int | None = None


@dataclass(frozen=True)
class Decided:
    """What counts; `standing` are the entries that nothing has replaced, the one that counts first."""

    counts: Said
    standing: Sequence[Said]

    @property
    def is_disputed(self) -> bool:
        """Whether people say different things without having known of each other: a person resolves it."""
        return any(said.mark is not self.counts.mark for said in self.standing)


def decide(log: Collection[Said]) -> Decided | None:
    """What counts of a log in any order, or None of an empty one.

    An entry is replaced by a later one of the same marker, and by one whose maker had it in view and knew at least as
    well. Of what stands the stronger evidence counts; between equals the greater id, as good as drawn by lot - but
    of two entries of the register that are one person, the one that attended. A filler stands only by itself.
    """
    standing = _not_fillers([said for said in _last_of_each(log) if not _is_replaced(said, log)])
    if not log:
        return None
    standing = standing or _not_fillers(list(log))  # two that claim to have seen each other
    are_several = len({said.person_id for said in standing}) > 1
    ranked = sorted(
        standing, key=lambda said: (said.strength, are_several and said.mark.counts, said.mark_id), reverse=True
    )
    return Decided(ranked[0], ranked)


def replaced_by(log: Collection[Said]) -> dict[str, str]:
    """Of each entry that stands no more the one that replaced it, by their ids: what its maker said later, what
    somebody said who had it in view, or - of a filler - what counts.
    """
    decided = decide(log)
    if decided is None:
        return {}
    standing = {said.mark_id for said in decided.standing}
    last = {(said.marker, said.person_id): said.mark_id for said in _last_of_each(log)}
    found = {}
    for said in log:
        if said.mark_id not in standing:
            later = last[said.marker, said.person_id]
            seeing = [each.mark_id for each in log if said.mark_id in each.seen and each.strength >= said.strength]
            found[said.mark_id] = later if later != said.mark_id else max(seeing, default=decided.counts.mark_id)
    return found


def _last_of_each(log: Collection[Said]) -> list[Said]:
    last: dict[tuple[str, int], Said] = {}
    for said in log:
        known = last.get((said.marker, said.person_id))
        if known is None or (said.counter, said.mark_id) > (known.counter, known.mark_id):
            last[said.marker, said.person_id] = said
    return list(last.values())


def _is_replaced(said: Said, log: Collection[Said]) -> bool:
    return any(said.mark_id in other.seen and other.strength >= said.strength for other in log)


def _not_fillers(standing: list[Said]) -> list[Said]:
    return [said for said in standing if said.strength] or standing
