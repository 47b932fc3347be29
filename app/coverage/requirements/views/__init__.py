"""Pages of requirements: what a programme requires, drafts with their preview, waivers."""

from app.coverage.requirements.views import drafts, listed
from app.coverage.requirements.views.blueprint import bp
from app.coverage.requirements.views.waivers import bp as waivers

__all__ = ["bp", "drafts", "listed", "waivers"]
