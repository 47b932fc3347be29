"""The doors to roadmaps."""

from app.improvement.roadmap.views import actions, factory, listing
from app.improvement.roadmap.views.blueprint import bp

__all__ = ["actions", "bp", "factory", "listing"]
