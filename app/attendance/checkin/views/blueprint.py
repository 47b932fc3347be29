"""The blueprint of checking in."""

from app.accounts import throttles
from app.platform.web import Blueprint

bp = Blueprint("checkin", __name__)
bp.after_request(throttles.keep_device)

MEETING = "/sessions/<int:training_id>/meetings/<int:number>"
