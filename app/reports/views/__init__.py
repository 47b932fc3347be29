"""Pages of reports."""

from app.reports.views import deliveries, exports, figures, frozen, months, periods
from app.reports.views.blueprint import bp

__all__ = ["bp", "deliveries", "exports", "figures", "frozen", "months", "periods"]
