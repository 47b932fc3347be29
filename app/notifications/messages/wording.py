"""The words for whom a message is meant."""

from typing import Any

from app.notifications.messages.rules import Audience
from app.platform.i18n import lazy

AUDIENCES: dict[Audience, Any] = {
    Audience.BOOKED: lazy("People with a place, and those who speak for their factories"),
    Audience.WAITING: lazy("The same, and those who asked for a place or wait for one"),
    Audience.FACTORIES: lazy("Only those who speak for the factories"),
    Audience.TRAINERS: lazy("The trainers"),
}
