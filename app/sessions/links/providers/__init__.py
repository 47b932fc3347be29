"""Meeting providers behind one interface, as far as this site is connected to them."""

from pathlib import Path

from app.platform.config import Settings, settings
from app.sessions.links.providers.bigbluebutton import BigBlueButton
from app.sessions.links.providers.interface import Attendee, MeetingProvider, ProviderFault, Wanted
from app.sessions.links.providers.jitsi import Jitsi
from app.sessions.links.rules import Provider

__all__ = ["Attendee", "MeetingProvider", "ProviderFault", "Wanted", "connected", "offered"]


def connected(kind: Provider) -> MeetingProvider | None:
    """The provider, or None when the operator has not connected the site to it."""
    known = settings()
    if kind is Provider.JITSI and known.jitsi_url:
        return _jitsi(known)
    if kind is Provider.BIGBLUEBUTTON and known.bbb_url:
        return BigBlueButton(known.bbb_url, known.bbb_secret)
    return None


def offered() -> list[Provider]:
    """Whom a planner can choose from; a link can always be pasted."""
    return [kind for kind in Provider if kind is Provider.PASTED or connected(kind)]


def _jitsi(known: Settings) -> Jitsi:
    key = Path(known.jitsi_key_file).read_text("ascii") if known.jitsi_key_file else known.jitsi_secret
    return Jitsi(
        url=known.jitsi_url,
        app_id=known.jitsi_app_id,
        signing_key=key,
        algorithm="RS256" if known.jitsi_key_file else "HS256",
        key_id=known.jitsi_key_id,
        subject=known.jitsi_subject,
        audience=known.jitsi_audience,
    )
