"""How a draft begins: blank, from a course, from a ZIP."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.forms.starting import ArchiveForm, BlankForm
from app.content.authoring.models import Draft
from app.content.authoring.pages import BlankPage, UploadPage
from app.content.authoring.refusals import ArchiveFaulty
from app.content.authoring.views.blueprint import MAY, bp
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import number


@bp.get("/authoring/blank", may=MAY)
def blank() -> Response:
    return render(BlankPage(BlankForm()))


@bp.post("/authoring/blank", may=MAY)
def start_blank() -> Response:
    form = BlankForm(request.form)
    if not form.validate():
        return render(BlankPage(form), 422)
    try:
        made = operations.start_blank(g.actor, form.blank())
    except Refused as refusal:
        form.code.errors = [str(refusal)]
        return render(BlankPage(form), 422)
    return _begun(made)


@bp.post("/authoring/start", may=MAY)
def start_from() -> Response:
    version_id = number(request.form.get("version"))
    if version_id is None:
        flash(_("Choose a course."), "need")
        return see_other(url_for("authoring.index"))
    code = queries.code_of_version(version_id)
    if "another" not in request.form and queries.open_drafts(code):
        flash(_("There is an open draft of this course already. Go on with it, or start another one."), "need")
        return see_other(url_for("authoring.history", code=code))
    return _begun(operations.start_from(g.actor, version_id))


@bp.get("/authoring/upload", may=MAY)
def upload() -> Response:
    return render(UploadPage(ArchiveForm(), ()))


@bp.post("/authoring/upload", may=MAY)
def start_from_zip() -> Response:
    form = ArchiveForm(CombinedMultiDict([request.files, request.form]))
    faults: tuple[str, ...] = ()
    if form.validate():
        try:
            return _begun(operations.start_from_zip(g.actor, form.read()))
        except NotFound:
            raise
        except Refused as refusal:
            form.file.errors = [str(refusal)]
            faults = refusal.faults if isinstance(refusal, ArchiveFaulty) else ()
    return render(UploadPage(form, faults), 422)


def _begun(made: Draft) -> Response:
    flash(_("The draft is there. Nothing of it is public before it is published."), "done")
    return see_other(url_for("authoring.draft", draft=made.id))
