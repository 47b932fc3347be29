"""Pictures and sound of a published version."""

from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries
from app.courses.views.blueprint import bp
from app.platform.web import media_response


@bp.get("/courses/<code>/versions/<number>/media/<name>", may=Permission.CATALOGUE_READ)
def media(code: str, number: str, name: str) -> Response:
    return media_response(queries.media(code, number, name), name)
