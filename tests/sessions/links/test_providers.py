"""Meeting providers, asked as we ask them, against a server that checks what it is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.sessions.links.providers import ProviderFault, Wanted
from app.sessions.links.providers.bigbluebutton import BigBlueButton
from app.sessions.links.providers.interface import Attendee, MeetingProvider
from app.sessions.links.providers.jitsi import Jitsi
from app.sessions.links.providers.pasted import Pasted
from app.sessions.links.rules import Problem, of_address, of_seat
from tests.peers.meetings import BODIES, Server, serving

AT = datetime(2026, 5, 14, 1, 0, tzinfo=UTC)
WANTED = Wanted(key="k" * 32, seed="s" * 43, title="ការងារ & more <b>", length=timedelta(hours=6), most_people=50)
TRAINER = of_address("trainer@office.example", "Sok Dara", teaches=True)
LEARNER = of_seat(7, "Chan <Srey>")
SECRET = "shared-with-jitsi-0123456789-abcdefghij"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def bbb(server: Server) -> BigBlueButton:
    return BigBlueButton(server.url, server.secret, seconds=0.6)


def test_every_provider_has_the_same_face(bbb: BigBlueButton) -> None:
    faces: list[MeetingProvider] = [bbb, Jitsi("https://j.example", "seamwise", SECRET), Pasted("https://zoom.example/j/1")]
    assert [face.address(WANTED, {}, LEARNER, AT).partition("//")[0] for face in faces] == ["http:", "https:", "https:"]


def test_a_room_is_made_entered_counted_and_ended(server: Server, bbb: BigBlueButton) -> None:
    details = bbb.open(WANTED)
    made = server.meetings[WANTED.key].asked
    assert (made["name"], made["maxParticipants"], made["duration"], made["record"]) == (WANTED.title, "50", "360", "false")
    assert bbb.attendees(WANTED) == []
    for holder in (TRAINER, LEARNER):
        with urlopen(bbb.address(WANTED, details, holder, AT)) as page:
            assert b"You are in" in page.read()
    assert server.meetings[WANTED.key].inside == {
        TRAINER.mark: ("Sok Dara", "MODERATOR"), LEARNER.mark: ("Chan <Srey>", "VIEWER"),
    }
    assert bbb.attendees(WANTED) == [Attendee(TRAINER.mark, "Sok Dara"), Attendee(LEARNER.mark, "Chan <Srey>")]
    bbb.close(WANTED)
    assert server.meetings == {}
    assert bbb.attendees(WANTED) is None
    bbb.close(WANTED)  # ending it again is no fault


def test_making_it_twice_finds_the_first(server: Server, bbb: BigBlueButton) -> None:
    assert bbb.open(WANTED) == bbb.open(WANTED)
    assert len(server.meetings) == 1


def test_a_room_of_somebody_else_is_not_touched(server: Server, bbb: BigBlueButton) -> None:
    other = replace(WANTED, seed="another-site")
    BigBlueButton(server.url, server.secret).open(other)
    for touch in (bbb.open, bbb.close):
        with pytest.raises(ProviderFault) as caught:
            touch(WANTED)
        assert caught.value.problem is Problem.FOREIGN
    assert list(server.meetings) == [WANTED.key] and server.names("end") == []


def test_a_link_is_for_one_opening_of_the_room(server: Server, bbb: BigBlueButton) -> None:
    """Whoever kept the address of an ended meeting does not get into the next one of the same name."""
    old = bbb.address(WANTED, bbb.open(WANTED), LEARNER, AT)
    bbb.close(WANTED)
    bbb.open(WANTED)
    with urlopen(old) as page:
        assert b"mismatchCreateTimeParam" in page.read()
    assert server.meetings[WANTED.key].inside == {}


def test_a_role_cannot_be_changed_in_the_address(server: Server, bbb: BigBlueButton) -> None:
    address = bbb.address(WANTED, bbb.open(WANTED), LEARNER, AT)
    with urlopen(address.replace("role=VIEWER", "role=MODERATOR")) as page:
        assert b"checksumError" in page.read()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mood", "problem"),
    [
        ("away", Problem.AWAY), ("moved", Problem.AWAY), ("slow", Problem.AWAY), ("dripping", Problem.AWAY),
        ("refusing", Problem.REFUSED), *((mood, Problem.GARBLED) for mood in BODIES),
    ],
)
def test_what_goes_wrong_has_a_name_and_an_end(server: Server, bbb: BigBlueButton, mood: str, problem: Problem) -> None:
    server.mood = mood
    with pytest.raises(ProviderFault) as caught:
        bbb.open(WANTED)
    assert caught.value.problem is problem
    assert server.waited_out == 0, "nobody waits for a server that does not come to an end"
    assert server.secret not in str(caught.value) and WANTED.key not in str(caught.value)


def test_no_redirect_is_followed(server: Server, bbb: BigBlueButton) -> None:
    server.mood = "moved"
    with pytest.raises(ProviderFault):
        bbb.open(WANTED)
    assert len(server.paths) == 1


def test_nobody_is_there() -> None:
    with pytest.raises(ProviderFault) as caught:
        BigBlueButton("http://127.0.0.1:1/bigbluebutton/api", "secret", seconds=0.5).open(WANTED)
    assert caught.value.problem is Problem.AWAY and not caught.value.problem.is_final


def _read(address: str, key: object, algorithm: str = "HS256", **options: object) -> dict[str, object]:
    [signed] = parse_qs(urlsplit(address).query)["jwt"]
    wanted = {"audience": "seamwise", "issuer": "seamwise", **options}
    claims: dict[str, object] = jwt.decode(signed, key, algorithms=[algorithm], **wanted)  # type: ignore[arg-type]
    return claims


def test_jitsi_gets_a_short_lived_token_for_one_room_and_one_role() -> None:
    jitsi, at = Jitsi("https://j.example", "seamwise", SECRET), datetime.now(UTC)
    address = jitsi.address(WANTED, {}, TRAINER, at)
    assert address.startswith(f"https://j.example/{WANTED.key}?jwt=")
    claims = _read(address, SECRET)
    assert (claims["room"], claims["sub"], claims["moderator"]) == (WANTED.key, "j.example", True)
    assert claims["context"] == {
        "user": {"id": TRAINER.mark, "name": "Sok Dara", "moderator": True, "affiliation": "owner"}
    }
    assert claims["exp"] - at.timestamp() <= 300  # type: ignore[operator]
    learner = _read(jitsi.address(WANTED, {}, LEARNER, at), SECRET)
    assert learner["moderator"] is False and "office.example" not in address
    with pytest.raises(jwt.ExpiredSignatureError):
        _read(jitsi.address(WANTED, {}, TRAINER, at - timedelta(minutes=6)), SECRET)
    with pytest.raises(jwt.InvalidSignatureError):
        _read(address, "another-secret-0123456789-abcdefghijkl")


def test_jitsi_takes_a_private_key() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    jitsi = Jitsi("https://8x8.example/tenant", "chat", pem, "RS256", "tenant/key-1", "tenant", "jitsi")
    address = jitsi.address(WANTED, {}, LEARNER, datetime.now(UTC))
    claims = _read(address, key.public_key(), "RS256", audience="jitsi", issuer="chat")
    assert claims["sub"] == "tenant" and address.startswith("https://8x8.example/tenant/")
    [signed] = parse_qs(urlsplit(address).query)["jwt"]
    assert jwt.get_unverified_header(signed)["kid"] == "tenant/key-1"
