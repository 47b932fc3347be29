"""`/design`: each component in both directions."""

from flask import Response, make_response, render_template

from app.platform.web.blueprint import Blueprint
from app.platform.web.design import design_context
from app.platform.web.may import PUBLIC

bp = Blueprint("design", __name__)


@bp.get("/design", may=PUBLIC)
def design() -> Response:
    return make_response(render_template("design.html", **design_context()))
