"""BigBlueButton: each call is a GET whose query is signed with a shared secret."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from app.sessions.links.providers.answers import Answer, read
from app.sessions.links.providers.fetching import SECONDS, fetch
from app.sessions.links.providers.interface import Attendee, ProviderFault, Wanted
from app.sessions.links.rules import Holder, Problem, Provider

_LONGEST_NAME = 60
_GONE = "notFound"


@dataclass(frozen=True)
class BigBlueButton:
    """The server behind an API address such as https://meet.example/bigbluebutton/api."""

    url: str
    secret: str
    seconds: float = SECONDS

    @property
    def kind(self) -> Provider:
        return Provider.BIGBLUEBUTTON

    @property
    def maker(self) -> str:
        """The secret is part of the account, so its digest is part of the name."""
        return f"{self.url} {hashlib.sha256(self.secret.encode()).hexdigest()[:12]}"

    def open(self, wanted: Wanted) -> dict[str, Any]:
        """Repeating it finds the room that is there. Nobody else's is touched: it lacks the sign that only we know."""
        answer = self._ask("create", **self._room(wanted))
        if answer.message == "idNotUnique" or (answer.message == "duplicateWarning" and not self._is_ours(wanted)):
            raise ProviderFault(Problem.FOREIGN, "a meeting of this name is somebody else's")
        _refuse_failure(answer)
        return {"created": answer.texts.get("createTime", "")}

    def close(self, wanted: Wanted) -> None:
        answer = self._ask("getMeetingInfo", meetingID=wanted.key)
        if answer.message == _GONE:
            return
        _refuse_failure(answer)
        if answer.texts.get("metadata/seamwise") != _sign(wanted, "owner"):
            raise ProviderFault(Problem.FOREIGN, "a meeting of this name is somebody else's")
        ended = self._ask("end", meetingID=wanted.key, password=_sign(wanted, "moderator"))
        if ended.message != _GONE:
            _refuse_failure(ended)

    def attendees(self, wanted: Wanted) -> Sequence[Attendee] | None:
        answer = self._ask("getMeetingInfo", meetingID=wanted.key)
        if answer.message == _GONE or answer.texts.get("hasBeenForciblyEnded") == "true":
            return None
        _refuse_failure(answer)
        named = (each for each in answer.attendees if each.get("fullName"))
        return [Attendee(each.get("userID", ""), each["fullName"]) for each in named]

    def address(self, wanted: Wanted, details: Mapping[str, Any], holder: Holder, at: datetime) -> str:
        """`createTime` binds it to this opening of the room: when the room was ended, the link is worth nothing."""
        role = "moderator" if holder.moderates else "viewer"
        asked = {
            "meetingID": wanted.key,
            "fullName": holder.name[:_LONGEST_NAME],
            "userID": holder.mark,
            "role": role.upper(),
            "password": _sign(wanted, role),
            "redirect": "true",
        }
        if created := str(details.get("created", "")):
            asked["createTime"] = created
        return self._signed("join", asked)

    def _is_ours(self, wanted: Wanted) -> bool:
        known = self._ask("getMeetingInfo", meetingID=wanted.key)
        return known.texts.get("metadata/seamwise") == _sign(wanted, "owner")

    def _room(self, wanted: Wanted) -> dict[str, str]:
        """It waits for people however late they come, and ends by itself when nobody ends it."""
        return {
            "meetingID": wanted.key,
            "name": wanted.title[:200],
            "attendeePW": _sign(wanted, "viewer"),
            "moderatorPW": _sign(wanted, "moderator"),
            "duration": str(int(wanted.length.total_seconds() // 60)),
            "maxParticipants": str(wanted.most_people),
            "record": "false",
            "allowStartStopRecording": "false",
            "meetingExpireIfNoUserJoinedInMinutes": "0",
            "meetingExpireWhenLastUserLeftInMinutes": "0",
            "meta_seamwise": _sign(wanted, "owner"),
        }

    def _ask(self, call: str, **asked: str) -> Answer:
        return read(fetch(self._signed(call, asked), self.seconds))

    def _signed(self, call: str, asked: Mapping[str, str]) -> str:
        query = urlencode(asked)
        checksum = hashlib.sha256(f"{call}{query}{self.secret}".encode()).hexdigest()
        return f"{self.url.rstrip('/')}/{call}?{query}&checksum={checksum}"


def _refuse_failure(answer: Answer) -> None:
    if not answer.went_well:
        raise ProviderFault(Problem.REFUSED, f"the meeting server refused: {answer.message[:60] or 'no reason'}")


def _sign(wanted: Wanted, purpose: str) -> str:
    """What only the maker of this room can know, for each purpose another."""
    return hmac.new(wanted.seed.encode(), f"{purpose}:{wanted.key}".encode(), "sha256").hexdigest()[:32]
