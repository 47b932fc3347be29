"""What is signed: the credential of a certificate, a status list, and who we are. Values in, JSON out, no clock.

A credential says of its holder what is printed on the certificate and nothing else: the names, the role and the factory
at the time. It has no identifier of the person, not even a hashed one - who knows a person's number could try it.
Its texts are English, since verifiers read them; names stand as they were printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.certificates.credentials import rules
from app.certificates.credentials.rules import Place, Purpose
from app.certificates.face import Facts
from app.certificates.paper.drawing import CertificateFace
from app.platform.documents.scripts import clean

VC = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
"""With its number: the address without one has changed its meaning before."""
ALGORITHM = "EdDSA"
"""RFC 9864 calls it Ed25519 and this name old; verifiers in the field know this one."""
CONTEXTS_OF_KEYS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1", OPEN_BADGES)

Json = dict[str, Any]


@dataclass(frozen=True)
class Organisation:
    """Who issues."""

    base_url: str
    name: str

    @property
    def address(self) -> str:
        return rules.issuer(self.base_url)

    @property
    def profile(self) -> Json:
        return {"id": self.address, "type": ["Profile"], "name": self.name, "url": self.base_url}


@dataclass(frozen=True)
class Issued:
    """What a certificate is besides its face."""

    code: str
    course: str
    """The code of the course in the catalogue."""
    since: datetime
    until: datetime | None
    place: Place


@dataclass(frozen=True)
class PublicKey:
    """One of our keys, as a multikey, with the bytes it is made of."""

    multikey: str
    public: bytes


def credential(face: CertificateFace, facts: Facts, issued: Issued, by: Organisation) -> Json:
    """The credential of a certificate, unsigned. The same values give the same document."""
    course = face.course_english or face.course
    made: Json = {
        "@context": [VC, OPEN_BADGES],
        "id": rules.share_address(by.base_url, issued.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": course,
        "issuer": by.profile,
        "validFrom": moment(issued.since),
        "credentialSubject": _subject(face, facts, _achievement(course, face, facts, issued, by)),
        "evidence": [{"type": ["Evidence"], "name": "Rule met", "narrative": _evidence(face, facts)}],
        "credentialStatus": [_status(by.base_url, issued.place, purpose) for purpose in Purpose],
    }
    if issued.until is not None:
        made["validUntil"] = moment(issued.until)
    return made


def _subject(face: CertificateFace, facts: Facts, achievement: Json) -> Json:
    names = [name for name in dict.fromkeys((clean(face.latin_name), clean(face.local_name))) if name]
    subject: Json = {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"} for name in names
        ],
        "achievement": achievement,
        "licenseNumber": face.number,
    }
    if face.role:
        subject["role"] = face.role
    if facts.half_days:
        subject["activityStartDate"] = min(facts.half_days).isoformat()
        subject["activityEndDate"] = max(facts.half_days).isoformat()
    return subject


def _achievement(course: str, face: CertificateFace, facts: Facts, issued: Issued, by: Organisation) -> Json:
    title = f"{course} ({face.course})" if face.course != course else course
    achievement: Json = {
        "id": f"{by.base_url}/courses/{issued.course}/versions/{facts.version}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": course,
        "description": f"{title}, {facts.hours:g} hours, version {facts.version}.",
        "criteria": {"narrative": "Attend the half-days and meet the rule of this version of the course."},
        "inLanguage": face.locale,
        "version": facts.version,
    }
    if face.themes:
        achievement["tag"] = list(dict.fromkeys(face.themes))
    return achievement


def _evidence(face: CertificateFace, facts: Facts) -> str:
    days = ", ".join(day.isoformat() for day in facts.attended_days)
    sentences = [f"Attended {facts.attended} of {facts.planned} half-days{f' ({days})' if days else ''}."]
    if facts.score is not None:
        sentences.append(f"Reached {facts.score:.0%} in the final test.")
    sentences.append(f"{facts.hours:g} hours, version {facts.version} of the course, {face.programme}.")
    if face.factory:
        sentences.append(f"Factory at the time: {face.factory}.")
    return " ".join(sentences)


def _status(base_url: str, place: Place, purpose: Purpose) -> Json:
    address = rules.list_address(base_url, place.number, purpose)
    return {
        "id": f"{address}#{place.position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": str(purpose),
        "statusListIndex": str(place.position),
        "statusListCredential": address,
    }


def status_list(by: Organisation, number: int, purpose: Purpose, positions: Sequence[int], at: datetime) -> Json:
    """The list of one purpose, unsigned; `positions` are those of what is revoked, or suspended."""
    address = rules.list_address(by.base_url, number, purpose)
    return {
        "@context": [VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": by.address,
        "validFrom": moment(at),
        "validUntil": moment(at + rules.LISTS_HOLD),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": str(purpose),
            "ttl": round(rules.COPIES_ARE_KEPT.total_seconds() * 1000),
            "encodedList": rules.encoded_list(positions),
        },
    }


def claims(document: Json) -> Json:
    """What a compact token carries: the document itself, and beside it what is registered for tokens."""
    issuer = document["issuer"]
    registered: Json = {
        "iss": issuer if isinstance(issuer, str) else issuer["id"],
        "jti": document["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        registered["exp"] = _seconds(document["validUntil"])
    return {**document, **registered}


def controller(by: Organisation, keys: Sequence[PublicKey]) -> Json:
    """Who we are and every key that ever signed and was not revoked: what a retired key has signed stays good."""
    methods = [
        {
            "id": rules.method(by.address, key.multikey),
            "type": "Multikey",
            "controller": by.address,
            "publicKeyMultibase": key.multikey,
        }
        for key in keys
    ]
    return {
        "@context": list(CONTEXTS_OF_KEYS),
        **by.profile,
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }


def key_set(by: Organisation, keys: Sequence[PublicKey]) -> Json:
    """The same keys for verifiers of tokens that ask the well-known address."""
    return {"issuer": by.address, "jwks": {"keys": [jwk(by.address, key) for key in keys]}}


def jwk(issuer: str, key: PublicKey) -> Json:
    """A key as JSON Web Key."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": rules.base64url(key.public),
        "kid": rules.method(issuer, key.multikey),
        "alg": ALGORITHM,
        "use": "sig",
    }


def moment(at: datetime) -> str:
    """A moment in UTC, in whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
