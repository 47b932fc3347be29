"""What one person has learned: to read, on paper, and whom the person lets see it."""

import structlog
from flask import current_app, flash, g, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import queries as factories
from app.factories.models import Person
from app.learning_record.operations import consenting
from app.learning_record.pages import OwnPage, TranscriptPage
from app.learning_record.paper.transcript import draw
from app.learning_record.queries.transcripts import Transcript, own_transcript, places, transcript
from app.learning_record.views.blueprint import bp
from app.platform.clock import today
from app.platform.config import Settings
from app.platform.db import db
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import SIGNED_IN, file_response, render, see_other

log = structlog.get_logger()
_READ, _EDIT = Permission.FACTORIES_READ, Permission.PEOPLE_EDIT


@bp.get("/people/<int:person_id>/transcript", may=_READ)
def transcript_page(person_id: int) -> Response:
    found = factories.person(g.actor, person_id)
    return render(TranscriptPage(found, transcript(g.actor, found.id), today("UTC")))


@bp.get("/people/<int:person_id>/transcript.pdf", may=_READ)
def transcript_pdf(person_id: int) -> Response:
    found = factories.person(g.actor, person_id)
    return _paper(found, transcript(g.actor, found.id))


@bp.post("/people/<int:person_id>/consents/<code>", may=_EDIT)
def note_consent(person_id: int, code: str) -> Response:
    consenting.note_consent(g.actor, person_id, code)
    flash(_("It is noted that the person agreed."), "done")
    return see_other(url_for("factories.person", person_id=person_id))


@bp.post("/people/<int:person_id>/consents/<code>/withdrawal", may=_EDIT)
def note_withdrawal(person_id: int, code: str) -> Response:
    consenting.note_withdrawal_of_consent(g.actor, person_id, code)
    flash(_("It is noted. What was learned elsewhere is not shown any more."), "done")
    return see_other(url_for("factories.person", person_id=person_id))


@bp.get("/transcript", may=SIGNED_IN)
def own() -> Response:
    person = _self()
    return render(OwnPage(own_transcript(person.id), places(person.id)))


@bp.get("/transcript.pdf", may=SIGNED_IN)
def own_pdf() -> Response:
    person = _self()
    return _paper(person, own_transcript(person.id))


@bp.post("/transcript/consent", may=SIGNED_IN)
def consent() -> Response:
    _self()
    consenting.consent(g.actor, _asked())
    flash(_("This factory can see what you learned before."), "done")
    return see_other(url_for("record.own"))


@bp.post("/transcript/consent/withdrawal", may=SIGNED_IN)
def withdraw() -> Response:
    _self()
    consenting.withdraw_consent(g.actor, _asked())
    flash(_("This factory no longer sees what you learned before."), "done")
    return see_other(url_for("record.own"))


def _self() -> Person:
    if g.actor.person_id is None:
        raise NotFound
    return db.session.get_one(Person, g.actor.person_id)


def _asked() -> str:
    return request.form.get("shared_with", "")


def _paper(person: Person, found: Transcript) -> Response:
    """In the language of the person, whoever asks for it."""
    settings: Settings = current_app.extensions["settings"]
    with force_locale(person.language):
        try:
            data = draw(person, found, day=today("UTC"), fonts=ROOT / settings.fonts_dir)
        except DocumentFailed:
            log.exception("transcript.not_drawn", person=person.id)
            raise Refused(_("The file could not be made. Print the page instead, or try again later.")) from None
    return file_response(data, f"transcript-{person.id}.pdf", "application/pdf")
