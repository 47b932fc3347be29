"""Reading quizzes that open by themselves."""

from app.quizzes.followups.queries.listing import Row, plans, plans_of, still_open
from app.quizzes.followups.queries.people import Standing, left_out, people, plan_for

__all__ = ["Row", "Standing", "left_out", "people", "plan_for", "plans", "plans_of", "still_open"]
