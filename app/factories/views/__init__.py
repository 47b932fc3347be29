"""The doors to factories, their people and their rosters."""

from app.factories.views import duplicates, factories, people, rosters, search, work
from app.factories.views.blueprint import bp

__all__ = ["bp", "duplicates", "factories", "people", "rosters", "search", "work"]
