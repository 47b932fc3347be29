"""Verification by file: the digest alone decides."""

import hashlib
import io

import pytest

from app.certificates import operations
from app.certificates.verification import queries, views
from app.certificates.verification.models import CertificateFile
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from tests.browse import Browse, Reply
from tests.make import certificates


def send(browse: Browse, data: bytes, name: str = "certificate.pdf") -> Reply:
    return browse.post("/verify/file", data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def test_our_own_file_is_known(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    data = files().get(certificate.file_key or "")
    reply = send(browse, data)
    assert (reply.status, reply.location) == (303, f"/verify/file/{hashlib.sha256(data).hexdigest()}")
    page = browse.get(reply.location).text
    assert "This file is ours and nobody has changed it." in page
    assert certificate.number in page


def test_a_changed_byte_is_not_ours(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    data = bytearray(files().get(certificate.file_key or ""))
    data[len(data) // 2] ^= 1
    reply = browse.get(send(browse, bytes(data)).location)
    assert reply.status == 404
    assert "We do not know this file" in reply.text


def test_an_earlier_file_and_what_became_of_the_certificate(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    earlier, certificate.file_key = certificate.file_key, "0" * 64
    db.session.flush()
    page = browse.get(f"/verify/file/{earlier}").text
    assert "This is an earlier file of this certificate." in page
    operations.revoke(certificate.completion_id, "Found wrong.")
    page = browse.get(f"/verify/file/{earlier}").text
    assert "This certificate was revoked" in page
    assert "Found wrong." in page


def test_a_file_of_two_certificates_is_that_of_the_newer(browse: Browse) -> None:
    older, newer = (certificates.certificate() for _ in range(2))
    for certificate in (older, newer):
        db.session.add(CertificateFile(certificate_id=certificate.id, digest="a" * 64, noted_at=now()))
    db.session.flush()
    found = queries.any_by_digest("a" * 64)
    assert found is not None
    assert found.certificate.id == newer.id


def test_drawing_again_keeps_one_digest(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    operations.note_file(certificate.id, certificate.file_key or "", left_out=False)
    assert db.session.query(CertificateFile).filter_by(certificate_id=certificate.id).count() == 1


@pytest.mark.parametrize("digest", ["", "x", "A" * 64, "0" * 63, "0" * 65, "0" * 63 + "%0a", "٠" * 64])
def test_what_is_no_digest_does_not_exist(browse: Browse, digest: str) -> None:
    assert browse.get(f"/verify/file/{digest}").status in {404, 405}


def test_nothing_and_too_much(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(browse, b"", "").status == 422
    assert browse.post("/verify/file").status == 422
    assert send(browse, b"").status == 303
    monkeypatch.setattr(views, "LARGEST_FILE", 10)
    reply = send(browse, b"x" * 11)
    assert reply.status == 422
    assert "too large to be one of ours" in reply.text


def test_sending_many_is_stopped(browse: Browse) -> None:
    assert [send(browse, b"x").status for _ in range(31)] == [303] * 30 + [429]
