"""Pages of reports."""

from app.reports.views import figures
from app.reports.views.blueprint import bp

__all__ = ["bp", "figures"]
