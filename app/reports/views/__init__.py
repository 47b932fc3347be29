"""Pages of reports."""

from app.reports.views import exports, figures, periods
from app.reports.views.blueprint import bp

__all__ = ["bp", "exports", "figures", "periods"]
