"""The pages on which courses are written."""

from app.content.authoring.views import (
    asking,
    drafts,
    facts,
    files,
    history,
    layouts,
    lessons,
    media,
    publishing,
    questions,
    quizzes,
    starting,
    translations,
    units,
)
from app.content.authoring.views.blueprint import bp

__all__ = [
    "asking",
    "bp",
    "drafts",
    "facts",
    "files",
    "history",
    "layouts",
    "lessons",
    "media",
    "publishing",
    "questions",
    "quizzes",
    "starting",
    "translations",
    "units",
]
