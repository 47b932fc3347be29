"""Words of sample visits."""

from typing import Any

from app.improvement.cascade.samples.rules import Found
from app.platform.i18n import lazy

FOUND: dict[Found, Any] = {
    Found.CONFIRMED: lazy("Confirmed"),
    Found.NOT_CONFIRMED: lazy("Not confirmed"),
    Found.NOT_FOUND: lazy("Nobody to ask"),
}
SIGNS: dict[Found, str] = {Found.CONFIRMED: "done", Found.NOT_CONFIRMED: "harm", Found.NOT_FOUND: "plain"}
