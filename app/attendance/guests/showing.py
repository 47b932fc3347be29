"""What the pages about people at the door are filled with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.attendance import labels, queries, rules
from app.attendance.guests.forms import NewPersonForm, UnknownForm
from app.attendance.guests.models import Guest
from app.attendance.rules import Hindrance
from app.factories.models import Factory
from app.factories.rules import is_enough_to_search
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.web.forms import offered
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.wording import WORDS

_HINDERS = {TrainingState.CLOSED: Hindrance.CLOSED, TrainingState.CANCELLED: Hindrance.TRAINING_CANCELLED}


def searched(sent: Mapping[str, str]) -> str:
    """What was searched for, without signs that nobody sees."""
    return "".join(sign for sign in sent.get("q", "") if sign.isprintable()).strip()


def is_enough(words: str) -> bool:
    """Whether a search would not find everybody: some letters of a name, or a number."""
    return is_enough_to_search(words) or any(map(str.isdigit, words))


def unknown_form(words: str, site_id: int | None) -> UnknownForm:
    """A form in which what was searched for is not typed once more."""
    has_digit = any(map(str.isdigit, words))
    said = {"number": words, "name": ""} if has_digit else {"number": "", "name": words}
    own = {"key": rules.new_mark_id(), "mark_id": rules.new_mark_id(), "mark": rules.Mark.PRESENT.value}
    return UnknownForm(data={**said, **own, "site": site_id})


def offer(form: UnknownForm, factories: Sequence[Factory], sites: Iterable[Site]) -> UnknownForm:
    """Fill the lists."""
    named = [(factory.id, factory.name) for factory in factories]
    form.factory.choices = offered([(0, _("Not in this list, or not known")), *named])
    form.site.choices = offered((site.id, site_name(site)) for site in sites)
    return form


def new_person_form(guest: Guest, factories: Sequence[Factory]) -> NewPersonForm:
    """The guest as an entry of the register."""
    said = {"name": guest.name, "number": guest.number, "factory": guest.factory_id, "seen": guest.revision}
    return offer_factories(NewPersonForm(data=said), factories)


def offer_factories(form: NewPersonForm, factories: Sequence[Factory]) -> NewPersonForm:
    """Fill the list."""
    form.factory.choices = offered((factory.id, factory.name) for factory in factories)
    return form


def site_name(site: Site) -> str:
    """What people call it."""
    return site.name or str(WORDS.site[site.kind])


def hindered_at(meeting: Meeting) -> Any:
    """The sentence that says why nobody can be marked at the half-day, or None."""
    is_closed = queries.closed_roll_call(meeting.id) is not None
    found = rules.hindrance(
        meeting.training.state, meeting.state, meeting.starts_at, now(), is_closed=is_closed
    )
    return labels.HINDRANCES[found] if found else None


def hindered_in(training: TrainingSession) -> Any:
    """The sentence that says why nothing can be decided any more, or None."""
    found = _HINDERS.get(training.state)
    return labels.HINDRANCES[found] if found else None
