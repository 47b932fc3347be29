"""The blueprint of training sessions, and where its verbs lead back to."""

from flask import url_for
from werkzeug.wrappers import Response

from app.platform.web import Blueprint, see_other

bp = Blueprint("sessions", __name__)


def to_training(training_id: int) -> Response:
    """Go to the page of the training session."""
    return see_other(url_for("sessions.training", training_id=training_id))
