"""The start page of each role."""

from werkzeug.wrappers import Response

from app.home.pages import StartPage
from app.platform.web import SIGNED_IN, Blueprint, render

bp = Blueprint("home", __name__)


@bp.get("/", may=SIGNED_IN)
def start() -> Response:
    return render(StartPage())
