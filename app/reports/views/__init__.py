"""Pages of reports."""

from app.reports.views import figures, periods
from app.reports.views.blueprint import bp

__all__ = ["bp", "figures", "periods"]
