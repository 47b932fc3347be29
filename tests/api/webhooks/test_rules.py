"""Which addresses may be sent to, and how a receiver checks who sent."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from app.api.v1.resources import RESOURCES
from app.api.webhooks import rules
from app.api.webhooks.labels import HAPPENINGS, PROBLEMS, STATES, UNFIT
from app.api.webhooks.rules import (
    SCOPES,
    TOLD,
    DeliveryState,
    Happening,
    Receiver,
    Unfit,
    is_public,
    new_secret,
    receiver,
    signature,
)
from app.api.webhooks.sending import Problem

PRIVATE = ["127.0.0.1", "127.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "::", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::127.0.0.1", "fc00::1", "fdff::1", "fe80::1", "fe80::1%eth0", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "100::1", "fec0::1"]
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
    host = f"[{address}]" if ":" in address else address
    assert receiver(f"https://{host}/hook", ()) in {Unfit.PRIVATE, Unfit.NO_ADDRESS}


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", Unfit.NO_ADDRESS), ("hook", Unfit.NO_ADDRESS), ("//a.example/x", Unfit.NO_ADDRESS), ("ftp://a.example/", Unfit.NO_ADDRESS), ("file:///etc/passwd", Unfit.NO_ADDRESS),
        ("gopher://a.example", Unfit.NO_ADDRESS), ("https://", Unfit.NO_ADDRESS), ("https://[::1", Unfit.NO_ADDRESS), ("https://a.example:99999/", Unfit.NO_ADDRESS),
        ("https://a.example/\r\nHost: b", Unfit.NO_ADDRESS), ("https://a.example/a b", Unfit.NO_ADDRESS), ("https://a.example\\@b.example/", Unfit.NO_ADDRESS), ("https://bücher.example/", Unfit.NO_ADDRESS),
        ("https://a.example/" + "x" * 500, Unfit.NO_ADDRESS),
        ("http://a.example/", Unfit.NOT_HTTPS), ("https://a.example:8443/", Unfit.PORT), ("https://a.example:22/", Unfit.PORT),
        ("https://user:secret@a.example/", Unfit.SECRET), ("https://user@a.example/", Unfit.SECRET), ("https://a.example/#x", Unfit.SECRET),
        ("http://127.0.0.1/", Unfit.NOT_HTTPS), ("https://127.0.0.1/", Unfit.PRIVATE), ("https://[::ffff:7f00:1]/", Unfit.PRIVATE), ("https://127.0.0.1./", Unfit.PRIVATE),
        *((f"https://{host}/", Unfit.PRIVATE) for host in ("127.1", "0177.0.0.1", "0x7f.1", "2130706433", "0", "LOCALHOST", "a.localhost", "localhost.")),
    ],
)  # fmt: skip
def test_addresses_that_are_refused_by_their_text(url: str, why: Unfit) -> None:
    assert receiver(url, ()) is why


def test_addresses_that_are_taken() -> None:
    assert receiver("https://a.example", ()) == Receiver(True, "a.example", 443, "/", is_named=False)
    assert receiver("https://a.example:443/hook?to=1", ()) == Receiver(True, "a.example", 443, "/hook?to=1", is_named=False)
    assert receiver("https://134744072/", ()) == Receiver(True, "134744072", 443, "/", is_named=False)  # 8.8.8.8
    assert receiver("http://localhost:9000/x", ("localhost:9000",)) == Receiver(False, "localhost", 9000, "/x", is_named=True)
    assert receiver("http://127.0.0.1:9000/x", ("127.0.0.1:9000",)) == Receiver(False, "127.0.0.1", 9000, "/x", is_named=True)
    assert receiver("http://127.0.0.1:9001/x", ("127.0.0.1:9000",)) is Unfit.NOT_HTTPS


def test_a_receiver_checks_the_signature() -> None:
    """As Standard Webhooks has it, written out once more."""
    secret, body = new_secret(bytes(range(32))), b'{"type":"ping"}'
    wanted = base64.b64encode(hmac.new(bytes(range(32)), b'msg_1.1700000000.{"type":"ping"}', hashlib.sha256).digest()).decode()
    assert secret.startswith("whsec_")
    assert signature(secret, "msg_1", 1_700_000_000, body) == f"v1,{wanted}"
    others = (("msg_2", 1_700_000_000, body), ("msg_1", 1_700_000_001, body), ("msg_1", 1_700_000_000, body + b" "))
    assert len({signature(secret, *each) for each in others} | {f"v1,{wanted}"}) == 4


def test_everything_has_its_words_and_its_resource() -> None:
    assert (set(HAPPENINGS), set(STATES), set(UNFIT), set(PROBLEMS)) == (set(Happening), set(DeliveryState), set(Unfit), set(Problem))
    scopes = {resource.name: resource.scope for resource in RESOURCES}
    assert all(SCOPES[each.resource] is scopes[each.resource] for each in TOLD)


@pytest.mark.parametrize(
    ("state", "happened", "tried", "shown"),
    [
        ("failed", 2, 0, "failed"), ("failed", 4, 0, "failed"), ("failed", 4, 2, "dropped"), ("failed", 2, 2, "failed"),
        ("delivered", 4, 4, "delivered"), ("waiting", 4, 4, "waiting"),
    ],
)  # fmt: skip
def test_what_nobody_tries_any_more_is_not_shown_as_if(state: str, happened: int, tried: int, shown: str) -> None:
    at = datetime(2026, 3, 10, tzinfo=UTC)
    found = rules.shown(DeliveryState(state), at - timedelta(days=happened), at - timedelta(days=tried), at)
    assert found is DeliveryState(shown)
