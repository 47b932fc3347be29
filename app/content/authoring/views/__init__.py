"""The pages on which courses are written."""

from app.content.authoring.views import (
    asking,
    drafts,
    facts,
    files,
    history,
    layouts,
    media,
    publishing,
    starting,
    units,
)
from app.content.authoring.views.blueprint import bp

__all__ = ["asking", "bp", "drafts", "facts", "files", "history", "layouts", "media", "publishing", "starting", "units"]
