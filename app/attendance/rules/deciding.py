"""What counts, out of everything that was ever said about a person at a meeting. Pure.

The answer depends on what the marks say and on nothing else: not on the order in which they arrive, nor on any clock of
a device. So marks may come twice, late and in any order, and the end is the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.attendance.rules.marks import Mark

ROOM = "room:"
"""How whatever the line of a factory room says begins to name who said it."""
GUEST = "guest:"
"""The same of what was said of a guest who was taken for the person."""
LEFT = ":left"
"""How it ends where the guest turned out not to be the person."""


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

    @property
    def is_echo(self) -> bool:
        """Whether a line only says once more, with its minutes, what somebody had said: no judgement of its own."""
        return self.marker.startswith(ROOM)

    @property
    def is_retraction(self) -> bool:
        """Whether it says nothing of the person but that what it had in view was about somebody else."""
        return is_retraction(self.marker)


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
    """What counts of a log in any order, or None of one that says nothing of the person.

    An entry is replaced by a later one of the same marker, and by one whose maker had it in view and knew at least as
    well. Of what stands the stronger evidence counts; between equals the greater id, as good as drawn by lot - but
    of two entries of the register that are one person, the one that attended. A filler stands only by itself. What the
    line of a room says once more is no word of its own: it stands and falls with what it repeats, and adds its minutes.
    What was taken back, because it was about somebody else, was never said.
    """
    log = _about_the_person(log)
    if not log:
        return None
    echoes = _echoed(log)
    words = _words(log, echoes)
    standing = _not_fillers([said for said in _last_of_each(words) if not _is_replaced(said, words)])
    standing = standing or _not_fillers(list(words))  # two that claim to have seen each other
    are_several = len({said.person_id for said in standing}) > 1
    ranked = sorted(
        standing, key=lambda said: (said.strength, are_several and said.mark.counts, said.mark_id), reverse=True
    )
    if echoes:
        ranked = _with_echoes(ranked, echoes, log)
    return Decided(ranked[0], ranked)


def replaced_by(log: Collection[Said]) -> dict[str, str]:
    """Of each entry that stands no more the one that replaced it, by their ids: what its maker said later, what
    somebody said who had it in view, that it was about somebody else, or - of a filler - what counts.
    """
    decided = decide(log)
    taken_back = {mark_id: said.mark_id for said in log if said.is_retraction for mark_id in said.seen}
    if decided is None:
        return taken_back
    standing = {said.mark_id for said in decided.standing}
    last = {(said.marker, said.person_id): said.mark_id for said in _last_of_each(log)}
    found = {}
    for said in log:
        if said.mark_id in taken_back:
            found[said.mark_id] = taken_back[said.mark_id]
        elif said.mark_id not in standing and not said.is_retraction:
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


def is_retraction(marker: str) -> bool:
    """Whether whatever this marker says only takes back what had been said of the person by mistake."""
    return marker.startswith(GUEST) and marker.endswith(LEFT)


def _about_the_person(log: Collection[Said]) -> Collection[Said]:
    """The log without what was taken back and its echoes."""
    taken_back = {mark_id for said in log if said.is_retraction for mark_id in said.seen}
    if not taken_back:
        return [said for said in log if not said.is_retraction]
    gone = {echo for echo, words in _echoed(log).items() if words <= taken_back}
    return [said for said in log if not (said.is_retraction or said.mark_id in taken_back or said in gone)]


def _echoed(log: Collection[Said]) -> dict[Said, frozenset[str]]:
    """Echoes, and the ids of the words that each says once more; one of nothing in the log is a word of its own."""
    by_id = {said.mark_id: said for said in log}
    found = {echo: _words_of(echo, by_id) for echo in log if echo.is_echo}
    return {echo: words for echo, words in found.items() if words}


def _words_of(echo: Said, by_id: Mapping[str, Said]) -> frozenset[str]:
    """What it says once more, also where it is the echo of an echo."""
    known, left = {echo}, [echo]
    while left:
        for mark_id in left.pop().seen:
            said = by_id.get(mark_id)
            if said and said not in known and (said.mark, said.strength) == (echo.mark, echo.strength):
                known.add(said)
                left += [said] if said.is_echo else []
    return frozenset(said.mark_id for said in known if not said.is_echo)


def _words(log: Collection[Said], echoes: Mapping[Said, frozenset[str]]) -> list[Said]:
    """The log without echoes: whoever had one in view had in view what it says."""
    said_by = {echo.mark_id: words for echo, words in echoes.items()}
    return [
        replace(said, seen=said.seen.union(*(said_by[each] for each in said.seen & said_by.keys())))
        for said in log
        if said not in echoes
    ]


def _with_echoes(ranked: Sequence[Said], echoes: Mapping[Said, frozenset[str]], log: Collection[Said]) -> list[Said]:
    """What stands, each word as its last echo says it; first the echo of a word in view of which the same was said."""
    by_id, latest = {said.mark_id: said for said in log}, sorted(echoes, key=lambda echo: (echo.counter, echo.mark_id))
    last = {mark_id: echo for echo in latest for mark_id in echoes[echo]}
    found = list(dict.fromkeys(last.get(said.mark_id, by_id[said.mark_id]) for said in ranked))
    first = ranked[0]
    if first.mark_id in last:
        return found
    said_before = [
        echo
        for echo in latest
        if echoes[echo] & first.seen and (echo.mark, echo.strength) == (first.mark, first.strength)
        and echo.mark_id not in first.seen
    ]  # fmt: skip
    return [echo for echo in said_before[-1:] if echo not in found] + found


def _not_fillers(standing: list[Said]) -> list[Said]:
    return [said for said in standing if said.strength] or standing
