"""Drawing previews: slow, in the worker, and only the last one that somebody asked for."""

from dataclasses import replace
from functools import partial

import structlog
from flask_babel import force_locale

from app.certificates.designs import operations
from app.certificates.designs.content import content_of
from app.certificates.designs.examples import Example, Setting, face_of
from app.certificates.designs.models import Design, DesignPreview
from app.certificates.designs.pictures import with_data
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.queries.dressing import signing
from app.certificates.face import formats_of
from app.certificates.paper import drawing
from app.certificates.paper.drawing import CertificateFace
from app.platform.clock import today
from app.platform.config import settings
from app.platform.db import db
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.files import uploads
from app.platform.i18n import _, text
from app.platform.jobs import Done, Outcome

log = structlog.get_logger()
PIXELS_AN_INCH = 84.0


def preview(preview_id: int, number: int) -> Outcome:
    """Draw what is looked at; nothing when something else was asked for meanwhile."""
    row = db.session.get(DesignPreview, preview_id)
    if row is None or row.number != number or row.drawn_at is not None:
        return Done()
    face, fonts = _face(row), ROOT / settings().fonts_dir
    try:
        picture = drawing.draw_picture(face, fonts=fonts, ppi=PIXELS_AN_INCH)
    except DocumentFailed as failed:
        log.warning("designs.preview_failed", design=row.design_id, reason=str(failed))
        return Done(partial(operations.note_drawn, preview_id, number, None))
    return Done(partial(operations.note_drawn, preview_id, number, uploads().put(picture)))


def _face(row: DesignPreview) -> CertificateFace:
    design, language = db.session.get_one(Design, row.design_id), row.language
    day, content = today(design.programme.zone), content_of(row.content)
    look = content.look(language)
    titles = queries.course_titles(design)
    with force_locale(formats_of(language)):
        titles = titles or {language: str(_("Supervisory skills"))}
        said = Setting(
            programme=text(design.programme.name, language),
            course=text(titles, language), course_english=titles.get("en", ""),
            factory=str(_("A factory")), role=str(_("Supervisor")), trainer=str(_("Trainer")), day=day,
        )  # fmt: skip
    signatories = signing(design.programme_id, content.signatories, language, day)
    return face_of(replace(look, logo=with_data(look.logo)), signatories, language, Example(row.example), said)
