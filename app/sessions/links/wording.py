"""The words for providers, rooms and what went wrong."""

from typing import Any

from app.platform.i18n import lazy
from app.sessions.links.providers import offered
from app.sessions.links.rules import Problem, Provider, RoomState

PROVIDERS: dict[Provider, Any] = {
    Provider.PASTED: lazy("By a link that I paste"),
    Provider.JITSI: lazy("In a room made here (Jitsi)"),
    Provider.BIGBLUEBUTTON: lazy("In a room made here (BigBlueButton)"),
}

STATES: dict[RoomState, tuple[Any, str]] = {
    RoomState.WANTED: (lazy("The room is being made"), "plain"),
    RoomState.READY: (lazy("The room is ready"), "done"),
    RoomState.FAILED: (lazy("There is no room"), "harm"),
    RoomState.ENDED: (lazy("The room is closed"), "off"),
}

PROBLEMS: dict[Problem, Any] = {
    Problem.AWAY: lazy("The meeting server does not answer. It is asked again by itself."),
    Problem.GARBLED: lazy("The meeting server answers in a way that cannot be read. It is asked again by itself."),
    Problem.REFUSED: lazy("The meeting server refuses to make a room. An administrator must check its settings."),
    Problem.FOREIGN: lazy("The meeting server has such a room already, made by somebody else. Try again for another."),
    Problem.UNSET: lazy("This site is not connected to the meeting server any more. Paste a link instead."),
}


def provider_choices() -> list[tuple[str, str]]:
    """What a form offers: a pasted link, and the providers to which this site is connected."""
    return [(kind.value, str(PROVIDERS[kind])) for kind in offered()]
