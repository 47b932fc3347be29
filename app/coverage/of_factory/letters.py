"""A letter to a factory, in its language, about who is due: what is said, and the same on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from app.access.actor import Actor
from app.coverage import queries
from app.coverage.of_factory.behind import Asked, everybody
from app.coverage.of_factory.labels import PARTS
from app.coverage.of_factory.reading import sees_parts, sees_people
from app.coverage.queries import Required
from app.coverage.rules import Group, last_day
from app.factories.models import Factory
from app.platform.clock import today
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, script_of
from app.platform.documents.scripts import language_of as bare
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_date
from app.platform.i18n.texts import language_of, text

LAYOUT = Path(__file__).with_name("layouts") / "letter.typ"


@dataclass(frozen=True)
class Due:
    """Somebody who is due, and why in words."""

    name: str
    local_name: str
    language: str
    role: str
    line: str
    why: str


@dataclass(frozen=True)
class Part:
    """One requirement, with everybody who is due."""

    title: str
    language: str
    summary: str
    people: Sequence[Due]


@dataclass(frozen=True)
class Letter:
    """Every sentence of it, in the language of the factory."""

    factory: str
    language: str
    day: date
    title: str
    dated: str
    opening: str
    closing: str
    columns: Sequence[str]
    parts: Sequence[Part]


def write(actor: Actor, factory: Factory, only: str = "") -> Letter:
    """About every requirement behind which the actor may see people, or only the one of a code. Two statements each.
    The caller has checked the factory.
    """
    day = today(factory.programme.zone)
    with force_locale(factory.language):
        parts = [
            _part(actor, factory, each)
            for each in queries.requirements_of(factory)
            if only in {"", each.code} and queries.sees(actor, each, factory.id) and sees_people(actor, factory, each)
        ]
        return Letter(
            factory=factory.local_name or factory.name,
            language=factory.language,
            day=day,
            title=_("Who is due for training"),
            dated=format_date(day),
            opening=_("These people of your factory need training. Please reserve seats for them soon."),
            closing=_("If somebody no longer works with you or has another role, please send your staff list."),
            columns=[_("Name"), _("Role"), _("Line"), _("Why")],
            parts=[part for part in parts if part.people],
        )


def _part(actor: Actor, factory: Factory, requirement: Required) -> Part:
    shows = sees_parts(actor, factory, requirement)
    without = everybody(factory, requirement, Asked(Group.UNCOVERED), None)
    ending = everybody(factory, requirement, Asked(Group.DUE), None)
    said = [
        ngettext("%(num)s person is not covered.", "%(num)s people are not covered.", len(without)),
        ngettext("%(num)s certificate ends soon.", "%(num)s certificates end soon.", len(ending)),
    ]
    summary = " ".join(words for words, rows in zip(said, (without, ending), strict=True) if rows)
    people = [*(_due(row, _("not covered"), shows) for row in without)]
    people += [_due(row, _ends(row, factory.programme.zone), shows) for row in ending]
    return Part(text(requirement.titles), language_of(requirement.titles), summary, people)


def _due(row: Any, why: str, shows: bool) -> Due:
    role = str(PARTS.get(row.role, row.role)) if shows else ""
    return Due(row.name, row.local_name or "", row.language or "en", role, row.line or "", why)


def _ends(row: Any, zone: str) -> str:
    if row.valid_until is None:
        return _("ends soon")
    return _("ends on %(day)s", day=format_date(last_day(row.valid_until, zone)))


def draw(letter: Letter, *, fonts: Path) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1. A name that no font can draw stands there in Latin letters.

    Raises DocumentRefused when any other text has a sign without a glyph, DocumentFailed for anything else.
    """
    try:
        return render(LAYOUT, _data(letter, local=True), fonts=fonts)
    except DocumentRefused:
        return render(LAYOUT, _data(letter, local=False), fonts=fonts)


def _data(letter: Letter, *, local: bool) -> dict[str, object]:
    day = letter.day
    return {
        **_script(letter.language), "latin": _script("en"), "date": day.isoformat(),
        "day": [day.year, day.month, day.day],
        "title": clean(letter.title), "factory": clean(letter.factory), "dated": clean(letter.dated),
        "opening": clean(letter.opening), "closing": clean(letter.closing),
        "columns": [clean(each) for each in letter.columns],
        "parts": [
            {
                "script": _script(part.language), "title": clean(part.title), "summary": clean(part.summary),
                "people": [_person(each, local=local) for each in part.people],
            }
            for part in letter.parts
        ],
    }  # fmt: skip


def _person(due: Due, *, local: bool) -> dict[str, object]:
    name, own = clean(due.name), clean(due.local_name) if local else ""
    return {
        "script": _script(due.language), "name": name, "local": "" if own == name else own, "role": clean(due.role),
        "line": clean(due.line), "why": clean(due.why),
    }  # fmt: skip


def _script(locale: str) -> dict[str, object]:
    return {"script": script_of(locale), "rtl": bare(locale) in RIGHT_TO_LEFT}
