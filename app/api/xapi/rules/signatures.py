"""Signed statements: a JSON web signature (RFC 7515) whose payload is the statement itself."""

import base64
import binascii
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.api.xapi.rules import attachments
from app.api.xapi.rules.problems import Malformed, want
from app.api.xapi.rules.reading import read_json
from app.api.xapi.rules.sameness import is_signed_form

_HASHES = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


def check_signatures(statement: dict[str, Any], files: dict[str, bytes]) -> None:
    """Every signature that comes with a statement speaks of it and, where it brings its certificate, was made by it.

    `files`: hash -> bytes of what came along. Raises Malformed.
    """
    for each in statement.get("attachments", ()):
        if each["usageType"] != attachments.SIGNATURE:
            continue
        is_right = each["contentType"] == attachments.SIGNATURE_TYPE
        want(is_right, "a signature", f"must have the contentType {attachments.SIGNATURE_TYPE}")
        sent = files.get(each["sha2"].lower())
        if sent is None:
            raise Malformed("the signature of a statement did not come along")
        _check(sent, statement)


def _check(signature: bytes, statement: dict[str, Any]) -> None:
    pieces = signature.strip().split(b".")
    want(len(pieces) == 3, "a signature", "must have three parts")
    head, body, proof = (_decoded(piece) for piece in pieces)
    header, payload = read_json(head, "the header of a signature"), read_json(body, "what was signed")
    kind = header.get("alg") if isinstance(header, dict) else None
    if not isinstance(kind, str) or kind not in _HASHES:
        raise Malformed("a signature must use RS256, RS384 or RS512")
    is_same = isinstance(payload, dict) and {"actor", "verb", "object"} <= payload.keys()
    want(is_same and _is_of(statement, payload), "what was signed", "is another statement")
    if chain := header.get("x5c"):
        _verify(chain, kind, pieces[0] + b"." + pieces[1], proof)


def _is_of(statement: dict[str, Any], payload: dict[str, Any]) -> bool:
    try:
        return is_signed_form(statement, payload)
    except (AttributeError, KeyError, TypeError):  # what was signed is no statement at all
        return False


def _decoded(piece: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(piece + b"=" * (-len(piece) % 4))
    except (binascii.Error, ValueError) as error:
        raise Malformed("a signature is not in base64url") from error


def _verify(chain: Any, kind: str, signed: bytes, proof: bytes) -> None:
    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(chain[0]))
        public_key = certificate.public_key()
        if not isinstance(public_key, rsa.RSAPublicKey):
            raise Malformed("the certificate of a signature has no RSA key")
        public_key.verify(proof, signed, padding.PKCS1v15(), _HASHES[kind])
    except (ValueError, TypeError, KeyError, IndexError, x509.InvalidVersion, UnsupportedAlgorithm) as error:
        raise Malformed("the certificate of a signature cannot be read") from error
    except InvalidSignature as error:
        raise Malformed("a signature was not made by its certificate") from error
