"""What a checker was given by a programme - a file, or a folder as `flask certificates keys export` writes it: roots,
and the lists of revoked keys that they signed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from app.certificates.signing.revoked import Revocation, Revocations

TRUST = "Roots in PEM with lists of revoked keys (CRL): a file, or a folder of them."
"""What the option of commands says of itself."""
NO_LIST = (
    "Whether its keys were revoked is not known: --trust has no list of revoked keys. The programme hands it out at "
    "/certificates/keys."
)
"""What commands say of a thing that holds by keys of whose revocation nothing was given."""
_READ = {".pem", ".crl", ".der", ".txt"}
"""What files of a folder are called that are looked into."""
_DASHES = b"-----"
_BLOCKS = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \1-----")
_IN_GOOD_ORDER = {
    x509.ReasonFlags.affiliation_changed, x509.ReasonFlags.superseded, x509.ReasonFlags.cessation_of_operation,
    x509.ReasonFlags.privilege_withdrawn,
}  # fmt: skip
"""Why keys are given up that nobody else has. Whatever is not said may be a theft."""
_WRONG = (
    ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension,
)  # fmt: skip


class TrustUnusable(Exception):
    """What was named cannot be relied on; the message says which file and why."""


@dataclass(frozen=True)
class Trust:
    """Whom a checker believes."""

    roots: Sequence[x509.Certificate] = ()
    revoked: Revocations = Revocations()

    def with_more(self, other: "Trust") -> "Trust":
        """Both together."""
        return Trust([*self.roots, *other.roots], self.revoked.with_more(other.revoked))


def read(place: Path) -> Trust:
    """Roots in PEM, with lists of revoked keys: in one file, or as files of a folder. Raises TrustUnusable."""
    held = [(file, one) for file, data in _bytes(place).items() for one in _held(file, data)]
    certificates = [one for _file, one in held if isinstance(one, x509.Certificate)]
    if not certificates:
        raise _unusable(place, "is no certificate in PEM")
    roots = [one for one in certificates if _is_root(one)]
    if not roots:
        raise _unusable(place, "holds certificates of keys, but no root")
    revoked = Revocations()
    for file, one in held:
        if isinstance(one, x509.CertificateRevocationList):
            revoked = revoked.with_more(_revocations(file, one, roots))
    return Trust(list(dict.fromkeys(roots)), revoked)


def _bytes(place: Path) -> dict[Path, bytes]:
    try:
        listed = sorted(place.iterdir()) if place.is_dir() else [place]
        return {file: file.read_bytes() for file in listed if file == place or file.suffix.lower() in _READ}
    except OSError as error:
        raise TrustUnusable(
            f"{error.filename}, named with --trust, cannot be read: {error.strerror}.") from None


def _held(file: Path, data: bytes) -> Iterator[x509.Certificate | x509.CertificateRevocationList]:
    """All that is in a file. What is cut or not understood is refused: were it passed over, stolen keys would be
    believed.
    """
    kind = file.suffix.lower()
    if kind in {".crl", ".der"} and _DASHES not in data:
        if data:  # keys without a list were once exported with an empty one
            yield _list(file, data, is_pem=False)
        return
    if _DASHES in _BLOCKS.sub(b"", data):
        raise _unusable(file, "is damaged: something in it has no beginning or no end")
    blocks = list(_BLOCKS.finditer(data))
    if not blocks and kind != ".txt":  # words beside the keys
        raise _unusable(file, "is no certificate in PEM")
    for block in blocks:
        what = block[1].decode()
        if what == "X509 CRL":
            yield _list(file, block[0], is_pem=True)
        elif what == "CERTIFICATE":
            yield _certificate(file, block[0])
        elif not what.endswith("KEY"):  # as that of open credentials, which is exported beside
            raise _unusable(file, f"holds what is of a kind that is not known here: {what}")


def _certificate(file: Path, data: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(data)
    except ValueError:
        raise _unusable(file, "is no certificate that can be read") from None


def _list(file: Path, data: bytes, *, is_pem: bool) -> x509.CertificateRevocationList:
    try:
        return x509.load_pem_x509_crl(data) if is_pem else x509.load_der_x509_crl(data)
    except ValueError:
        raise _unusable(file, "is no list of revoked keys that can be read") from None


def _is_root(one: x509.Certificate) -> bool:
    """The certificate of a seal lies beside its root. Taken for one, whoever has its key could name any other keys."""
    try:
        one.verify_directly_issued_by(one)
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except _WRONG:
        return False


def _revocations(file: Path, one: x509.CertificateRevocationList, roots: Sequence[x509.Certificate]) -> Revocations:
    signed_by = next((root for root in roots if _signed(one, root)), None)
    if signed_by is None:
        raise _unusable(file, "is a list of revoked keys that none of the roots beside it signed")
    try:
        is_whole = not any(each.critical for part in (one, *one) for each in part.extensions)
        said = {each.serial_number: _said(each) for each in one}
    except _WRONG:
        is_whole = False
    if not is_whole:  # as RFC 5280 asks: one of changes alone, or for others' keys, says so there
        raise _unusable(file, "is a list of revoked keys of a kind that is not known here")
    return Revocations({(signed_by, serial): each for serial, each in said.items()}, {signed_by: one.last_update_utc})


def _signed(one: x509.CertificateRevocationList, root: x509.Certificate) -> bool:
    try:
        return one.issuer == root.subject and one.is_signature_valid(root.public_key())  # type: ignore[arg-type]
    except _WRONG:
        return False


def _said(entry: x509.RevokedCertificate) -> Revocation:
    since: datetime = entry.revocation_date_utc
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        reason = x509.ReasonFlags.unspecified
    return Revocation(since, is_stolen=reason not in _IN_GOOD_ORDER)


def _unusable(place: Path, what: str) -> TrustUnusable:
    return TrustUnusable(f"{place}, named with --trust, {what}.")
