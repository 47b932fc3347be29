"""The languages of a course: how far each is, its texts beside the English ones, its review."""

import json
from dataclasses import dataclass
from typing import Any

from flask import flash, g, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.editor_pages import Conflict, TranslationPage, TranslationsPage
from app.content.authoring.forms.translations import ReviewForm, language_form, texts_form
from app.content.authoring.labels import FILE_KINDS
from app.content.authoring.models import Draft
from app.content.authoring.progress import TextRow, file_rows, progress, text_rows, with_texts
from app.content.authoring.refusals import Stale
from app.content.authoring.report import Report, report, shown_text
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.shown import editor, frame, shown
from app.content.folder import COURSE_FILE
from app.content.read import Course
from app.content.schema import SOURCE_LOCALE, CourseFacts
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other

_ALL = f"{ONE}/translations"
_LANGUAGE = f"{_ALL}/<language>"


@dataclass(frozen=True)
class _Seen:
    """A draft whose course can be read, and the revision of its course.yaml."""

    draft: Draft
    report: Report
    course: Course
    revision: int


@bp.get(_ALL, may=MAY)
def translations(draft: int) -> Response:
    seen = _seen(draft)
    return _show_all(seen, language_form(seen.course.facts.languages, seen=seen.revision))


@bp.post(_ALL, may=MAY)
def add_language(draft: int) -> Response:
    seen = _seen(draft)
    form = language_form(seen.course.facts.languages, request.form)
    if not form.validate():
        return _show_all(seen, form, 422)
    operations.begin_language(g.actor, draft, seen.course.facts, form.language.data, seen=seen_in(form))
    return see_other(url_for("authoring.translation", draft=draft, language=form.language.data))


@bp.get(_LANGUAGE, may=MAY)
def translation(draft: int, language: str) -> Response:
    if language == SOURCE_LOCALE:
        return see_other(url_for("authoring.translations", draft=queries.draft(g.actor, draft).id))
    seen = _seen(draft, language)
    return _show(seen, language, _form(seen, language))


@bp.post(_LANGUAGE, may=MAY)
def write_translation(draft: int, language: str) -> Response:
    seen = _seen(draft, language)
    form = _form(seen, language, request.form)
    facts = _facts(seen.course.facts, language, form) if form.validate() else None
    if facts is None:
        return _show(seen, language, form, 422)
    try:
        operations.write_translated_facts(
            g.actor, draft, facts, language, seen=seen_in(form), is_current=bool(form.is_current.data)
        )
    except Stale as stale:
        form.seen.data = str(stale.revision)
        return _show(seen, language, form, 409, Conflict(str(stale), shown_text(stale.theirs or b"")))
    flash(_("The texts are saved."), "done")
    return see_other(url_for("authoring.translation", draft=draft, language=language))


@bp.post(f"{_LANGUAGE}/review", may=MAY)
def review_language(draft: int, language: str) -> Response:
    seen = _seen(draft, language)
    form = ReviewForm(request.form)
    if not form.validate():
        return _show(seen, language, _form(seen, language), 422, review=form)
    day = form.reviewed.data
    operations.review_language(g.actor, draft, seen.course.facts, language, day, seen=seen_in(form))
    flash(_("The day of the review is saved.") if day else _("It is marked as not reviewed."), "done")
    return see_other(url_for("authoring.translation", draft=draft, language=language))


def _seen(draft: int, language: str | None = None) -> _Seen:
    """Raises NotFound for what is none of the other languages of the course, and Refused while it cannot be read."""
    found = queries.draft(g.actor, draft)
    checked = report(found)
    if checked.course is None:
        raise Refused(_("course.yaml cannot be read. Mend it first: the report of the draft says where."))
    if language == SOURCE_LOCALE or (language and language not in checked.course.facts.languages):
        raise NotFound
    return _Seen(found, checked, checked.course, queries.file(found.id, COURSE_FILE).revision)


def _form(seen: _Seen, language: str, sent: Any = None) -> Any:
    return texts_form(text_rows(seen.course.facts, language), language, sent, seen.revision)


def _facts(facts: CourseFacts, language: str, form: Any) -> CourseFacts | None:
    try:
        return CourseFacts.model_validate_json(json.dumps(with_texts(facts, language, form.data)))
    except ValidationError as error:
        form.form_errors.extend(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return None


def _show_all(seen: _Seen, form: Any, status: int = 200) -> Response:
    rows = [progress(seen.course, locale) for locale in seen.course.facts.languages if locale != SOURCE_LOCALE]
    return render(TranslationsPage(frame(seen.draft), rows, form), status)


def _show(
    seen: _Seen, language: str, form: Any, status: int = 200, conflict: Conflict | None = None, review: Any = None
) -> Response:
    course, draft, problems = seen.course, seen.draft, seen.report.problems
    wrong = frozenset(problem.file for problem in seen.report.errors)
    day = course.facts.languages[language].reviewed
    return render(
        TranslationPage(
            frame=frame(draft),
            language=language,
            progress=progress(course, language, wrong),
            texts=_grouped(course.facts, text_rows(course.facts, language)),
            files=[
                (_file_name(course.facts, row.place.about), FILE_KINDS[row.place.kind], editor(draft.id, row.path), row)
                for row in file_rows(course, language, wrong)
            ],
            form=form,
            review=review or ReviewForm(data={"reviewed": day, "seen": seen.revision}),
            problems=shown(draft, seen.report, [each for each in problems if each.file.startswith(f"{language}/")]),
            conflict=conflict,
            reviewer=queries.reviewer(draft.id, language, day) if day else None,
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
