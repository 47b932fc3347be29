"""Every fate of a mail, with a real server at the other end."""

import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from app.platform.config import Settings
from app.platform.mail.address import AddressError
from app.platform.mail.smtp import Delivery, Outcome, SmtpTransport, deliver
from tests.peers.smtp import SmtpPeer

SENDER, PERSON = "training@seamwise.example", "sophea@factory.example"
RAW = b"Subject: Hello\r\n\r\n.one\r\n..two\r\n" + b"x" * 300 + b"\r\n"


def send(
    peer: SmtpPeer, recipient: str = PERSON, *, timeout: float = 5, security: str = "plain", **more: str
) -> Delivery:
    settings = Settings(smtp_host=peer.host, smtp_port=peer.port, smtp_security=security, **more)
    return deliver(RAW, SENDER, recipient, settings, timeout)


def test_a_mail_arrives_byte_for_byte() -> None:
    with SmtpPeer() as peer:
        settings = Settings(smtp_host=peer.host, smtp_port=peer.port, smtp_security="plain")
        delivery = SmtpTransport(settings).send(RAW, SENDER, PERSON)
        assert delivery == Delivery(Outcome.SENT, 250, "", f"127.0.0.1:{peer.port}")
        (kept,) = peer.messages
    assert (kept.sender, kept.recipients, kept.raw) == (SENDER, (PERSON,), RAW)


def test_a_refused_recipient_is_final_and_harms_nobody_else() -> None:
    with SmtpPeer() as peer:
        peer.script("gone@factory.example", "550 5.1.1 No such person")
        fates = [send(peer, name) for name in ("a@factory.example", "gone@factory.example", "b@factory.example")]
        assert [fate.outcome for fate in fates] == ["sent", "refused", "sent"]
        assert (fates[1].code, fates[1].reply) == (550, "5.1.1 No such person")
        assert [mail.recipients for mail in peer.messages] == [("a@factory.example",), ("b@factory.example",)]


@pytest.mark.parametrize("step", ["452 4.2.2 Mailbox full", "421 4.3.2 Closing", "data 451 4.7.1 Greylisted", "drop"])
def test_a_passing_trouble_is_deferred_and_the_next_try_succeeds(step: str) -> None:
    with SmtpPeer() as peer:
        peer.script(PERSON, step, "ok")
        assert [send(peer).outcome, send(peer).outcome] == ["deferred", "sent"]
        assert len(peer.messages) == 1


def test_a_mail_refused_after_its_text_is_final() -> None:
    with SmtpPeer() as peer:
        peer.script(PERSON, "data 554 5.7.1 Looks like spam")
        delivery = send(peer)
        assert (delivery.outcome, delivery.code, peer.messages) == ("refused", 554, [])


def test_a_line_that_dies_after_the_mail_is_tried_again_with_the_same_bytes() -> None:
    with SmtpPeer() as peer:
        peer.script(PERSON, "keep and drop", "ok")
        assert [send(peer).outcome, send(peer).outcome] == ["deferred", "sent"]
        assert [mail.raw for mail in peer.messages] == [RAW, RAW]


def test_a_slow_answer_is_deferred_after_the_timeout() -> None:
    with SmtpPeer() as peer:
        peer.script(PERSON, "slow 5")
        delivery = send(peer, timeout=0.3)
        assert (delivery.outcome, delivery.code) == ("deferred", None)
        assert "timed out" in delivery.reply


def test_a_slow_greeting_is_deferred_after_the_timeout() -> None:
    with SmtpPeer(greet_after=5) as peer:
        assert send(peer, timeout=0.3).outcome == "deferred"
        assert peer.messages == []


@pytest.mark.parametrize("banner", ["554 5.3.2 Not today", "421 4.3.2 Too busy"])
def test_a_server_that_greets_with_an_error_refuses_nobody(banner: str) -> None:
    with SmtpPeer(banner=banner) as peer:
        delivery = send(peer)
        assert (delivery.outcome, delivery.code) == ("deferred", int(banner[:3]))


def test_a_server_that_is_away_is_deferred() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        away = SmtpPeer(port=taken.getsockname()[1])
        delivery = send(away)
    assert (delivery.outcome, delivery.code) == ("deferred", None)
    assert "refused" in delivery.reply


def test_without_encryption_nothing_is_sent_when_encryption_is_asked() -> None:
    with SmtpPeer() as peer:
        assert send(peer, security="starttls").outcome == "deferred"
        assert send(peer, security="tls").outcome == "deferred"
        assert peer.messages == []


def test_a_sign_in_that_fails_is_not_the_fault_of_the_recipient() -> None:
    with SmtpPeer() as peer:
        assert send(peer, smtp_user="seamwise", smtp_password="wrong").outcome == "deferred"
        assert peer.messages == []


def test_a_sender_that_is_not_wanted_is_not_the_fault_of_the_recipient() -> None:
    with SmtpPeer() as peer:
        peer.script(SENDER, "550 5.7.1 Sender not allowed")
        delivery = send(peer)
        assert (delivery.outcome, delivery.code) == ("deferred", 550)


def test_a_rude_farewell_does_not_change_that_the_mail_was_taken() -> None:
    with SmtpPeer(quit_after=5) as peer:
        assert send(peer, timeout=0.3).outcome == "sent"


@pytest.mark.parametrize(
    "recipient", ["a@x.example\nBcc: b@y.example", "a@x.example> RCPT TO:<b@y.example", "a@x, b@y"]
)
def test_an_address_that_is_two_reaches_no_server(recipient: str) -> None:
    with SmtpPeer() as peer:
        with pytest.raises(AddressError):
            send(peer, recipient)
        assert peer.talks == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here: encryption to the mail server is NOT tested")
    where = tmp_path_factory.mktemp("certificate")
    cert, key = where / "cert.pem", where / "key.pem"
    order = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*order, *names], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return cert, context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_mail_arrives_only_at_a_server_that_can_prove_itself(
    security: str, certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = certificate
    with SmtpPeer(certificate=context, starttls=security == "starttls") as peer:
        distrusted = send(peer, security=security)
        assert distrusted.outcome == "deferred" and "certificate" in distrusted.reply.lower()
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert send(peer, security=security).outcome == "sent"
        assert [mail.raw for mail in peer.messages] == [RAW]
