"""A pack: what it asks, and the button that makes drafts of it."""

from flask import flash, g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.content.packs import operations
from app.content.packs.pages import Offered, PackPage
from app.content.packs.reading import packs, rule_of, scope_of
from app.content.packs.schema import Pack
from app.coverage.requirements import labels
from app.coverage.requirements.queries import listed, loading
from app.coverage.requirements.spoken import limits, sentence
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.i18n import _, ngettext
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other

bp = Blueprint("packs", __name__)
_MAY = Permission.REQUIREMENTS_MANAGE
_ONE = "/programmes/<code>/requirements/packs/<pack>"


@bp.get(_ONE, may=_MAY)
def pack(code: str, pack: str) -> Response:
    programme, found = _load(code, pack)
    titles, drafts = listed.course_titles(), {each.code for each in listed.open_drafts(programme.id)}
    required = listed.codes(programme.id)
    ids = {course: key for key, (course, _words) in titles.items()}
    rows = [
        Offered(asked, sentence(rule_of(asked, ids), titles), limits(scope_of(asked)),
                labels.SOURCES[asked.source_kind],
                "draft" if asked.id in drafts else "required" if asked.id in required else "")
        for asked in found.requirements
    ]
    return render(PackPage(programme, found, rows, today(programme.zone)))


@bp.post(_ONE, may=_MAY)
def take(code: str, pack: str) -> Response:
    _programme, found = _load(code, pack)
    made = operations.take(g.actor, code, found)
    nothing = _("Everything of it is required or drafted already.")
    drafted = ngettext("%(num)s draft waits for you.", "%(num)s drafts wait for you.", len(made))
    flash(drafted if made else nothing, "done")
    return see_other(url_for("requirements.index", code=code))


def _load(code: str, pack: str) -> tuple[Programme, Pack]:
    programme = loading.programme(g.actor, code, _MAY)
    found = next((each for each in packs() if each.id == pack and each.country in {None, programme.country}), None)
    if found is None:
        raise NotFound
    return programme, found
