"""What a requirement asks, as sentences in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel.lists import format_list

from app.coverage.requirements import labels
from app.coverage.requirements.rules import Happening, Kind, Rule, Scope
from app.factories.labels import ROLES
from app.factories.rules import JobRole, TermKind
from app.factories.structure.labels import COMMITTEES, PRODUCTS, VALUES
from app.improvement.findings.shipped import catalogue
from app.platform.i18n import _, ngettext, text
from app.platform.i18n.formats import format_number, format_percent
from app.platform.i18n.texts import current_language

Titles = Mapping[int, tuple[str, Mapping[str, str]]]
"""Id of a course -> its code and titles."""
_MONTH = 365.25 / 12


def sentence(rule: Rule, titles: Titles) -> str:
    """What is asked, of whom, and within what time."""
    return str(_SAID[rule.kind](rule, {"courses": _courses(rule, titles), "people": people(rule.roles)}))


def people(roles: Sequence[JobRole]) -> str:
    """Who is asked by role."""
    if not roles:
        return str(_("nobody, since no role is chosen"))
    if set(roles) == set(JobRole):
        return str(_("everybody who works there"))
    return _either(str(ROLES[role]) for role in JobRole if role in roles)


def limits(scope: Scope) -> list[str]:
    """To which factories it applies; one sentence for all where nothing limits it."""
    found = []
    if scope.tiers:
        tiers = VALUES[TermKind.SUPPORT_TIER]
        found.append(str(_("Factories with this support tier: %(tiers)s.", tiers=_named(tiers, scope.tiers))))
    if scope.products:
        found.append(str(_("Factories that make: %(products)s.", products=_named(PRODUCTS, scope.products))))
    if scope.smallest is not None:
        found.append(ngettext(
            "Factories with at least %(num)s person.", "Factories with at least %(num)s people.", scope.smallest))
    if scope.largest is not None:
        found.append(ngettext(
            "Factories with at most %(num)s person.", "Factories with at most %(num)s people.", scope.largest))
    return found or [str(_("All factories of the programme."))]


def _role(rule: Rule, words: dict[str, str]) -> str:
    if not rule.within_days:
        return str(_("Every one of these holds %(courses)s: %(people)s.", **words))
    months = _whole_months(rule.within_days)
    if months:
        return ngettext(
            "Every one of these holds %(courses)s within %(num)s month of appointment: %(people)s.",
            "Every one of these holds %(courses)s within %(num)s months of appointment: %(people)s.", months, **words)
    return ngettext(
        "Every one of these holds %(courses)s within %(num)s day of appointment: %(people)s.",
        "Every one of these holds %(courses)s within %(num)s days of appointment: %(people)s.", rule.within_days,
        **words)


def _quota(rule: Rule, words: dict[str, str]) -> str:
    share = format_percent(rule.percent / 100)
    sentence = _(
        "Of the declared headcount at least %(share)s hold %(courses)s, counted among these: %(people)s.",
        share=share, **words)
    return str(sentence)


def _unit(rule: Rule, words: dict[str, str]) -> str:
    if rule.per_shift:
        return ngettext(
            "On every line and in every shift at least %(num)s person holds %(courses)s: %(people)s.",
            "On every line and in every shift at least %(num)s people hold %(courses)s: %(people)s.", rule.per_unit,
            **words)
    return ngettext(
        "On every line at least %(num)s person holds %(courses)s: %(people)s.",
        "On every line at least %(num)s people hold %(courses)s: %(people)s.", rule.per_unit, **words)


def _body(rule: Rule, words: dict[str, str]) -> str:
    committees = _and(str(COMMITTEES[each]) for each in rule.committees)
    sentence = _(
        "Every member of this committee, on both sides, holds %(courses)s: %(committees)s.", committees=committees,
        **words)
    return str(sentence)


def _cadence(rule: Rule, _words: dict[str, str]) -> str:
    within = months(rule.months or 12)
    if rule.happening is Happening.DRILL:
        return ngettext(
            "The factory holds at least %(num)s drill in %(within)s.",
            "The factory holds at least %(num)s drills in %(within)s.", rule.needed, within=within)
    return ngettext(
        "Somebody from the factory comes to at least %(num)s seminar in %(within)s.",
        "Somebody from the factory comes to at least %(num)s seminars in %(within)s.", rule.needed, within=within)


def _finding(rule: Rule, words: dict[str, str]) -> str:
    points = _either(point_title(each) for each in rule.points)
    return ngettext(
        "After a finding about %(points)s, every one of these holds %(courses)s within %(num)s day: %(people)s.",
        "After a finding about %(points)s, every one of these holds %(courses)s within %(num)s days: %(people)s.",
        rule.within_days, points=points, **words)


def _pathway(rule: Rule, words: dict[str, str]) -> str:
    within = months(rule.months or 12)
    return ngettext(
        "Every ambassador completes %(num)s of these courses in %(within)s, step by step: %(courses)s.",
        "Every ambassador completes %(num)s of these courses in %(within)s, step by step: %(courses)s.", rule.needed,
        within=within, **words)


def _law(rule: Rule, words: dict[str, str]) -> str:
    said = {**words, "hours": format_number(rule.hours), "proof": str(labels.PROOFS[rule.proof]) if rule.proof else "–"}
    if rule.months:
        sentence = _(
            "Every one of these has %(hours)s hours of %(courses)s in %(within)s: %(people)s. The proof: %(proof)s.",
            within=months(rule.months), **said)
        return str(sentence)
    sentence = _("Every one of these has %(hours)s hours of %(courses)s: %(people)s. The proof: %(proof)s.", **said)
    return str(sentence)


_SAID: dict[Kind, Any] = {
    Kind.ROLE: _role,
    Kind.QUOTA: _quota,
    Kind.UNIT: _unit,
    Kind.BODY: _body,
    Kind.CADENCE: _cadence,
    Kind.FINDING: _finding,
    Kind.PATHWAY: _pathway,
    Kind.LAW: _law,
}


def months(number: int) -> str:
    """A time in months."""
    return ngettext("%(num)s month", "%(num)s months", number)


def point_title(code: str) -> str:
    """What a point of the findings is called, with its code."""
    found = catalogue().point(code)
    return f"{found[1].points[found[0]]} ({code})" if found else code


def _whole_months(days: int) -> int | None:
    number = round(days / _MONTH)
    return number if number and abs(number * _MONTH - days) < 2 else None


def _courses(rule: Rule, titles: Titles) -> str:
    words = [text(titles[key][1]) if key in titles else str(_("a course that is gone")) for key in rule.courses]
    return _and(words) if rule.kind is Kind.PATHWAY else _either(words)


def _named(words: Mapping[Any, Any], chosen: Iterable[str]) -> str:
    return _either(str(words.get(each, each)) for each in chosen)


def _either(words: Iterable[str]) -> str:
    return str(format_list(list(words), "or", current_language()))


def _and(words: Iterable[str]) -> str:
    return str(format_list(list(words), "standard", current_language()))
