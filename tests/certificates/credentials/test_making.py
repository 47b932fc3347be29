"""The worker makes the credential with the file, and the file carries it."""

import io
import json
from pathlib import Path

import pikepdf
from flask import Flask

from app.certificates import jobs
from app.certificates.credentials import making
from app.platform.db import db
from app.platform.files import files
from app.privacy import jobs as privacy
from tests.make import certificates
from tests.make.keys import ADDRESS, Site


def test_what_travels_in_the_file_is_what_is_stored(app: Flask, site: Site, fonts: Path) -> None:
    certificate = certificates.certificate()
    jobs.draw(certificate.id).write()
    db.session.refresh(certificate)
    stored = files().get(certificate.credential_key or "")
    with pikepdf.open(io.BytesIO(files().get(certificate.file_key or ""))) as pdf:
        assert list(pdf.attachments) == ["credential.jwt.json"]
        assert pdf.attachments["credential.jwt.json"].get_file().read_bytes() == stored
    assert stored == making.credential(certificate, site.keys())
    assert json.loads(stored)["embedded"]["id"] == f"{ADDRESS}/c/{certificate.code}"


def test_without_keys_there_is_no_credential(app: Flask, fonts: Path) -> None:
    certificate = certificates.certificate()
    jobs.draw(certificate.id).write()
    db.session.refresh(certificate)
    assert certificate.file_key
    assert certificate.credential_key is None


def test_a_file_that_a_certificate_needs_is_not_deleted(app: Flask, site: Site) -> None:
    certificate = certificates.certificate()
    key = certificate.credential_key = files().put(making.credential(certificate, site.keys()))
    db.session.flush()
    privacy.delete_file(key).write()
    assert files().get(key)
