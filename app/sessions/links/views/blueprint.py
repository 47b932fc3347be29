"""The blueprint of rooms at meeting providers."""

from app.platform.web import Blueprint

bp = Blueprint("links", __name__)
