"""What a seal is: PAdES B-B, or B-LT with a time stamp; readers that are not ours find it good."""

import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore

from app.certificates.signing import crl
from app.certificates.signing import keys as sets
from app.certificates.signing.errors import SealFailed
from app.certificates.signing.keys import Keys
from app.certificates.signing.reading import read
from app.certificates.signing.seal import Timestamps, asn1, seal
from app.certificates.signing.trust import Trust

pytestmark = [pytest.mark.slow, pytest.mark.any_engine]

AT = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys"


@pytest.fixture(scope="module")
def keys(folder: Path) -> Keys:
    return sets.create(folder, "one", "Meridian", "http://localhost/crl", AT)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(written)
    return written.getvalue()


def test_a_seal_is_a_certification_that_allows_no_change(keys: Keys, pdf: bytes) -> None:
    sealed = seal(pdf, keys, at=AT)
    assert sealed.startswith(pdf)  # nothing of the file was touched
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        [reference] = opened.Root.Perms.DocMDP.Reference
        assert reference.TransformParams.P == 1
        assert opened.Root.Perms.DocMDP.SubFilter == "/ETSI.CAdES.detached"
        [field] = opened.Root.AcroForm.Fields
        assert field.Rect == [0, 0, 0, 0]
    found = read(sealed, Trust([keys.chain[-1]]))
    assert (found.intact, found.demo, found.at, found.signed_by) == (True, False, AT, "Meridian seal one")


def test_the_same_in_gives_the_same_out(keys: Keys, pdf: bytes) -> None:
    assert seal(pdf, keys, at=AT) == seal(pdf, keys, at=AT)
    assert seal(pdf, keys, at=AT) != seal(pdf, keys, at=AT + timedelta(seconds=1))


def test_what_was_issued_before_there_were_keys_is_sealed_when_they_began(keys: Keys, pdf: bytes) -> None:
    found = read(seal(pdf, keys, at=AT - timedelta(days=30)), Trust([keys.chain[-1]]))
    assert (found.intact, found.at) == (True, keys.chain[0].not_valid_before_utc)


def test_old_seals_hold_after_rotation_and_years(folder: Path, keys: Keys, pdf: bytes) -> None:
    sealed = seal(pdf, keys, at=AT)
    newer = sets.create(folder, "two", "Meridian", "http://localhost/crl", AT + timedelta(days=1000))
    assert read(sealed, Trust([newer.chain[-1]])).intact


def test_the_seal_of_a_stranger_is_none_of_ours(keys: Keys, pdf: bytes, tmp_path: Path) -> None:
    stranger = sets.create(tmp_path / "keys", "one", "Meridian", "http://localhost/crl", AT)
    found = read(seal(pdf, stranger, at=AT), Trust([keys.chain[-1]]))
    assert (found.sealed, found.intact, found.reason) == (True, False, "Nobody known stands behind the seal.")


def test_what_is_no_pdf_cannot_be_sealed(keys: Keys) -> None:
    with pytest.raises(SealFailed):
        seal(b"no PDF", keys, at=AT)


class _Tsa(BaseHTTPRequestHandler):
    """A time-stamping service by pyHanko, on loopback; says what it is told to say."""

    stamper: DummyTimeStamper
    broken = ""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        kind, answer = "application/timestamp-reply", b"no time stamp"
        if not self.broken:
            answer = self.stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
        elif self.broken == "kind":
            kind = "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture(scope="module")
def tsa_root() -> x509.Certificate:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time of tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private = asn1_keys.PrivateKeyInfo.load(key.private_bytes(serialization.Encoding.DER, form, plain))
    _Tsa.stamper = DummyTimeStamper(asn1(made), private)
    return made


@pytest.fixture
def tsa(tsa_root: x509.Certificate) -> Iterator[Timestamps]:
    server = HTTPServer(("127.0.0.1", 0), _Tsa)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Timestamps(f"http://127.0.0.1:{server.server_port}/", (tsa_root,))
    server.shutdown()
    thread.join()
    server.server_close()
    _Tsa.broken = ""


def test_with_a_time_stamp_all_that_checking_needs_is_in_the_file(
    folder: Path, keys: Keys, pdf: bytes, tsa: Timestamps, tsa_root: x509.Certificate
) -> None:
    sealed = seal(pdf, keys, at=AT, crl=crl.make(sets.root(folder), AT, 1), timestamps=tsa)
    assert read(sealed, Trust([keys.chain[-1]])).intact
    reader = PdfFileReader(io.BytesIO(sealed))
    store = DocumentSecurityStore.read_dss(reader)
    assert len(store.crls) == 1
    roots = {"trust_roots": [asn1(keys.chain[-1]), asn1(tsa_root)], "allow_fetching": False}
    context = store.as_validation_context(roots)
    [signature] = reader.embedded_signatures
    status = validate_pdf_signature(signature, context, context)
    assert status.bottom_line and status.timestamp_validity.trusted
    assert str(status.coverage).endswith("ENTIRE_FILE")
    for place in (len(pdf) // 2, len(sealed) - 200, len(pdf) + 100):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        assert not read(changed, Trust([keys.chain[-1]])).intact


@pytest.mark.parametrize("broken", ["kind", "rubbish"])
def test_a_service_that_answers_wrongly_is_named(keys: Keys, pdf: bytes, tsa: Timestamps, broken: str) -> None:
    _Tsa.broken = broken
    with pytest.raises(SealFailed, match=f"time-stamping service {tsa.url}"):
        seal(pdf, keys, at=AT, timestamps=tsa)
