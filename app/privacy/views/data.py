"""What is kept for how long; the data of one person: hand it out, or take it out for good."""

import io
import json
import zipfile

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates.queries import files_of_person
from app.factories.merging.queries import person_for
from app.factories.models import Person
from app.lessons.photos import photos_of_person
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.web import file_response, render, see_other
from app.privacy import operations, retention
from app.privacy.pages import DataPage, PseudonymisePage, RetentionPage
from app.privacy.views.blueprint import bp

_MAY = Permission.PRIVACY_MANAGE


@bp.get("/privacy", may=_MAY)
def index() -> Response:
    scope = g.actor.scope(_MAY)
    due = retention.report(None if scope.everything else scope.programmes)
    return render(RetentionPage(retention.KINDS, due))


@bp.get("/people/<int:person_id>/data", may=_MAY)
def data(person_id: int) -> Response:
    return render(DataPage(_load(person_id)))


@bp.post("/people/<int:person_id>/data", may=_MAY)
def export(person_id: int) -> Response:
    found = operations.export_person(g.actor, person_id)
    text = json.dumps(found, ensure_ascii=False, indent=1).encode()
    if request.form.get("form") != "zip":
        return file_response(text, f"person-{person_id}.json", "application/json")
    return file_response(_zipped(text, found), f"person-{person_id}.zip", "application/zip")


@bp.get("/people/<int:person_id>/pseudonymisation", may=_MAY)
def pseudonymisation(person_id: int) -> Response:
    return render(PseudonymisePage(_load(person_id), ""))


@bp.post("/people/<int:person_id>/pseudonymisation", may=_MAY)
def pseudonymise(person_id: int) -> Response:
    found = _load(person_id)
    if request.form.get("sure") != "yes":
        return render(PseudonymisePage(found, _("Tick the box when you are sure.")), 422)
    operations.pseudonymise(g.actor, person_id)
    flash(_("This person was pseudonymised."), "done")
    return see_other(url_for("factories.person", person_id=person_id))


def _load(person_id: int) -> Person:
    return person_for(g.actor, person_id, _MAY)[0]


def _zipped(text: bytes, found: dict[str, list[dict[str, int]]]) -> bytes:
    """The data, the files of the certificates, the photos of practice tasks."""
    whole, people = io.BytesIO(), [entry["person_id"] for entry in found["entries"]]
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", text)
        for number, key in files_of_person(people):
            try:
                archive.writestr(f"certificates/{number}.pdf", files().get(key))
            except FileMissing:
                archive.writestr(f"certificates/{number}.missing.txt", b"")
        for name, photo in photos_of_person(people):
            archive.writestr(f"practice/{name}", photo)
    return whole.getvalue()
