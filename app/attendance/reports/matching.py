"""Who a participant may be. Rule: samples README, meeting reports, "Match". A person always confirms. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.attendance.reports.names import Shown, full_keys, read_name, words
from app.attendance.reports.results import Match, Participant, Status
from app.attendance.reports.roster import Index, Writing, letters
from app.attendance.reports.vocabulary import people_words
from app.factories.merging.rules import allowed, distance
from app.factories.roster.numbers import number_key
from app.factories.roster.text import clean, fold

_MOST_LETTERS = 2
_BEGINNING = 3
_UNKNOWN = Match(Status.UNKNOWN)


@dataclass(frozen=True)
class Fit:
    """People that a name fits, and by which of their names."""

    places: frozenset[int]
    by: str


def match(participant: Participant, index: Index, rooms: Collection[str], staff: Collection[str]) -> Match:
    """The match of one participant. `rooms` are folded names of shared devices, `staff` addresses in small letters."""
    shown = read_name(participant.display_name)
    if room_key(participant.display_name) in rooms:
        return Match(Status.ROOM)
    email = participant.email or shown.email
    if email in staff:
        return _UNKNOWN
    return _by_mail(email, shown, index) or _by_number(shown, index) or _by_name(shown, index) or _by_phone(
        shown, index) or _UNKNOWN


def room_key(name: str) -> str:
    """Equal for two writings of the name of a room device."""
    plain = read_name(name).forms
    return fold(plain[-1] if plain else clean(name)).replace(" ", "")


def _by_mail(email: str | None, shown: Shown, index: Index) -> Match | None:
    """The address of one person. One that several share says nothing alone; where the name is exactly somebody
    else's, both may be meant."""
    owners = index.mails.get(email, set()) if email else set()
    if not owners:
        return None
    named = _exact(shown, index)
    if len(owners) == 1:
        if named and not owners & named.places:
            return _found(Status.AMBIGUOUS, owners | named.places, "email")
        return _found(Status.EXACT, owners, "email")
    narrowed = _fitting(shown, index, owners)
    if narrowed and len(narrowed.places) == 1:
        return _found(Status.EXACT if named else Status.PROBABLE, narrowed.places, narrowed.by)
    return _found(Status.AMBIGUOUS, owners, "email")


def _fitting(shown: Shown, index: Index, among: Collection[int]) -> Fit | None:
    for form in shown.forms:
        fit = _exactly(form, index) or _probably(form, index)
        if fit and (places := fit.places & set(among)):
            return Fit(places, fit.by)
    return None


def _by_number(shown: Shown, index: Index) -> Match | None:
    """A number of the list in the name, and the rest of the name fits its person. One that is written as in the list
    beside the name of somebody else leaves both open; any other is the number of some other list."""
    for number, rest in shown.numbers:
        places = index.numbers.get(number_key(number), set())
        if not places:
            continue
        fit = _exactly(rest, index) or _probably(rest, index)
        own = frozenset(place for place in places if _names(rest, place, index))
        if own:
            return _found(Status.EXACT if len(own) == 1 else Status.AMBIGUOUS, own, "employee_number")
        is_as_listed = any(index.people[place].employee_number == number for place in places)
        if is_as_listed and not words(rest):
            return _found(Status.PROBABLE if len(places) == 1 else Status.AMBIGUOUS, places, "employee_number")
        if is_as_listed and fit:
            return _found(Status.AMBIGUOUS, places | fit.places, "employee_number")
    return None


def _names(text: str, place: int, index: Index) -> bool:
    """Whether a text names this person beside his number: a word or the beginning of one, or the whole nearly."""
    near = _nearly(words(text), index)
    person = index.people[place]
    own = {part for name in (person.name, person.local_name or "") for part in words(name)}
    return bool(near and place in near.places) or any(_begins(part, own) for part in words(text))


def _begins(part: str, own: Collection[str]) -> bool:
    if part in own:
        return len(part) > 1
    long = [word for word in own if min(len(part), len(word)) >= _BEGINNING]
    return any(word.startswith(part) or part.startswith(word) for word in long)


def _by_name(shown: Shown, index: Index) -> Match | None:
    exact = _exact(shown, index)
    if exact:
        is_plain = len(exact.places) == 1
        return _found(Status.EXACT if is_plain else Status.AMBIGUOUS, exact.places, exact.by)
    fits = [fit for form in (*shown.forms, *shown.bare) if (fit := _exactly(form, index) or _probably(form, index))]
    if not fits:
        return None
    first = fits[0]
    return _found(Status.PROBABLE if len(first.places) == 1 else Status.AMBIGUOUS, first.places, first.by)


def _by_phone(shown: Shown, index: Index) -> Match | None:
    places = index.phones.get(shown.phone.lstrip("+"), set()) if shown.phone else set()
    if not places:
        return None
    return _found(Status.PROBABLE if len(places) == 1 else Status.AMBIGUOUS, places, "phone")


def _exact(shown: Shown, index: Index) -> Fit | None:
    return next((fit for form in shown.forms if (fit := _exactly(form, index))), None)


def _exactly(name: str, index: Index) -> Fit | None:
    """Whose full name it is, Latin or local."""
    keys = full_keys(name)
    for kind, known in index.full.items():
        places = frozenset(place for each in keys for place in known.get(each, ()))
        if places:
            return Fit(places, kind)
    return None


def _probably(name: str, index: Index) -> Fit | None:
    """The people whom the closest kind of likeness fits: the same words, a part of them, a few other letters."""
    parts = words(name)
    if not _is_telling(parts):
        return None
    return _equal(parts, index) or _partly(parts, index) or _nearly(parts, index)


def _is_telling(parts: Collection[str]) -> bool:
    """Initials and words that stand before many names are no name alone."""
    return any(len(part) > 1 and part not in people_words("prefixes") for part in parts)


def _equal(parts: tuple[str, ...], index: Index) -> Fit | None:
    keys = {"".join(parts), "".join(sorted(parts))}
    return _fit(index.writings[number] for each in keys for number in index.by_key.get(each, ()))


def _partly(parts: tuple[str, ...], index: Index) -> Fit | None:
    """Every word is one of the person's; or every word of the person's name, which has two at least, is there."""
    listed = [index.by_word.get(part, []) for part in set(parts)]
    if not any(listed):
        return None
    if all(listed):
        within = set(listed[0]).intersection(*listed[1:])
        if within:
            return _fit(index.writings[number] for number in within)
    given = set(parts)
    touched = {number for numbers in listed for number in numbers}
    return _fit(
        writing for number in touched if len((writing := index.writings[number]).words) > 1
        and given.issuperset(writing.words)
    )


def _nearly(parts: tuple[str, ...], index: Index) -> Fit | None:
    """Up to two letters of ten are others."""
    joined, ordered = "".join(parts), "".join(sorted(parts))
    if allowed(joined, joined) == 0:
        return None
    bits, length = letters(joined), len(joined)
    close = []
    for other in range(length - _MOST_LETTERS, length + _MOST_LETTERS + 1):
        listed = index.by_length.get(other, ())
        most = allowed(joined, index.writings[listed[0][1]].joined) if listed else 0
        close += [index.writings[number] for signs, number in listed if (signs ^ bits).bit_count() <= 2 * most]
    return _fit(writing for writing in close if _is_near(joined, writing.joined) or _is_near(ordered, writing.sorted))


def _is_near(one: str, other: str) -> bool:
    most = allowed(one, other)
    return most > 0 and distance(one, other, most) <= most


def _fit(writings: Iterable[Writing]) -> Fit | None:
    found = list(writings)
    if not found:
        return None
    by = "name" if any(writing.kind == "name" for writing in found) else "local_name"
    return Fit(frozenset(writing.place for writing in found), by)


def _found(status: Status, places: Collection[int], by: str) -> Match:
    return Match(status, tuple(sorted(places)), by)
