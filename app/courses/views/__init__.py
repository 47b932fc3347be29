"""The doors to the catalogue."""

from app.courses.views import catalogue, course, lessons, media, pathways
from app.courses.views.blueprint import bp

__all__ = ["bp", "catalogue", "course", "lessons", "media", "pathways"]
