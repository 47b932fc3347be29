"""What is printed on the certificate of a factory, put together once from what was counted, and frozen."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.access.small_numbers import FEWEST
from app.certificates.face import formats_of
from app.certificates.of_factories import rules
from app.certificates.of_factories.models import FactoryRule
from app.certificates.of_factories.paper import FactoryFace, Line, wording
from app.certificates.of_factories.rules import Weighed
from app.certificates.verification.payload import Claims
from app.factories.models import Factory
from app.factories.rules import Sex
from app.platform.i18n import text
from app.platform.i18n.formats import format_date, format_number, format_percent


@dataclasses.dataclass(frozen=True)
class Facts:
    """What the face says, as plain values: to be told in the reader's language."""

    rule: dict[str, str]
    factory: str
    """The name in Latin letters."""
    courses: dict[str, dict[str, str]]
    """The titles of courses by id, as text."""
    weighed: tuple[Weighed, ...]
    counted_on: date
    last_day: date
    zone: str


def compose(facts: Facts, factory: Factory, rule: FactoryRule, number: str, verify_url: str) -> FactoryFace:
    """The face in the language of the factory, with its dates and digits. Counted and issued on one day."""
    language = factory.language
    locale, words = formats_of(language), wording(language)
    day = format_date(facts.counted_on, locale)
    return FactoryFace(
        locale=language,
        programme=text(rule.programme.name, language),
        factory=factory.local_name or factory.name,
        factory_latin=factory.name,
        title=text(rule.name, language),
        title_english=text(rule.name, "en"),
        lines=tuple(_line(each, facts.courses, language) for each in facts.weighed),
        counted=words["counted"].format(day=day),
        issued=day,
        issued_on=facts.counted_on,
        valid_until=format_date(facts.last_day, locale),
        number=number,
        verify_url=verify_url,
    )


def _line(weighed: Weighed, courses: Mapping[str, dict[str, str]], language: str) -> Line:
    locale, words, asked = formats_of(language), wording(language), weighed.condition
    everybody, share = weighed.everybody, asked.share / 100
    reached = everybody.covered / everybody.active if everybody.active else 0.0
    sexes = {Sex.F: "women", Sex.M: "men"}
    by_sex = [f"{words[sexes[sex]]}: {_count(count, language)}" for sex, count in weighed.by_sex]
    return Line(
        course=text(courses.get(str(asked.course_id), {}), language),
        people=" · ".join(words[role.value] for role in asked.roles),
        asked=words["asked"].format(share=format_percent(share, locale), least=format_number(asked.least, locale)),
        count=_count(everybody, language),
        share=format_percent(reached, locale),
        covered=reached,
        mark=share,
        each_sex=words["each_sex"] if asked.each_sex else "",
        by_sex=" · ".join(by_sex) if rules.told_by_sex(weighed, rules.others(weighed)) else "",
    )


def _count(count: rules.Count, language: str) -> str:
    locale = formats_of(language)
    numbers = {"covered": format_number(count.covered, locale), "active": format_number(count.active, locale)}
    return wording(language)["count"].format(**numbers)


def freeze(face: FactoryFace, facts: Facts) -> dict[str, Any]:
    """The face as it is stored, with the facts beside it."""
    plain = dataclasses.asdict(face) | {"issued_on": face.issued_on.isoformat()}
    plain["lines"] = [dataclasses.asdict(line) for line in face.lines]
    kept = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    kept |= {"counted_on": facts.counted_on.isoformat(), "last_day": facts.last_day.isoformat()}
    return {**plain, "facts": kept | {"weighed": [rules.stored_weighed(each) for each in facts.weighed]}}


def claims(printed: FactoryFace, facts: Facts) -> Claims:
    """What the square on the paper says by itself."""
    local = printed.factory if printed.factory != printed.factory_latin else ""
    return Claims(
        number=printed.number, version="", language=printed.locale, local_name=local,
        latin_name=printed.factory_latin, course=printed.title_english or printed.title, hours=0, attended=0, planned=0,
        score=None, issued=printed.issued_on, valid_until=facts.last_day, first_day=None, last_day=None,
    )  # fmt: skip


def thaw(stored: Mapping[str, Any]) -> FactoryFace:
    """The face of a stored certificate."""
    values = {name: value for name, value in stored.items() if name != "facts"}
    lines = tuple(Line(**line) for line in stored["lines"])
    return FactoryFace(**values | {"issued_on": date.fromisoformat(stored["issued_on"]), "lines": lines})


def thaw_facts(stored: Mapping[str, Any]) -> Facts:
    """The facts of a stored certificate."""
    kept = dict(stored["facts"])
    days = {name: date.fromisoformat(kept[name]) for name in ("counted_on", "last_day")}
    return Facts(**kept | days | {"weighed": tuple(rules.weighed(each) for each in kept["weighed"])})


def few(count: int) -> bool:
    """Whether a number is not told on a page for everybody."""
    return count < FEWEST


def titles_of(conditions: Sequence[rules.Condition], titles: Mapping[int, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The titles of the courses that conditions speak of, as a face keeps them."""
    return {str(each.course_id): titles.get(each.course_id, {}) for each in conditions}
