"""Files for those who may have them."""

from flask import g
from werkzeug.wrappers import Response

from app.certificates import queries, retention, rules
from app.certificates.pages import OwnPage
from app.certificates.shown import shown
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.i18n.formats import format_date
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
    if key is None and found.made_on is not None:
        raise Refused(_("The file is made on %(day)s.", day=format_date(found.made_on)))
    if key is None:
        raise Refused(_("The file is being made. Try again in a minute."))
    try:
        data = files().get(key)
    except FileMissing:
        raise Refused(_("The file is missing. Please tell your programme office.")) from None
    return file_response(data, rules.file_name(found.face.number, found.face.latin_name), "application/pdf")
