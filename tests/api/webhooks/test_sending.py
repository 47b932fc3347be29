"""Messages leave for the public internet and for nowhere else."""

import datetime
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.api.webhooks import sending
from app.api.webhooks.rules import Receiver
from app.api.webhooks.sending import Problem, Unsent, post
from tests.peers.receiver import receiving

pytestmark = pytest.mark.any_engine
OUTSIDE = Receiver(True, "receiver.example", 443, "/hook", is_named=False)


def names(*addresses: str) -> Callable[..., Any]:
    """A name server that knows one name."""
    return lambda _host, port, *_more, **_named: [(socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["169.254.169.254"], ["100.64.0.1"], ["fc00::1"]])
def test_a_name_that_leads_into_a_private_network_is_not_connected_to(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names(*addresses))
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_n: pytest.fail("connected"))
    with pytest.raises(Unsent) as refused:
        post(OUTSIDE, {}, b"")
    assert refused.value.problem is Problem.PRIVATE


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means something private a moment later is never asked again."""
    asked, connected = [], []

    def resolve(host: str, port: int, **named: Any) -> Any:
        asked.append(host)
        return names("93.184.216.34" if len(asked) == 1 else "127.0.0.1")(host, port, **named)

    def connect(where: tuple[str, int], **_named: object) -> socket.socket:
        connected.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unsent):
        post(OUTSIDE, {}, b"")
    assert (asked, connected) == (["receiver.example"], [("93.184.216.34", 443)])


def test_an_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_arguments: object, **_named: object) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    with pytest.raises(Unsent) as refused:
        post(OUTSIDE, {}, b"")
    assert refused.value.problem is Problem.UNKNOWN


def test_redirects_are_answers() -> None:
    with receiving() as peer:
        peer.answers = [302]
        assert post(Receiver(False, "127.0.0.1", peer.port, "/hook?x=1", is_named=True), {"webhook-id": "1"}, b"{}") == 302
        [(path, headers, body)] = peer.came
    assert (path, headers["webhook-id"], headers["host"], body) == ("/hook?x=1", "1", f"127.0.0.1:{peer.port}", b"{}")


def test_who_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.2)
    with receiving() as peer:
        peer.wait.clear()
        with pytest.raises(Unsent) as refused:
            post(Receiver(False, "127.0.0.1", peer.port, "/", is_named=True), {}, b"")
    assert refused.value.problem is Problem.UNREACHED


def test_https_with_the_name_that_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate must be for the name, and somebody must vouch for it."""
    chain = _certificate(tmp_path)
    with receiving(chain) as peer:
        to = Receiver(True, "localhost", peer.port, "/", is_named=True)
        monkeypatch.setattr(socket, "getaddrinfo", names("127.0.0.1"))
        with pytest.raises(Unsent) as refused:
            post(to, {}, b"{}")
        assert refused.value.problem is Problem.CERTIFICATE
        monkeypatch.setenv("SSL_CERT_FILE", chain[0])
        assert post(to, {}, b"{}") == 204
        with pytest.raises(Unsent) as refused:
            post(Receiver(True, "elsewhere.example", peer.port, "/", is_named=True), {}, b"{}")
        assert refused.value.problem is Problem.CERTIFICATE
        assert len(peer.came) == 1


def test_who_answers_drop_by_drop_is_left_on_https_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte starts the patience of a socket anew: somebody else must look at the clock."""
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    chain = _certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", chain[0])
    with receiving(chain) as peer:
        peer.drips = 60
        with suppress(Unsent):
            post(Receiver(True, "localhost", peer.port, "/", is_named=True), {}, b"{}")
        assert len(peer.came) == 1 and peer.dripped < peer.drips


def _certificate(folder: Path) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    at = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(at - datetime.timedelta(days=1)).not_valid_after(at + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate, private = folder / "chain.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return str(certificate), str(private)
