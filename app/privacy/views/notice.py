"""The notice: how personal data is used. Everybody may read it; whoever signs in is shown it once."""

from flask import g, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts.notices import NOTICE_VERSION, has_read
from app.accounts.notices import note_read as note
from app.platform.config import settings
from app.platform.i18n.texts import current_language
from app.platform.web import PUBLIC, SIGNED_IN, render, see_other
from app.platform.web.addresses import own_path
from app.privacy.pages import NoticePage
from app.privacy.views.blueprint import bp

_READ = "notice"
"""Name in the cookie of a sign-in under which the version stands that was read, to save looking it up."""
_ARRIVALS = frozenset({"home.start", "attempts.begin", "checkin.here"})
"""Where people arrive who sign in: the start page, the quiz of a training session whose code they typed, the place
where they say that they are here.
"""


@bp.get("/notice", may=PUBLIC)
def notice() -> Response:
    asks = g.actor.is_signed_in and not has_read(g.actor)
    kept = settings()
    page = NoticePage(
        version=NOTICE_VERSION,
        asks=asks,
        next=own_path(request.args.get("next")) or url_for("home.start"),
        is_person=g.actor.person_id is not None,
        years=kept.keep_records_months // 12,
        months=kept.keep_answers_months,
        evidence_months=kept.keep_evidence_months,
    )
    return render(page)


@bp.post("/notice", may=SIGNED_IN)
def note_read() -> Response:
    if not has_read(g.actor):
        note(g.actor, current_language())
    session[_READ] = NOTICE_VERSION
    return see_other(own_path(request.form.get("next")) or url_for("home.start"))


def show_first() -> Response | None:
    """Before the page on which a sign-in ends: the notice, to whoever has not read the present version.

    It leads on to that page. A quiz that was begun is never interrupted.
    """
    if request.endpoint not in _ARRIVALS or not g.actor.is_signed_in or session.get(_READ) == NOTICE_VERSION:
        return None
    if not has_read(g.actor):
        following = request.path if request.endpoint != "home.start" else None
        return see_other(url_for("privacy.notice", next=following))
    session[_READ] = NOTICE_VERSION
    return None
