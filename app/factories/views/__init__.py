"""The doors to factories, their people and their rosters."""

from app.factories.views import factories, rosters
from app.factories.views.blueprint import bp

__all__ = ["bp", "factories", "rosters"]
