"""The blueprint of service."""

from app.platform.web import Blueprint

bp = Blueprint("service", __name__)
