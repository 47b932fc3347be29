"""Everybody may have the public halves; the web never looks where the private ones are."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from app.access.actor import SYSTEM
from app.certificates.signing import operations, rows
from app.platform.clock import now, telling
from tests.browse import Browse
from tests.make.statements import counted


def test_the_page_lists_all_keys(browse: Browse, own_keys: Path) -> None:
    assert "No keys yet" in browse.get("/certificates/keys").text
    first = operations.create(SYSTEM)
    with telling(now() + timedelta(days=1)):
        second = operations.rotate(SYSTEM)
    own_keys.rename(own_keys.with_name("away"))  # the web does not miss them
    page = browse.get("/certificates/keys").text
    for key in (first, second):
        assert key.name in page
        assert rows.fingerprint(rows.chain(key)[0]) in page
    with counted() as statements:
        browse.get("/certificates/keys")
    assert len(statements) <= 2


def test_root_and_list_are_handed_out(browse: Browse, own_keys: Path) -> None:
    key = operations.create(SYSTEM)
    seal, root = rows.chain(key)
    pem = browse.get(f"/certificates/keys/{key.name}.pem").response
    assert x509.load_pem_x509_certificate(pem.data) == root
    answer = browse.get(f"/certificates/keys/{key.name}.crl").response
    revoked = x509.load_der_x509_crl(answer.data)
    assert answer.mimetype == "application/pkix-crl"
    assert revoked.is_signature_valid(root.public_key())  # type: ignore[arg-type]
    assert revoked.next_update_utc == root.not_valid_after_utc
    assert len(revoked) == 0
    [point] = seal.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name and point.full_name[0].value == f"http://localhost/certificates/keys/{key.name}.crl"


@pytest.mark.parametrize("name", ["nothing.pem", "nothing.crl", "..%2fseal.key.pem"])
def test_what_there_is_not_is_not_found(browse: Browse, name: str) -> None:
    assert browse.get(f"/certificates/keys/{name}").status == 404
