"""Sealing: a PAdES signature that allows no change after it. Only the worker and commands load this.

The same file, keys and moment give the same bytes (RFC 6979), unless a time-stamping service has its say in them. So a
file that is sealed again after a crash is the one that was sealed before.
"""

import hashlib
import io
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.certificates.signing.errors import SealFailed
from app.certificates.signing.keys import Keys

FIELD = "Seal"
TIMESTAMP_SECONDS = 10
_LARGEST_ANSWER = 1024 * 1024


@dataclass(frozen=True)
class Timestamps:
    """A time-stamping service (RFC 3161) and the roots that its certificates lead to."""

    url: str
    roots: tuple[x509.Certificate, ...] = ()


def seal(pdf: bytes, keys: Keys, *, at: datetime, crl: bytes = b"", timestamps: Timestamps | None = None) -> bytes:
    """The file with an invisible seal of these keys that forbids every change: PAdES B-B.

    `at` is told as the time of the seal. With a time-stamping service: PAdES B-LT; its own time counts, and what is
    needed to check the seal later is put in, `crl` (DER) among it. Raises SealFailed.
    """
    about = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES, **(_kept_with_it(keys, crl, timestamps) if timestamps else {}),
    )  # fmt: skip
    service = _Service(timestamps.url) if timestamps else None
    field = SigFieldSpec(FIELD, box=None)
    try:
        writer = _Writer(io.BytesIO(pdf))
        signer = _Sealer(about, _Signer(keys), timestamper=service, new_field_spec=field)
        signer.at = max(at, keys.chain[0].not_valid_before_utc).replace(microsecond=0)
        sealed: io.BytesIO = signer.sign_pdf(writer)
    except (PdfError, PathError, ValidationError, OSError, ValueError) as error:
        raise SealFailed(f"The file could not be sealed: {error}") from error
    return sealed.getvalue()


def _kept_with_it(keys: Keys, crl: bytes, timestamps: Timestamps) -> dict[str, Any]:
    roots = [asn1(keys.chain[-1]), *map(asn1, timestamps.roots)]
    lists = [asn1_crl.CertificateList.load(crl)] if crl else []
    context = ValidationContext(trust_roots=roots, crls=lists, allow_fetching=True, retroactive_revinfo=True)
    one_piece = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
    return {"embed_validation_info": True, "validation_context": context, "dss_settings": one_piece}


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate as pyHanko has it."""
    loaded: asn1_x509.Certificate = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    return loaded


class _Signer(SimpleSigner):
    """Signs without chance, and without reading the key anew each time."""

    def __init__(self, keys: Keys) -> None:
        others: Sequence[asn1_x509.Certificate] = [asn1(one) for one in keys.chain[1:]]
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        key = keys.seal.private_bytes(serialization.Encoding.DER, form, plain)
        store = SimpleCertificateStore.from_certs(others)  # type: ignore[no-untyped-call]
        super().__init__(asn1(keys.chain[0]), asn1_keys.PrivateKeyInfo.load(key), store)
        self._seal = keys.seal

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return self._seal.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


class _Sealer(PdfSigner):
    at: datetime

    def init_signing_session(self, *arguments: Any, **options: Any) -> PdfSigningSession:
        session = super().init_signing_session(*arguments, **options)
        session.system_time = self.at
        return session


class _Writer(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: what the file says of itself stays, its identifier is not made by chance."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        first, _chance = self._document_id
        self._document_id = ArrayObject([first, ByteStringObject(hashlib.sha256(file.getvalue()).digest()[:16])])

    def _update_meta(self) -> None:
        """Else the day of change, taken from the clock, would be written into two places."""


class _Service(TimeStamper):
    """One POST each time; whatever goes wrong is an OSError that says so."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return self._asked(req)  # nothing else runs meanwhile

    def _asked(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        kind = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        order = urllib.request.Request(self._url, req.dump(), kind)  # noqa: S310 - an address of the settings
        try:
            with urllib.request.urlopen(order, timeout=TIMESTAMP_SECONDS) as reply:  # noqa: S310 - as above
                told = reply.headers.get_content_type(), reply.read(_LARGEST_ANSWER)
        except (OSError, ValueError) as error:
            raise OSError(f"the time-stamping service {self._url} does not answer: {error}") from error
        if told[0] != "application/timestamp-reply":
            raise OSError(f"the time-stamping service {self._url} answered with {told[0]}, not with a time stamp")
        try:
            answer: tsp.TimeStampResp = tsp.TimeStampResp.load(told[1], strict=True)
            answer.native  # noqa: B018 - reads all of it, so that what is broken is found here
        except (ValueError, TypeError) as error:
            raise OSError(f"the time-stamping service {self._url} answered with what is no time stamp") from error
        return answer
