"""The languages of a course: how far each is, its texts beside the English ones, its review."""

import json
from typing import Any

from flask import flash, g, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.editor_pages import Conflict, TranslationPage, TranslationsPage
from app.content.authoring.forms.translations import ReviewForm, language_form, texts_form
from app.content.authoring.labels import FILE_KINDS
from app.content.authoring.progress import TextRow, file_rows, progress, text_rows, with_texts
from app.content.authoring.refusals import Stale
from app.content.authoring.report import Report, report, shown_text
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.shown import editor, frame, shown
from app.content.folder import COURSE_FILE
from app.content.problems import Severity
from app.content.read import Course
from app.content.schema import SOURCE_LOCALE, CourseFacts
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other

_ALL = f"{ONE}/translations"
_LANGUAGE = f"{_ALL}/<language>"


@bp.get(_ALL, may=MAY)
def translations(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    course, seen = _read(report(found)), queries.file(draft, COURSE_FILE).revision
    return _show_all(draft, course, language_form(course.facts.languages, seen=seen))


@bp.post(_ALL, may=MAY)
def add_language(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    course = _read(report(found))
    form = language_form(course.facts.languages, request.form)
    if not form.validate():
        return _show_all(draft, course, form, 422)
    operations.begin_language(g.actor, found.id, course.facts, form.language.data, seen=seen_in(form))
    return see_other(url_for("authoring.translation", draft=found.id, language=form.language.data))


@bp.get(_LANGUAGE, may=MAY)
def translation(draft: int, language: str) -> Response:
    course, seen = _course(draft, language)
    form = texts_form(text_rows(course.facts, language), language, seen=seen)
    return _show(draft, course, language, form)


@bp.post(_LANGUAGE, may=MAY)
def write_translation(draft: int, language: str) -> Response:
    course, _seen = _course(draft, language)
    form = texts_form(text_rows(course.facts, language), language, request.form)
    facts = _facts(course.facts, language, form) if form.validate() else None
    if facts is None:
        return _show(draft, course, language, form, 422)
    try:
        operations.write_translated_facts(
            g.actor, draft, facts, language, seen=seen_in(form), is_current=bool(form.is_current.data)
        )
    except Stale as stale:
        form.seen.data = str(stale.revision)
        return _show(draft, course, language, form, 409, Conflict(str(stale), shown_text(stale.theirs or b"")))
    flash(_("The texts are saved."), "done")
    return see_other(url_for("authoring.translation", draft=draft, language=language))


@bp.post(f"{_LANGUAGE}/review", may=MAY)
def review_language(draft: int, language: str) -> Response:
    course, seen = _course(draft, language)
    form = ReviewForm(request.form)
    if not form.validate():
        texts = texts_form(text_rows(course.facts, language), language, seen=seen)
        return _show(draft, course, language, texts, 422, review=form)
    operations.review_language(g.actor, draft, course.facts, language, form.reviewed.data, seen=seen_in(form))
    said = _("The day of the review is saved.") if form.reviewed.data else _("It is marked as not reviewed.")
    flash(said, "done")
    return see_other(url_for("authoring.translation", draft=draft, language=language))


def _read(seen: Report) -> Course:
    if seen.course is None:
        raise Refused(_("course.yaml cannot be read. Mend it first: the report of the draft says where."))
    return seen.course


def _course(draft: int, language: str) -> tuple[Course, int]:
    """The course and the revision of course.yaml. Raises NotFound for what is none of its other languages."""
    found = queries.draft(g.actor, draft)
    course = _read(report(found))
    if language == SOURCE_LOCALE or language not in course.facts.languages:
        raise NotFound
    return course, queries.file(found.id, COURSE_FILE).revision


def _facts(facts: CourseFacts, language: str, form: Any) -> CourseFacts | None:
    try:
        return CourseFacts.model_validate_json(json.dumps(with_texts(facts, language, form.data)))
    except ValidationError as error:
        form.form_errors.extend(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return None


def _show_all(draft: int, course: Course, form: Any, status: int = 200) -> Response:
    found = queries.draft(g.actor, draft)
    rows = [progress(course, locale) for locale in course.facts.languages if locale != SOURCE_LOCALE]
    return render(TranslationsPage(frame(found), rows, form), status)


def _show(
    draft: int, course: Course, language: str, form: Any, status: int = 200, conflict: Conflict | None = None,
    review: Any = None,
) -> Response:
    found = queries.draft(g.actor, draft)
    seen = report(found)
    wrong = frozenset(problem.file for problem in seen.problems if problem.severity is Severity.ERROR)
    revision = queries.file(draft, COURSE_FILE).revision
    day = course.facts.languages[language].reviewed
    files = file_rows(course, language, wrong)
    return render(
        TranslationPage(
            frame=frame(found),
            language=language,
            progress=progress(course, language, wrong),
            texts=_grouped(course.facts, text_rows(course.facts, language)),
            files=[
                (_file_name(course.facts, row.place.about), FILE_KINDS[row.place.kind], editor(found.id, row.path), row)
                for row in files
            ],
            form=form,
            review=review or ReviewForm(data={"reviewed": day, "seen": revision}),
            problems=shown(found, seen, [each for each in seen.problems if each.file.startswith(f"{language}/")]),
            conflict=conflict,
        ),
        status,
    )


def _file_name(facts: CourseFacts, about: str) -> str:
    named: dict[str, Any] = {unit.id: unit.titles for unit in facts.units}
    named |= {form.id: form.titles for form in facts.forms}
    return str(text(named[about])) if about in named else ""


def _grouped(facts: CourseFacts, rows: list[TextRow]) -> list[tuple[Any, list[TextRow]]]:
    """The rows under what they are about."""
    groups: dict[str, list[TextRow]] = {}
    for row in rows:
        parts = row.name.split("-")
        groups.setdefault("-".join(parts[:2]) if len(parts) > 1 else "", []).append(row)
    return [(_group_name(facts, key), found) for key, found in groups.items()]


def _group_name(facts: CourseFacts, key: str) -> Any:
    if not key:
        return _("Course")
    kind, number = key.split("-")
    each: Any = getattr(facts, kind)[int(number)]
    names = {"units": _("Unit"), "layouts": _("Timetable"), "forms": _("Form")}
    return f"{names[kind]}: {each.titles[SOURCE_LOCALE]}"
