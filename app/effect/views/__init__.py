"""The pages of this room."""

from app.effect.views import effects, lines
from app.effect.views.blueprint import bp

__all__ = ["bp", "effects", "lines"]
