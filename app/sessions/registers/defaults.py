"""The rules of a programme that has decided none."""

from app.sessions.models import PlanningRules


def defaults() -> PlanningRules:
    """What the columns say where nobody said anything; not stored."""
    return PlanningRules(
        release_one_in=4, travel_near_minutes=30, travel_far_minutes=180, breaks=[], reminder_days=[5, 1],
        quiet_from="20:00", quiet_until="07:00",
    )  # fmt: skip
