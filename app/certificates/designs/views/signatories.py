"""Who signs: the list of a programme, somebody new, one with the drawn signature."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.certificates.designs import labels, operations
from app.certificates.designs.forms import LogoForm, signatory_data, signatory_fields, signatory_form
from app.certificates.designs.models import CertificateSignatory
from app.certificates.designs.operations import Stale
from app.certificates.designs.pages import SignatoriesPage, SignatoryPage
from app.certificates.designs.pictures import bytes_of
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.uploads import LARGEST_FILE, UploadRefused
from app.certificates.designs.views.blueprint import MAY, SIGNATORIES, SIGNATORY, bp
from app.certificates.designs.views.drafts import MEDIA_TYPES
from app.certificates.paper.look import thaw_picture
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.platform.clock import today
from app.platform.files import FileMissing
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import file_response, render, see_other
from app.platform.web.forms import number


@bp.get(SIGNATORIES, may=MAY)
def signatories(code: str) -> Response:
    programme = programme_by_code(g.actor, code, MAY)
    return render(SignatoriesPage(programme, queries.signatories(programme.id), today(programme.zone)))


@bp.get(f"{SIGNATORIES}/new", may=MAY)
def new_signatory(code: str) -> Response:
    programme = programme_by_code(g.actor, code, MAY)
    return _show(programme, None, _form(programme, data={"valid_from": today(programme.zone)}))


@bp.post(f"{SIGNATORIES}/new", may=MAY)
def add_signatory(code: str) -> Response:
    programme = programme_by_code(g.actor, code, MAY)
    form = _form(programme, request.form)
    if not form.validate():
        return _show(programme, None, form)
    made = operations.add_signatory(g.actor, code, form.facts())
    flash(_("The entry is saved. Now you can add the drawn signature."), "done")
    return see_other(url_for("designs.signatory", signatory_id=made.id))


@bp.get(SIGNATORY, may=MAY)
def signatory(signatory_id: int) -> Response:
    row = queries.signatory(g.actor, signatory_id)
    return _show(row.programme, row, _form(row.programme, data=signatory_data(row)))


@bp.post(SIGNATORY, may=MAY)
def change_signatory(signatory_id: int) -> Response:
    row = queries.signatory(g.actor, signatory_id)
    form = _form(row.programme, request.form)
    if not form.validate():
        return _show(row.programme, row, form)
    try:
        operations.change_signatory(g.actor, signatory_id, number(form.revision.data) or 0, form.facts())
    except Stale as stale:
        return _show(row.programme, row, form, stale=str(stale))
    flash(_("The entry is saved. Certificates that were issued stay as they are."), "done")
    return see_other(url_for("designs.signatories", code=row.programme.code))


@bp.post(f"{SIGNATORY}/signature", may=MAY)
def set_signature(signatory_id: int) -> Response:
    row = queries.signatory(g.actor, signatory_id)
    file_form, sent = LogoForm(request.form), request.files.get("file")
    del file_form.alt
    if sent is None or not sent.filename:
        return _show_file(row, file_form, _("Choose a file."))
    sent.stream.seek(0)  # the request may run a second time
    try:
        seen, data = number(request.form.get("revision")) or 0, sent.stream.read(LARGEST_FILE + 1)
        operations.set_signature(g.actor, signatory_id, seen, data)
    except UploadRefused as refused:
        return _show_file(row, file_form, str(labels.UPLOAD_FAULTS[refused.fault]))
    flash(_("The signature is saved."), "done")
    return see_other(url_for("designs.signatory", signatory_id=row.id))


@bp.post(f"{SIGNATORY}/signature/removal", may=MAY)
def remove_signature(signatory_id: int) -> Response:
    operations.remove_signature(g.actor, signatory_id, number(request.form.get("revision")) or 0)
    flash(_("The signature is taken away. The name stays."), "done")
    return see_other(url_for("designs.signatory", signatory_id=signatory_id))


@bp.get(f"{SIGNATORY}/signature", may=MAY)
def signature(signatory_id: int) -> Response:
    drawn = thaw_picture(queries.signatory(g.actor, signatory_id).signature)
    if drawn is None:
        raise NotFound
    try:
        data = bytes_of(drawn)
    except FileMissing:
        raise NotFound from None
    return file_response(data, f"signature.{drawn.kind}", MEDIA_TYPES[drawn.kind], inline=True)


def _form(programme: Programme, sent: Any = None, data: Any = None) -> Any:
    return signatory_form(queries.languages(programme), sent, data)


def _show_file(row: CertificateSignatory, file_form: LogoForm, fault: str) -> Response:
    file_form.file.errors = [fault]
    return _show(row.programme, row, _form(row.programme, data=signatory_data(row)), file_form)


def _show(
    programme: Programme, row: CertificateSignatory | None, form: Any, file_form: Any = None, stale: str = ""
) -> Response:
    faulty = form.errors or (file_form and file_form.errors)
    page = SignatoryPage(programme, row, form, signatory_fields(form), file_form or LogoForm(), stale)
    return render(page, 409 if stale else 422 if faulty else 200)
