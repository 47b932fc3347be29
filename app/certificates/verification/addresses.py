"""The address in the QR code of a certificate: it leads to the page, and says and proves the facts by itself."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from app.certificates import face
from app.certificates.models import Certificate
from app.certificates.signing.keys import Keys
from app.certificates.verification import payload
from app.certificates.verification.payload import Claims

LONGEST = 330
"""Signs of an address: a QR code of more is too fine for paper."""
_ECDSA = ec.ECDSA(hashes.SHA256())
_WITHOUT_CHANCE = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
"""A certificate that is drawn again has the same code and so the same file."""
_HALF = payload.SIGNATURE // 2


def signed_address(certificate: Certificate, keys: Keys) -> str:
    """The printed address with the signed facts behind a `#`, which no browser sends to a server."""
    return signed(certificate.face["verify_url"], certificate.code, claims(certificate), keys)


def signed(address: str, code: str, said: Claims, keys: Keys) -> str:
    """The address of a code with these facts behind it."""
    room = (LONGEST - len(address) - 1) * 3 // 4 - payload.SIGNATURE
    facts = payload.pack(said, payload.key_id(payload.public_der(keys.seal.public_key())), room)
    r, s = decode_dss_signature(keys.seal.sign(payload.signed(code, facts), _WITHOUT_CHANCE))
    return f"{address}#{payload.write(facts + r.to_bytes(_HALF) + s.to_bytes(_HALF))}"


def claims(certificate: Certificate) -> Claims:
    """What the code says of a certificate: names, course and days as they are printed."""
    printed, facts = face.thaw(certificate.face), face.thaw_facts(certificate.face)
    return Claims(
        number=printed.number,
        version=facts.version,
        language=printed.name_locale or printed.locale,
        local_name=printed.local_name,
        latin_name=printed.latin_name,
        course=printed.course_english or printed.course,
        hours=facts.hours,
        attended=facts.attended,
        planned=facts.planned,
        score=facts.score,
        issued=printed.issued_on,
        valid_until=facts.last_day,
        first_day=min(facts.half_days, default=None),
        last_day=max(facts.half_days, default=None),
    )


def opened(code: str, fragment: str, key: ec.EllipticCurvePublicKey) -> Claims:
    """The claims of an address that this key signed for this code. Raises payload.Unreadable for any other."""
    data = payload.read(fragment)
    facts, signature = data[: -payload.SIGNATURE], data[-payload.SIGNATURE :]
    found, named = payload.unpack(facts)
    if named != payload.key_id(payload.public_der(key)):
        raise payload.Unreadable("another key")
    r, s = (int.from_bytes(half) for half in (signature[:_HALF], signature[_HALF:]))
    try:
        key.verify(encode_dss_signature(r, s), payload.signed(code, facts), _ECDSA)
    except InvalidSignature as error:
        raise payload.Unreadable("the signature is not that of these facts") from error
    return found
