"""One question in another language, beside the one that it translates."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.editor_pages import Conflict, QuestionPage
from app.content.authoring.forms.questions import KINDS, question_form
from app.content.authoring.questions.banks import entries, written
from app.content.authoring.questions.cards import card
from app.content.authoring.questions.fields import Unfit
from app.content.authoring.questions.translating import Pair, pairs, put, target_fields, translated
from app.content.authoring.refusals import Stale
from app.content.authoring.report import shown_text
from app.content.authoring.views.blueprint import seen_in
from app.content.authoring.views.heads import head
from app.content.authoring.views.shown import frame
from app.content.authoring.views.targets import Target
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other


def show_translation(about: Target, number: int) -> Response:
    """The form of the translation of the question with this number in the source."""
    pair = _pair(about, number)
    form = _form(about, pair)
    return _show(about, pair, form)


def write_translation(about: Target, number: int) -> Response:
    """Save what was typed; the rest of the file stays as it is."""
    pair = _pair(about, number)
    form = _form(about, pair, request.form)
    block = _block(pair, form) if form.validate() else None
    if block is None:
        return _show(about, pair, form, 422)
    text = put(_text(about, about.path), entries(_text(about, about.source_path)), pair, block)
    data, is_first = text.encode("utf-8", "surrogateescape"), not about.was_stamped
    try:
        operations.write_translation(
            g.actor, about.draft.id, about.path, data, seen=seen_in(form), is_current=is_first
        )
    except Stale as stale:
        form.seen.data = str(stale.revision)
        there = pairs(_source(about), entries(shown_text(stale.theirs or b"")))
        target = next((each.target for each in there if each.number == number), None)
        theirs = card(target, number) if target else None
        return _show(about, pair, form, 409, conflict=Conflict(str(stale), ""), theirs=theirs)
    flash(_("The question is saved."), "done")
    return see_other(f"{url_for('authoring.quiz', **about.where)}#question-{number}")


def _pair(about: Target, number: int) -> Pair:
    found = pairs(_source(about), entries(_text(about, about.path)))
    pair = next((each for each in found if each.number == number), None)
    if pair is None:
        raise NotFound
    return pair


def _source(about: Target) -> Any:
    return entries(_text(about, about.source_path))


def _form(about: Target, pair: Pair, sent: Any = None) -> Any:
    data = target_fields(pair)
    form = question_form(pair.source.type, about.place.locale, data, sent, is_translation=True)
    if sent is None:
        form.seen.data = queries.file_or_new(about.draft.id, about.path).revision
    return form


def _block(pair: Pair, form: Any) -> str | None:
    try:
        block = written(translated(pair, form.fields()))
    except Unfit as fault:
        form.fault(str(fault))
        return None
    if block is None:
        form.fault("unwritten")
    return block


def _show(about: Target, pair: Pair, form: Any, status: int = 200, **more: Any) -> Response:
    kind = pair.source.type
    return render(
        QuestionPage(
            frame=frame(about.draft),
            head=head(about),
            form=form,
            kind=kind,
            kind_name=KINDS[kind],
            number=pair.number,
            save_to=url_for("authoring.change_question", number=pair.number, **about.where),
            back=url_for("authoring.quiz", **about.where),
            source=card(pair.source, pair.number),
            unit=about.unit,
            **more,
        ),
        status,
    )


def _text(about: Target, path: str) -> str:
    return about.folder.files.get(path, b"").decode("utf-8", "surrogateescape")
