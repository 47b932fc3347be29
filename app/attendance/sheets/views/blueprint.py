"""The blueprint of this room."""

from app.platform.web import Blueprint

bp = Blueprint("sheets", __name__)

SHEETS = "/sessions/<int:training_id>/meetings/<int:number>/sheets"
SHEET = f"{SHEETS}/<int:site_id>"
