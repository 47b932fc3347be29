"""Who is covered where, now or as it was printed when a day ended."""

from app.coverage.queries.adjustments import Adjustment, adjustments, all_adjustments
from app.coverage.queries.figures import Figures, figures, figures_by_role
from app.coverage.queries.measures import Measure, measures, measures_of
from app.coverage.queries.people import people
from app.coverage.queries.required import Required, after_findings, required, requirements_of
from app.coverage.queries.seen import sees

__all__ = [
    "Adjustment", "Figures", "Measure", "Required", "adjustments", "after_findings", "all_adjustments", "figures",
    "figures_by_role", "measures", "measures_of", "people", "required", "requirements_of", "sees",
]  # fmt: skip
