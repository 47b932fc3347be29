"""Files for those who may have them."""

from flask import Response as FlaskResponse
from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates import archive, queries, retention, rules
from app.certificates.pages import OwnPage
from app.certificates.shown import shown
from app.factories.queries import factory_by_code
from app.platform import audit
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import SIGNED_IN, Blueprint, file_response, render

bp = Blueprint("certificates", __name__)


@bp.get("/certificates", may=SIGNED_IN)
def own() -> Response:
    if g.actor.person_id is None:
        raise NotFound
    return render(OwnPage([shown(row) for row in queries.of_person(g.actor.person_id)]))


@bp.get("/certificates/<int:certificate_id>/file", may=SIGNED_IN)
def file(certificate_id: int) -> Response:
    found = shown(queries.certificate_for(g.actor, certificate_id))
    key = found.certificate.file_key
    if found.state is rules.State.REVOKED:
        raise Refused(_("This certificate was revoked. Its file is no longer handed out."))
    if key == retention.GONE:
        raise Refused(_("The time for which this certificate is kept has run out. Its file is gone."))
    if key is None:
        raise Refused(_("The file is being made. Try again in a minute."))
    try:
        data = files().get(key)
    except FileMissing:
        raise Refused(_("The file is missing. Please tell your programme office.")) from None
    return file_response(data, rules.file_name(found.face.number, found.face.latin_name), "application/pdf")


@bp.post("/factories/<code>/certificates.zip", may=Permission.CERTIFICATES_DOWNLOAD)
def all_files(code: str) -> Response:
    factory = factory_by_code(g.actor, code, Permission.CERTIFICATES_DOWNLOAD)
    drawn = queries.drawn_of_factory(factory.id)
    if not drawn:
        raise Refused(_("There is no finished certificate yet."))
    audit.record(g.actor, "certificates.export", f"factory:{factory.id}", certificates=[row.id for row in drawn])
    wanted = [
        (rules.file_name(row.number, row.face["latin_name"]), row.file_key or "", row.rendered_at or row.issued_at)
        for row in drawn
    ]
    answer = FlaskResponse(archive.stream(wanted, files()), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"certificates-{factory.code}.zip")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
