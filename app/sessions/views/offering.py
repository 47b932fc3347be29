"""What the forms of planning offer to choose from."""

from collections.abc import Collection, Iterable
from typing import Any

from flask import g

from app.courses import queries as courses
from app.factories.models import Programme
from app.platform.clock import now
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import offered
from app.sessions.demand.rules import months_from
from app.sessions.forms import HalfDayForm, ScheduleForm
from app.sessions.models import Site
from app.sessions.operations.plans import Where, room_of
from app.sessions.queries import planning, registers
from app.sessions.rules import SiteKind
from app.sessions.wording import WORDS


def offer_plan(form: ScheduleForm, programme: Programme) -> None:
    """Fill every list of the form of a new training session."""
    factories = planning.factories_of(programme)
    form.version.choices = offered((version.id, text(version.titles)) for version in courses.catalogue())
    form.language.choices = languages(programme)
    form.expected.choices = offered(
        [("", _("Not in a certain month")), *((m.isoformat(), format_date(m, style="LLLL y")) for m in _months())]
    )
    form.room.choices = rooms(programme.id)
    form.group.choices = offered([("", _("Any factory")), *((g_.id, g_.name) for g_ in planning.groups_of(programme))])
    form.factories.choices = offered((factory.id, factory.name) for factory in factories)
    form.trainers.choices = trainers(programme)
    offer_half_days((entry.form for entry in form.half_days), programme, _chosen_sites(form, factories))


def offer_half_days(forms: Iterable[HalfDayForm], programme: Programme, sites: list[Any]) -> None:
    """Fill the lists of half-days. `sites` are pairs of how the form names a site and what people call it."""
    spoken = same_language(languages(programme))
    interpreting, opening = interpreters(programme.id), hosts(programme.id)
    for form in forms:
        form.language.choices = spoken
        form.interpreters.choices, form.host.choices = interpreting, opening
        form.sites.choices = offered(sites)


def languages(programme: Programme) -> list[Any]:
    """What is spoken in the programme, and English."""
    spoken = dict.fromkeys([*programme.languages, "en"])
    return offered((code, LANGUAGES[code].own_name) for code in spoken if code in LANGUAGES)


def same_language(choices: list[Any]) -> list[Any]:
    """The same languages, and none of its own."""
    return [*offered([("", _("As the training session"))]), *choices]


def rooms(programme_id: int) -> list[Any]:
    """The rooms of the register, and none of them."""
    found = ((room.id, f"{room.name} ({room.province})") for room in registers.rooms(programme_id))
    return offered([("", _("Another one")), *found])


def interpreters(programme_id: int) -> list[Any]:
    """Who can interpret, with the languages."""
    return offered(
        (each.id, f"{each.name} ({', '.join(each.languages)})") for each in registers.interpreters(programme_id)
    )


def hosts(programme_id: int) -> list[Any]:
    """Accounts at meeting providers, and none of them."""
    return offered([("", _("None")), *((each.id, each.name) for each in registers.hosts(programme_id))])


def trainers(programme: Programme, also: Collection[Any] = ()) -> list[Any]:
    """Who can teach; `also` are accounts that teach already."""
    found = {each.id: each.name for each in (*planning.possible_trainers(g.actor, programme), *also)}
    return offered(sorted(found.items(), key=lambda pair: pair[1]))


def site_label(site: Site) -> str:
    """What people call a site."""
    kind = str(WORDS.site[site.kind])
    return kind if site.kind is SiteKind.REMOTE else f"{site.name} ({kind})"


def _chosen_sites(form: ScheduleForm, factories: Iterable[Any]) -> list[tuple[str, str]]:
    """The sites of the plan as far as it is filled in: of many factories, those that are ticked."""
    ticked = set(form.factories.data or ())
    rooms_ = [(room_of(factory.id), factory.name) for factory in factories if factory.id in ticked]
    venue, alone = str(WORDS.site[SiteKind.VENUE]), str(WORDS.site[SiteKind.REMOTE])
    return [(Where.VENUE.value, venue), *rooms_, (Where.REMOTE.value, alone)]


def _months() -> list[Any]:
    return months_from(now().date())
