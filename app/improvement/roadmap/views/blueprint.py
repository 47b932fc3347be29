"""The blueprint of roadmaps."""

from app.platform.web import Blueprint

bp = Blueprint("roadmap", __name__)
