"""The pages on which courses are written."""

from app.content.authoring.views import drafts
from app.content.authoring.views.blueprint import bp

__all__ = ["bp", "drafts"]
