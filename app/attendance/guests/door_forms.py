"""Forms about people at the door, filled with what is known already."""

from collections.abc import Iterable, Sequence

from app.attendance import rules
from app.attendance.guests.forms import NewPersonForm, UnknownForm, UnknownHereForm
from app.attendance.guests.models import Guest
from app.attendance.guests.showing import site_name
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.forms import offered
from app.sessions.models import Site


def unknown_form(words: str, site_id: int | None) -> UnknownForm:
    """A form in which what was searched for is not typed once more."""
    return UnknownForm(data={**_said(words), "site": site_id})


def unknown_here_form(words: str) -> UnknownHereForm:
    """The same where factory and place are known."""
    return UnknownHereForm(data=_said(words))


def _said(words: str) -> dict[str, str]:
    has_digit = any(map(str.isdigit, words))
    said = {"number": words, "name": ""} if has_digit else {"number": "", "name": words}
    return {**said, "key": rules.new_mark_id(), "mark_id": rules.new_mark_id(), "mark": rules.Mark.PRESENT.value}


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
