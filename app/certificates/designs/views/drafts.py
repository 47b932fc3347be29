"""The draft of a design: editing, its logo, publishing, throwing it away."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.certificates.designs import labels, operations
from app.certificates.designs.content import content_of
from app.certificates.designs.examples import Example
from app.certificates.designs.forms import DesignForm, LogoForm, design_data, design_form, text_fields
from app.certificates.designs.models import Design
from app.certificates.designs.operations import Stale
from app.certificates.designs.operations.drafts import seen_of
from app.certificates.designs.pages import DraftPage
from app.certificates.designs.pictures import bytes_of
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.uploads import LARGEST_FILE, UploadRefused
from app.certificates.designs.views.blueprint import DESIGN, DRAFT, MAY, bp
from app.platform.files import FileMissing
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import file_response, render, see_other

MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@bp.get(DRAFT, may=MAY)
def draft(design_id: int) -> Response:
    return render(draft_page(queries.design(g.actor, design_id)))


@bp.post(DRAFT, may=MAY)
def save(design_id: int) -> Response:
    design = queries.design(g.actor, design_id)
    form = form_of(design, request.form)
    if not form.validate():
        return render(draft_page(design, form), 422)
    try:
        saved = operations.save(g.actor, design.id, form.seen.data or "", form.content(None))
    except Stale as stale:
        return render(draft_page(design, form, stale=str(stale)), 409)
    operations.ask(g.actor, design.id, content_of(saved.content), form.language.data, form.example.data)
    flash(_("The draft is saved. Certificates change when you publish it."), "done")
    return see_other(url_for("designs.draft", design_id=design.id))


@bp.post(f"{DRAFT}/logo", may=MAY)
def set_logo(design_id: int) -> Response:
    design, form = queries.design(g.actor, design_id), LogoForm(request.form)
    sent = request.files.get("file")
    if not form.validate():
        return render(draft_page(design, logo_form=form), 422)
    if sent is None or not sent.filename:
        form.file.errors = [_("Choose a file.")]
        return render(draft_page(design, logo_form=form), 422)
    try:
        sent.stream.seek(0)  # the request may run a second time
        data = sent.stream.read(LARGEST_FILE + 1)
        saved = operations.set_logo(g.actor, design.id, request.form.get("seen", ""), data, form.alt.data or "")
    except UploadRefused as refused:
        form.file.errors = [str(labels.UPLOAD_FAULTS[refused.fault])]
        return render(draft_page(design, logo_form=form), 422)
    except Stale as stale:
        return render(draft_page(design, stale=str(stale)), 409)
    _draw_again(design, content_of(saved.content))
    flash(_("The logo is in the draft."), "done")
    return see_other(url_for("designs.draft", design_id=design.id))


@bp.post(f"{DRAFT}/logo/removal", may=MAY)
def remove_logo(design_id: int) -> Response:
    design = queries.design(g.actor, design_id)
    saved = operations.remove_logo(g.actor, design.id, request.form.get("seen", ""))
    _draw_again(design, content_of(saved.content))
    flash(_("The logo is no longer in the draft."), "done")
    return see_other(url_for("designs.draft", design_id=design.id))


@bp.get(f"{DESIGN}/versions/<int:number>/logo", may=MAY)
def logo(design_id: int, number: int) -> Response:
    version = queries.version(queries.design(g.actor, design_id).id, number)
    picture = content_of(version.content).logo
    if picture is None:
        raise NotFound
    try:
        data = bytes_of(picture)
    except FileMissing:
        raise NotFound from None
    return file_response(data, f"logo.{picture.kind}", MEDIA_TYPES[picture.kind], inline=True)


@bp.post(f"{DRAFT}/publication", may=MAY)
def publish(design_id: int) -> Response:
    version = operations.publish(g.actor, design_id, request.form.get("seen", ""))
    flash(_("Version %(number)s is published. New certificates are issued with it.", number=version.number), "done")
    return see_other(url_for("designs.design", design_id=design_id))


@bp.post(f"{DRAFT}/removal", may=MAY)
def discard(design_id: int) -> Response:
    try:
        operations.discard(g.actor, design_id, request.form.get("seen", ""))
    except NotFound:
        raise
    except Refused as refusal:
        flash(str(refusal), "harm")
    else:
        flash(_("The draft is thrown away. What is published stays."), "done")
    return see_other(url_for("designs.design", design_id=design_id))


def form_of(design: Design, sent: Any = None, data: Any = None) -> DesignForm:
    """The form of a draft."""
    return design_form(queries.languages(design.programme), queries.signatories(design.programme_id), sent, data)


def draft_page(design: Design, form: DesignForm | None = None, **values: Any) -> DraftPage:
    """The page of a draft; without a form it shows what is saved."""
    version, preview = queries.latest(design.id), queries.preview(design.id, g.actor.account_id)
    content = content_of(version.content)
    if form is None:
        language = preview.language if preview else queries.languages(design.programme)[0]
        example = preview.example if preview else Example.USUAL
        form = form_of(design, data=design_data(content, seen_of(version), language, example))
    logo_form = values.pop("logo_form", None) or LogoForm(data={"alt": content.logo.alt if content.logo else ""})
    return DraftPage(design, version, content, form, logo_form, text_fields(form), preview, **values)


def _draw_again(design: Design, content: Any) -> None:
    """The preview of what was just saved, as it was looked at last."""
    before = queries.preview(design.id, g.actor.account_id)
    language = before.language if before else queries.languages(design.programme)[0]
    operations.ask(g.actor, design.id, content, language, before.example if before else Example.USUAL)
