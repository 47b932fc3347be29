"""Private keys in files: making a set, and reading the one that signs. Web processes never read them."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

ROOT_KEY, ROOT = "root.key", "root.pem"
SEAL_KEY, SEAL_CHAIN, CREDENTIAL_KEY = "seal.key", "seal.pem", "credential.key"
ROOT_YEARS, SEAL_YEARS = 10, 3
_CLOCKS_DIFFER = timedelta(days=1)

PrivateKey = ec.EllipticCurvePrivateKey | Ed25519PrivateKey
Root = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]
"""The key and the certificate of a root."""


class KeysUnusable(Exception):
    """The keys cannot be used; the message says which file and what to do."""


class KeysUnknown(KeysUnusable):
    """There are keys in the folder that the database does not know."""


@dataclass(frozen=True)
class Keys:
    """One set: a P-256 key with its chain for files and codes, an Ed25519 key for open credentials."""

    name: str
    seal: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...]
    """The certificate of the seal, then the root."""
    credential: Ed25519PrivateKey

    @property
    def seal_chain(self) -> str:
        """As `SigningKey.seal_chain` keeps it."""
        return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in self.chain)

    @property
    def credential_public(self) -> str:
        """As `SigningKey.credential_public` keeps it."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.credential.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def create(folder: Path, name: str, organisation: str, crl_address: str, at: datetime) -> Keys:
    """Make and store a set of this name, and the root where there is none. Raises FileExistsError for a taken name."""
    root_key, issuer = _root(folder, organisation, at)
    if (folder / name).exists():
        raise FileExistsError(name)
    seal, credential = ec.generate_private_key(ec.SECP256R1()), Ed25519PrivateKey.generate()
    chain = (_seal_certificate(seal, name, organisation, crl_address, (root_key, issuer), at), issuer)
    keys = Keys(name, seal, chain, credential)
    aside = folder / f".{name}"  # a set that is cut off while it is made is none
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    _store(aside / SEAL_KEY, _private(seal))
    _store(aside / SEAL_CHAIN, keys.seal_chain.encode())
    _store(aside / CREDENTIAL_KEY, _private(credential))
    aside.rename(folder / name)
    return keys


def names(folder: Path) -> list[str]:
    """The sets in a folder, the oldest first; none where there is no folder. Raises KeysUnusable."""
    try:
        places = [place for place in folder.glob("[!.]*") if place.is_dir()] if folder.exists() else []
        return [place.name for place in sorted(places, key=lambda place: (place.stat().st_mtime_ns, place.name))]
    except OSError as error:
        raise KeysUnusable(f"{folder} cannot be read: {error.strerror}. The worker needs to read it.") from error


def root(folder: Path, before: str = "") -> Root:
    """The root that signs now; `before` are the first letters of the files of an earlier one. Raises KeysUnusable."""
    key = _read_key(folder / f"{before}{ROOT_KEY}")
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeysUnusable(f"{folder / before}{ROOT_KEY} is no elliptic key. Put the key of the root back.")
    return key, x509.load_pem_x509_certificate(_read(folder / f"{before}{ROOT}"))


def root_behind(folder: Path, certificate: x509.Certificate) -> Root:
    """The root with this certificate, be it one of before. Raises KeysUnusable."""
    for file in sorted(folder.glob(f"*{ROOT}")):
        if x509.load_pem_x509_certificate(_read(file)) == certificate:
            return root(folder, file.name.removesuffix(ROOT))
    raise KeysUnusable(f"The root of these keys is not in {folder}. Put {ROOT_KEY} and {ROOT} back.")


def load(folder: Path, name: str) -> Keys:
    """The set of this name. Raises KeysUnusable."""
    place = folder / name
    seal, credential = _read_key(place / SEAL_KEY), _read_key(place / CREDENTIAL_KEY)
    if not (isinstance(seal, ec.EllipticCurvePrivateKey) and isinstance(seal.curve, ec.SECP256R1)):
        raise KeysUnusable(f"{place / SEAL_KEY} is no P-256 key. Put the right file back, or rotate the keys.")
    if not isinstance(credential, Ed25519PrivateKey):
        raise KeysUnusable(f"{place / CREDENTIAL_KEY} is no Ed25519 key. Put the right file back, or rotate the keys.")
    try:
        chain = tuple(x509.load_pem_x509_certificates(_read(place / SEAL_CHAIN)))
    except ValueError as error:
        raise KeysUnusable(f"{place / SEAL_CHAIN} holds no certificates in PEM.") from error
    if chain[0].public_key() != seal.public_key():
        raise KeysUnusable(f"{place / SEAL_KEY} is not the key of {place / SEAL_CHAIN}.")
    return Keys(name, seal, chain, credential)


def _root(folder: Path, organisation: str, at: datetime) -> Root:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / ROOT).exists():
        found = root(folder)
        if found[1].not_valid_after_utc >= at + _years(SEAL_YEARS):
            return found
        for name in (ROOT_KEY, ROOT):  # it ends before a new seal would: the next root takes its place
            (folder / name).rename(folder / f"until-{found[1].not_valid_after_utc:%Y-%m-%d}-{name}")
    elif names(folder):
        raise KeysUnusable(f"{folder / ROOT} is missing. Put it back: it stands at the end of every {SEAL_CHAIN}.")
    else:
        (folder / ROOT_KEY).unlink(missing_ok=True)  # cut off between the two, with nothing signed yet
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(organisation, f"{organisation} root")
    usage = _usage(key_cert_sign=True, crl_sign=True)
    limits = x509.BasicConstraints(ca=True, path_length=0)
    builder = _builder(subject, subject, key.public_key(), at, ROOT_YEARS)
    built = builder.add_extension(limits, critical=True).add_extension(usage, critical=True)
    built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    _store(folder / ROOT_KEY, _private(key))
    _store(folder / ROOT, built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return root(folder)


def _seal_certificate(
    key: ec.EllipticCurvePrivateKey, name: str, organisation: str, crl_address: str,
    root: Root, at: datetime,
) -> x509.Certificate:  # fmt: skip
    root_key, issuer = root
    builder = _builder(
        _name(organisation, f"{organisation} seal {name}"), issuer.subject, key.public_key(), at, SEAL_YEARS
    )
    crl = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_address)], None, None, None)
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .add_extension(x509.CRLDistributionPoints([crl]), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, years: int
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    until = at + _years(years)
    return (
        builder.serial_number(x509.random_serial_number()).not_valid_before(at - _CLOCKS_DIFFER).not_valid_after(until)
    )


def _years(count: int) -> timedelta:
    return timedelta(days=round(365.25 * count))


def _name(organisation: str, common: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ])  # fmt: skip


_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _usage(**granted: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**(dict.fromkeys(_USAGES, False) | granted))


def _private(key: PrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _store(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeysUnusable(f"{path} cannot be read: {error.strerror}. The worker needs to read it.") from error


def _read_key(path: Path) -> object:
    try:
        return serialization.load_pem_private_key(_read(path), None)
    except (ValueError, TypeError) as error:
        raise KeysUnusable(f"{path} holds no private key in PEM without a password.") from error
