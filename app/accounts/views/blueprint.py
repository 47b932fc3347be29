"""The blueprint of this room."""

from flask import request

from app.platform.web import Blueprint

bp = Blueprint("accounts", __name__)


def device() -> str:
    """What the browser calls itself, for the list of sign-ins."""
    return request.user_agent.string[:200]
