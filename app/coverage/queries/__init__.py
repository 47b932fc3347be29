"""Who is covered where, at a date."""

from app.coverage.queries.figures import Figures, figures, figures_by_role
from app.coverage.queries.people import people
from app.coverage.queries.required import Required, required, requirements_of

__all__ = ["Figures", "Required", "figures", "figures_by_role", "people", "required", "requirements_of"]
