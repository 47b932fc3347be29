"""The pages on which courses are written."""

from app.content.authoring.views import drafts, facts, files, history, media, publishing, starting, units
from app.content.authoring.views.blueprint import bp

__all__ = ["bp", "drafts", "facts", "files", "history", "media", "publishing", "starting", "units"]
