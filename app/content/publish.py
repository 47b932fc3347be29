"""Freezes a checked course folder as a version: the same content twice is published once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.access.actor import Actor
from app.content.check import checked_folder, has_errors
from app.content.fingerprint import fingerprint
from app.content.folder import Folder, from_disk
from app.content.pathways import Pathway
from app.content.printing.documents import papers_of
from app.content.question_media import question_media
from app.content.read import Course
from app.content.schema import CourseFacts, FormFacts, UnitFacts
from app.courses import operations as courses
from app.courses.markdown import render
from app.courses.operations import NewUnit, NewVersion
from app.courses.pathways import NewPathway, publish_pathway
from app.courses.queries import unit
from app.courses.rules import LATE_AFTER, PRESENT_FROM, AttendanceBy, UnitKind, ValidFrom
from app.quizzes import operations as quizzes
from app.quizzes.operations.bank import NewBank


@dataclass(frozen=True)
class Published:
    """What publishing a course did."""

    course: str
    version: str
    is_new: bool


class ContentRefused(Exception):
    """The content has errors; the argument is the list of all problems."""


def publish(actor: Actor, source: Path | Folder, note: str = "") -> Published:
    """Publish one course or pathway that has passed the check; `note` says what is new.

    Raises ContentRefused with every problem otherwise.
    """
    item, problems = checked_folder(source if isinstance(source, Folder) else from_disk(source))
    if item is None or has_errors(problems):
        raise ContentRefused(problems)
    return _publish_pathway(actor, item, note) if isinstance(item, Pathway) else _publish_course(actor, item, note)


def _publish_course(actor: Actor, course: Course, note: str) -> Published:
    version, is_new = courses.publish_version(actor, new_version(course, note))
    if is_new:
        _publish_quizzes(course, version.id)
    return Published(course.facts.id, version.number, is_new)


def _publish_pathway(actor: Actor, pathway: Pathway, note: str) -> Published:
    facts = pathway.facts
    version, is_new = publish_pathway(
        actor,
        NewPathway(
            code=facts.id,
            number=facts.version,
            fingerprint=pathway.fingerprint,
            note=note,
            titles=dict(facts.titles),
            summary=dict(facts.summary),
            audience=[str(role) for role in facts.audience],
            in_order=facts.order == "in_order",
            pace_months=facts.pace.months if facts.pace else None,
            steps=[step.model_dump(mode="json", exclude_none=True) for step in facts.steps],
            sources=list(facts.sources),
            review_by=facts.review_by,
        ),
    )
    return Published(facts.id, version.number, is_new)


def _publish_quizzes(course: Course, version_id: int) -> None:
    for code, bank in banks_of(course):
        quizzes.publish_bank(unit(version_id, code).id, *bank)


def banks_of(course: Course) -> Iterator[tuple[str, NewBank]]:
    """The questions of each quiz unit, by its code."""
    for facts in course.facts.units:
        if facts.kind is UnitKind.QUIZ:
            files = [quiz for quiz in course.quizzes if quiz.unit == (facts.bank or facts.id)]
            banks = {quiz.locale: quiz.bank.questions for quiz in files}
            media = {quiz.locale: question_media(course, quiz) for quiz in files}
            yield facts.id, (banks, media, facts.blueprint or ())


def new_version(course: Course, note: str) -> NewVersion:
    """A checked course as the catalogue takes it."""
    facts = course.facts
    test, validity = facts.pass_rule.test, facts.validity
    return NewVersion(
        code=facts.id,
        number=facts.version,
        fingerprint=fingerprint(course),
        note=note,
        category=facts.category,
        titles=dict(facts.titles),
        summary=dict(facts.summary),
        objectives=_sentences(facts.objectives),
        audience=[str(role) for role in facts.audience],
        themes=list(facts.themes),
        hours=facts.hours,
        group_min=facts.group_size.min,
        group_max=facts.group_size.max,
        modalities=[str(modality) for modality in facts.modalities],
        languages=_languages(facts),
        validity_months=validity.months if validity else None,
        valid_from=validity.counts_from if validity else ValidFrom.COMPLETION,
        valid_to_day=validity.fixed_day if validity else None,
        refresher=facts.refresher,
        attendance_share=facts.pass_rule.attendance,
        attendance_by=facts.pass_rule.attendance_by or AttendanceBy.HALF_DAYS,
        present_from=PRESENT_FROM if facts.pass_rule.present_from is None else facts.pass_rule.present_from,
        late_after=LATE_AFTER if facts.pass_rule.late_after is None else facts.pass_rule.late_after,
        test_unit=test.unit if test else None,
        test_share=test.share if test else None,
        evaluation_required=facts.pass_rule.evaluation,
        sources=list(facts.sources),
        review_by=facts.review_by,
        layouts=[layout.model_dump(mode="json") for layout in facts.layouts],
        forms=[_form(course, form) for form in facts.forms],
        papers=papers_of(course),
        countries=[notes.model_dump(mode="json") for notes in course.countries],
        units=tuple(_unit(course, unit_facts) for unit_facts in facts.units),
        files=course.folder.files,
    )


def _sentences(by_locale: Mapping[str, tuple[str, ...]] | None) -> dict[str, list[str]]:
    return {locale: list(sentences) for locale, sentences in (by_locale or {}).items()}


def _languages(facts: CourseFacts) -> dict[str, str | None]:
    return {
        code: language.reviewed.isoformat() if language.reviewed else None for code, language in facts.languages.items()
    }


def _form(course: Course, facts: FormFacts) -> dict[str, Any]:
    texts = {file.locale: file.form.model_dump(mode="json") for file in course.forms if file.id == facts.id}
    return facts.model_dump(mode="json") | {"in": texts}


def _unit(course: Course, facts: UnitFacts) -> NewUnit:
    media = f"/courses/{course.facts.id}/versions/{course.facts.version}/media/"
    return NewUnit(
        code=facts.id,
        kind=facts.kind,
        minutes=facts.minutes,
        titles=dict(facts.titles),
        objectives=_sentences(facts.objectives),
        phase=facts.phase,
        months_after=facts.months_after,
        blueprint=dict(facts.blueprint) if facts.blueprint else None,
        rules=facts.rules.stored() if facts.rules else None,
        lessons={
            each.place.locale: render(each.markdown, media) for each in course.lessons if each.place.about == facts.id
        },
    )
