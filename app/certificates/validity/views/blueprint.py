"""The blueprint of validity."""

from app.platform.web import Blueprint

bp = Blueprint("validity", __name__)
