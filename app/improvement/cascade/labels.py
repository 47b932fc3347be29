"""Words of the cascade."""

from typing import Any

from app.improvement.cascade.rules import Level, Why
from app.platform.i18n import lazy

LEVELS: dict[Level, Any] = {
    Level.B: lazy("Level B: a certified ambassador, with names"),
    Level.C: lazy("Level C: what the factory counts"),
}
WHYS: dict[Why, Any] = {
    Why.WRONG_DAY: lazy("The day, line or length was wrong"),
    Why.WRONG_PEOPLE: lazy("The people or numbers were wrong"),
    Why.WRONG_TOPIC: lazy("The theme, topic or course was wrong"),
    Why.ENTERED_TWICE: lazy("It was entered twice"),
    Why.NOT_HELD: lazy("It was not held"),
    Why.OTHER: lazy("Another reason"),
}
