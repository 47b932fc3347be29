"""Credentials judged by libraries that are not ours, without network: one Node process, and a library of Python."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3.contexts import load_context
from openvc.errors import OpenvcError
from openvc.jwt_vc_issuer import resolve_jwt_vc_issuer_key
from openvc.proof._jws import verify_compact
from openvc.proof._verify_common import check_jwt_temporal
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite
from openvc.status import check_credential_status

SCRIPT = Path(__file__).with_suffix(".mjs")
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
Json = dict[str, Any]


def in_node(cases: Sequence[Json], controllers: Mapping[str, Json], jwks: Json, issuer: str) -> list[Json]:
    """Digital Bazaar's libraries for embedded proofs and lists, `jose` for tokens: `verified` and `why`, in order.

    A case has `document`, `now` and, for embedded ones, `lists`; its own `controllers` or `jwks` where it has others.
    """
    node = shutil.which("node")
    if node is None or not (SCRIPT.parents[2] / "node_modules" / "jose").exists():
        pytest.skip("no node here, or its packages are not installed")
    asked = {"cases": cases, "controllers": controllers, "jwks": jwks, "issuer": issuer}
    answer = subprocess.run(
        [node, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=False, cwd=SCRIPT.parents[2]
    )
    assert answer.returncode == 0, answer.stderr
    verdicts: list[Json] = json.loads(answer.stdout)
    return verdicts


def token_in_python(token: str, key_set: Json, lists: Mapping[str, str]) -> str:
    """What openvc has against a token and the lists it points at; nothing: it accepts it. It asks our well-known keys.

    Its whole pipeline reads tokens of the data model 1.1 only, so its parts are put together here.
    """
    try:
        claims = _token(token, key_set)
        status = check_credential_status(claims, resolve_status_list=lambda url: _token(lists[url], key_set))
    except OpenvcError as error:
        return f"{type(error).__name__}: {error}"
    return " ".join(name for name in ("revoked", "suspended") if getattr(status, name))


def _token(token: str, key_set: Json) -> Json:
    issuer, kid = VcJwtProofSuite().peek_issuer(token)
    key = resolve_jwt_vc_issuer_key(issuer, kid, fetch=lambda address: _fetched(address, key_set))
    _header, claims = verify_compact(token, public_key_jwk=key)
    check_jwt_temporal(claims, leeway_s=60)
    return claims


def embedded_in_python(document: Json, key_set: Json, lists: Mapping[str, Json]) -> str:
    """What openvc has against an embedded proof and the lists it points at; nothing: it accepts them."""
    try:
        _proven(document, key_set)
        status = check_credential_status(document, resolve_status_list=lambda url: _proven(lists[url], key_set))
    except OpenvcError as error:
        return f"{type(error).__name__}: {error}"
    return " ".join(name for name in ("revoked", "suspended") if getattr(status, name))


def _proven(document: Json, key_set: Json) -> Json:
    method = document["proof"]["verificationMethod"]
    keys = [key for key in key_set["jwks"]["keys"] if key["kid"] == method]
    if len(keys) != 1:
        raise OpenvcError(f"no key {method}")
    held = {OPEN_BADGES: load_context(OPEN_BADGES)}
    return DataIntegrityProofSuite().verify(document, public_key_jwk=keys[0], extra_contexts=held).credential


def _fetched(address: str, key_set: Json) -> Json:
    assert address.endswith("/.well-known/jwt-vc-issuer/issuer"), address
    return key_set
