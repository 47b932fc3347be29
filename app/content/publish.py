"""Freezes a checked course folder as a version: the same content twice is published once."""

from dataclasses import dataclass
from pathlib import Path

from app.access.actor import Actor
from app.content.check import checked, has_errors
from app.content.fingerprint import fingerprint
from app.content.read import Course
from app.content.schema import CourseFacts, UnitFacts
from app.courses import operations as courses
from app.courses.markdown import render
from app.courses.operations import NewUnit, NewVersion
from app.courses.queries import unit
from app.courses.rules import UnitKind
from app.quizzes import operations as quizzes


@dataclass(frozen=True)
class Published:
    """What publishing a course did."""

    course: str
    version: str
    is_new: bool


class ContentRefused(Exception):
    """The content has errors; the argument is the list of all problems."""


def publish(actor: Actor, folder: Path) -> Published:
    """Publish one course folder that has passed the check. Raises ContentRefused with every problem otherwise."""
    courses_read, problems = checked(folder)
    if has_errors(problems) or len(courses_read) != 1:
        raise ContentRefused(problems)
    [course] = courses_read
    version, is_new = courses.publish_version(actor, _version(course))
    if is_new:
        _publish_quizzes(course, version.id)
    return Published(course.facts.id, version.number, is_new)


def _publish_quizzes(course: Course, version_id: int) -> None:
    for facts in course.facts.units:
        if facts.kind is UnitKind.QUIZ:
            banks = {quiz.locale: quiz.bank.questions for quiz in course.quizzes if quiz.unit == facts.id}
            quizzes.publish_bank(unit(version_id, facts.id).id, banks)


def _version(course: Course) -> NewVersion:
    facts = course.facts
    test = facts.pass_rule.test
    return NewVersion(
        code=facts.id,
        number=facts.version,
        fingerprint=fingerprint(course),
        category=facts.category,
        titles=dict(facts.titles),
        summary=dict(facts.summary),
        objectives={locale: list(sentences) for locale, sentences in facts.objectives.items()},
        audience=[str(role) for role in facts.audience],
        themes=list(facts.themes),
        hours=facts.hours,
        group_min=facts.group_size.min,
        group_max=facts.group_size.max,
        modalities=[str(modality) for modality in facts.modalities],
        languages=_languages(facts),
        validity_months=facts.validity_months,
        attendance_share=facts.pass_rule.attendance,
        test_unit=test.unit if test else None,
        test_share=test.share if test else None,
        sources=list(facts.sources),
        review_by=facts.review_by,
        units=tuple(_unit(course, unit_facts) for unit_facts in facts.units),
    )


def _languages(facts: CourseFacts) -> dict[str, str | None]:
    return {
        code: language.reviewed.isoformat() if language.reviewed else None
        for code, language in facts.languages.items()
    }


def _unit(course: Course, facts: UnitFacts) -> NewUnit:
    return NewUnit(
        code=facts.id,
        kind=facts.kind,
        minutes=facts.minutes,
        titles=dict(facts.titles),
        objectives={locale: list(sentences) for locale, sentences in (facts.objectives or {}).items()},
        lessons={each.locale: render(each.markdown) for each in course.lessons if each.unit == facts.id},
    )
