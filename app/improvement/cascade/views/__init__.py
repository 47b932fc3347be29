"""Doors of the cascade."""

from app.improvement.cascade.views import entering, reading
from app.improvement.cascade.views.blueprint import bp

__all__ = ["bp", "entering", "reading"]
