"""What somebody practised, for those who look after people of that factory."""

from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.lessons import queries
from app.lessons.views.files import photo_response
from app.platform.web import Blueprint

bp = Blueprint("practice", __name__)


@bp.get("/practice/<int:log_id>/photo", may=Permission.PRACTICE_READ)
def photo(log_id: int) -> Response:
    return photo_response(queries.seen_log(g.actor, log_id))
