"""A conflict in words. Of other training sessions it says no more than its reader may see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.platform.i18n import _, lazy, ngettext, text
from app.platform.i18n.formats import format_date, format_number, format_time
from app.platform.i18n.languages import LANGUAGES
from app.sessions.conflicts.rules import Conflict, Kind, Override

_MOST_NAMES = 5

WHO_MAY: dict[Override, Any] = {
    Override.PLANNER: lazy("Whoever plans may accept it."),
    Override.MANAGER: lazy("Only a programme manager may accept it."),
}

KINDS: dict[Kind, Any] = {
    Kind.TRAINER_BUSY: lazy("A trainer teaches elsewhere"),
    Kind.TRAINER_AWAY: lazy("A trainer is not available"),
    Kind.TRAINER_LANGUAGE: lazy("No trainer speaks the language"),
    Kind.TRAINER_UNQUALIFIED: lazy("A trainer is not qualified for the course"),
    Kind.INTERPRETER_BUSY: lazy("An interpreter works elsewhere"),
    Kind.INTERPRETER_LANGUAGE: lazy("An interpreter does not speak the language"),
    Kind.ROOM_BUSY: lazy("The room is used"),
    Kind.ROOM_SMALL: lazy("The room is too small"),
    Kind.VENUE_BUSY: lazy("The room may be used"),
    Kind.NOT_IN_USE: lazy("Not in use any more"),
    Kind.HOST_BUSY: lazy("The host account opens another meeting"),
    Kind.LINK_BUSY: lazy("The link is used"),
    Kind.PEOPLE_BUSY: lazy("People have another training session"),
    Kind.LINE_RELEASE: lazy("Too many supervisors of a line are away"),
    Kind.REST_DAY: lazy("A rest day"),
    Kind.HOLIDAY: lazy("A holiday"),
    Kind.HOLIDAY_PROVISIONAL: lazy("Perhaps a holiday"),
    Kind.BREAK: lazy("A break"),
    Kind.TRAVEL: lazy("Too little time for the way"),
}


def sentence(conflict: Conflict) -> str:
    """What speaks against the half-day, in the reader's language."""
    return _SENTENCES[conflict.kind](conflict.facts)


def _language(code: str) -> str:
    known = LANGUAGES.get(code)
    return known.own_name if known else code


def _people(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more > 0:
        return ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=shown)
    return shown


def _rest(facts: Mapping[str, Any]) -> str:
    day = format_date(facts["day"], style="full")
    if facts["factory"]:
        return str(_("%(factory)s rests on %(day)s.", factory=facts["factory"], day=day))
    return str(_("%(day)s is a rest day of the programme.", day=day))


def _release(facts: Mapping[str, Any]) -> str:
    return str(
        _(
            "%(factory)s, %(line)s: %(away)s of %(total)s supervisors would be away at once, %(elsewhere)s of them in"
            " other training sessions. The rule allows %(most)s.",
            factory=facts["factory"],
            line=facts["line"],
            **{name: format_number(facts[name]) for name in ("away", "total", "elsewhere", "most")},
        )
    )


def _travel(facts: Mapping[str, Any]) -> str:
    minutes = {"gap": format_number(facts["gap"]), "needed": format_number(facts["needed"])}
    if facts["who"]:
        said = _("%(who)s has %(gap)s minutes for the way; it takes about %(needed)s.", who=facts["who"], **minutes)
    else:
        said = _("The way from the half-day before takes about %(needed)s minutes; there are %(gap)s.", **minutes)
    return str(said)


def _small(facts: Mapping[str, Any]) -> str:
    numbers = {"places": format_number(facts["places"]), "people": format_number(facts["people"])}
    return str(_("%(room)s has %(places)s places, for %(people)s people.", room=facts["room"], **numbers))


def _break(facts: Mapping[str, Any]) -> str:
    times = {"start": format_time(facts["from_time"]), "end": format_time(facts["until_time"])}
    return str(_("%(name)s falls into it, from %(start)s to %(end)s.", name=text(facts["name"]), **times))


_SENTENCES: dict[Kind, Callable[[Mapping[str, Any]], str]] = {
    Kind.TRAINER_BUSY: lambda f: str(_("%(who)s teaches at this time already.", who=f["who"])),
    Kind.TRAINER_AWAY: lambda f: str(_("%(who)s is not available on that day.", who=f["who"])),
    Kind.TRAINER_LANGUAGE: lambda f: str(
        _(
            "%(who)s is not known to speak %(language)s, and nobody interprets.",
            who=f["who"],
            language=_language(f["language"]),
        )
    ),
    Kind.TRAINER_UNQUALIFIED: lambda f: str(_("%(who)s is not qualified for this course on that day.", who=f["who"])),
    Kind.INTERPRETER_BUSY: lambda f: str(_("%(who)s interprets at this time already.", who=f["who"])),
    Kind.INTERPRETER_LANGUAGE: lambda f: str(
        _("%(who)s does not interpret %(language)s.", who=f["who"], language=_language(f["language"]))
    ),
    Kind.ROOM_BUSY: lambda f: str(_("%(room)s is used at this time already.", room=f["room"])),
    Kind.ROOM_SMALL: _small,
    Kind.VENUE_BUSY: lambda f: str(
        _("A room of this name is used at this time already: %(room)s.", room=f["room"])
    ),
    Kind.NOT_IN_USE: lambda f: str(
        _("%(name)s is not in use any more since %(day)s.", name=f["name"], day=format_date(f["since"]))
    ),
    Kind.HOST_BUSY: lambda f: str(_("%(host)s opens another meeting at this time.", host=f["host"])),
    Kind.LINK_BUSY: lambda _f: str(_("The same link is used for another meeting at this time.")),
    Kind.PEOPLE_BUSY: lambda f: str(
        _("In another training session at this time: %(people)s.", people=_people(f["people"]))
    ),
    Kind.LINE_RELEASE: _release,
    Kind.REST_DAY: _rest,
    Kind.HOLIDAY: lambda f: str(_("%(day)s is a holiday: %(name)s.", day=format_date(f["day"]), name=text(f["name"]))),
    Kind.HOLIDAY_PROVISIONAL: lambda f: str(
        _("%(day)s is probably a holiday: %(name)s.", day=format_date(f["day"]), name=text(f["name"]))
    ),
    Kind.BREAK: _break,
    Kind.TRAVEL: _travel,
}


@dataclass(frozen=True)
class Words:
    """What templates look up."""

    kinds: Mapping[Kind, Any]
    who_may: Mapping[Override, Any]
    sentence: Callable[[Conflict], str]


WORDS = Words(KINDS, WHO_MAY, sentence)
