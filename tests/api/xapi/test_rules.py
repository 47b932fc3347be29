"""Whatever is sent, the rules say what is wrong with it, and nothing else goes wrong."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.xapi.rules import keys, showing, statements, values
from app.api.xapi.rules.attachments import SIGNATURE, SIGNATURE_TYPE
from app.api.xapi.rules.documents import Judgement, Seen, judge, merged
from app.api.xapi.rules.multipart import Part, mixed, parts_of
from app.api.xapi.rules.problems import Malformed
from app.api.xapi.rules.reading import read_json, write_json
from app.api.xapi.rules.sameness import fingerprint
from app.api.xapi.rules.signatures import check_signatures
from tests.make.speakers import statement

FULL: dict[str, Any] = statement(
    actor={"objectType": "Group", "name": "Line 4", "member": [{"mbox": "mailto:a@e.org"}, {"openid": "https://e.org/b"}]},
    object={
        "objectType": "SubStatement", "actor": {"mbox_sha1sum": "a" * 40}, "verb": {"id": "http://e.org/did"},
        "object": {"id": "http://e.org/q", "definition": {"interactionType": "choice", "choices": [{"id": "a", "description": {"km": "ក"}}]}},
    },
    result={"score": {"raw": 3, "min": 0, "max": 5, "scaled": 0.6}, "success": True, "duration": "P1DT2H0.25S", "extensions": {"http://e.org/x": None}},
    context={
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7", "language": "zh-Hans-CN", "instructor": {"account": {"homePage": "http://e.org", "name": "t"}},
        "contextActivities": {"parent": [{"id": "http://e.org/course"}]}, "statement": {"objectType": "StatementRef", "id": "ec531277-b57b-4c15-8d91-d292c5b2b8f7"},
        "contextAgents": [{"objectType": "contextAgent", "agent": {"mbox": "mailto:c@e.org"}, "relevantTypes": ["http://e.org/t"]}],
        "contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", "mbox": "mailto:g@e.org"}}],
    },
    timestamp="2026-03-01T10:00:00.5+07:00",
)  # fmt: skip
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, each in inner for place in _places(each, (*path, name)))]


def _changed(path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = json.loads(json.dumps(FULL))
    holder = copy
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    return copy


def test_a_full_statement_is_right() -> None:
    [checked] = statements.checked_batch(json.loads(json.dumps(FULL)), is_new=True)
    assert len(keys.keys_of(statements.settled(checked))) >= 10
    with pytest.raises(Malformed, match=r"contextAgents|contextGroups"):
        statements.checked_batch(FULL, is_new=False)


@settings(max_examples=150)
@given(st.sampled_from(_places(FULL)), JSON)
def test_any_value_in_any_place_is_right_or_malformed(path: tuple[Any, ...], value: Any) -> None:
    sent = _changed(path, value)
    try:
        batch = statements.checked_batch(sent, is_new=True)
    except Malformed as problem:
        assert str(problem)
        return
    for each in batch:
        kept = statements.settled(each)
        assert keys.keys_of(kept) and len(fingerprint(kept)) == 64
        for kind in ("ids", "canonical"):
            assert showing.in_format(json.loads(json.dumps(kept)), kind, ["km"])


@settings(max_examples=50)
@given(JSON)
def test_json_comes_back_as_it_was(value: Any) -> None:
    assert read_json(write_json(value).encode()) == value


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=4))
def test_parts_come_back_as_they_were(bodies: list[bytes]) -> None:
    boundary = "b" * 32
    parts = [Part({"content-type": "text/plain"}, body) for body in bodies]
    assert parts_of(mixed(parts, boundary), f'multipart/mixed; boundary="{boundary}"') == parts


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_moments_come_back_as_they_were(at: datetime) -> None:
    assert values.moment(values.written(at), "timestamp") == at


@pytest.mark.parametrize("wrong", ["2026-03-01", "2026-02-30T10:00:00Z", "2026-03-01T10:00:00-00:00", "2026-03-01T25:00:00Z", "now", 7, None])
def test_what_is_no_moment(wrong: Any) -> None:
    with pytest.raises(Malformed):
        values.moment(wrong, "timestamp")


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"timestamp": "2026-03-01T03:00:00.500Z"}, True), ({"version": "2.0.0"}, True), ({"timestamp": "2026-03-01T03:00:01Z"}, False),
        ({"verb": {**FULL["verb"], "display": {"en": "x"}}}, True), ({"verb": {"id": "http://e.org/other"}}, False),
        ({"actor": {**FULL["actor"], "member": FULL["actor"]["member"][::-1]}}, True),
        ({"result": {**FULL["result"], "duration": "P1DT2H0.259S"}}, True), ({"result": {**FULL["result"], "duration": "P1DT2H0.26S"}}, False),
    ],
)
def test_when_two_are_the_same(change: dict[str, Any], is_same: bool) -> None:
    assert (fingerprint({**FULL, **change}) == fingerprint(FULL)) is is_same


@pytest.mark.parametrize(
    ("etag", "seen", "expected"),
    [
        (None, Seen(must_say=True), Judgement.FINE), ("a", Seen(must_say=True), Judgement.UNSEEN), ("a", Seen(), Judgement.FINE),
        ("a", Seen('"a"', must_say=True), Judgement.FINE), ("a", Seen('"b"'), Judgement.OUTDATED), (None, Seen("*"), Judgement.OUTDATED),
        ("a", Seen(None, "*"), Judgement.OUTDATED), (None, Seen(None, "*", must_say=True), Judgement.FINE),
        (None, Seen(must_say=True, also_of_nothing=True), Judgement.SILENT), ("a", Seen('W/"b", "a"'), Judgement.FINE),
    ],
)
def test_over_what_a_document_may_be_written(etag: str | None, seen: Seen, expected: Judgement) -> None:
    assert judge(etag, seen) is expected


def test_documents_are_joined_property_by_property() -> None:
    joined = merged(b'{"a": {"x": 1}, "b": 1}', "application/json", b'{"a": {"y": 2}}', "application/json; charset=utf-8")
    assert json.loads(joined) == {"a": {"y": 2}, "b": 1}
    for before, kind, sent in ((b"{}", "text/plain", b"{}"), (b"[]", "application/json", b"{}"), (b"{}", "application/json", b"7")):
        with pytest.raises(Malformed):
            merged(before, kind, sent, "application/json")


def _signed(payload: dict[str, Any], algorithm: str = "RS256") -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": algorithm}, payload))
    proof = key.sign(head + b"." + body, padding.PKCS1v15(), hashes.SHA256())
    return head + b"." + body + b"." + base64.urlsafe_b64encode(proof).rstrip(b"=")


def test_a_signature_speaks_of_its_statement() -> None:
    about = {"usageType": SIGNATURE, "display": {"en": "Signature"}, "contentType": SIGNATURE_TYPE, "length": 1, "sha2": "a" * 64}
    signed = {**FULL, "attachments": [about]}
    check_signatures(signed, {"a" * 64: _signed(FULL)})
    wrong = [_signed({**FULL, "actor": {"mbox": "mailto:x@e.org"}}), _signed(FULL, "HS256"), b"a.b", b"\xff.\xff.\xff", _signed({"actor": 7, "verb": 7, "object": 7})]
    for signature in wrong:
        with pytest.raises(Malformed):
            check_signatures(signed, {"a" * 64: signature})
    with pytest.raises(Malformed):
        check_signatures(signed, {})


@pytest.mark.parametrize(("before", "after"), [("a003020102", "a003020106"), ("2a864886f70d010101", "2a864886f70d01017f")])
def test_a_certificate_of_a_kind_that_nobody_knows(before: str, after: str) -> None:
    """An edition of X.509, a kind of key."""
    key, name, at = rsa.generate_private_key(65537, 2048), x509.Name([]), datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = builder.not_valid_before(at).not_valid_after(at.replace(year=2030)).sign(key, hashes.SHA256())
    sent = made.public_bytes(serialization.Encoding.DER).replace(bytes.fromhex(before), bytes.fromhex(after))
    head, body = (base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in ({"alg": "RS256", "x5c": [base64.b64encode(sent).decode()]}, FULL))
    proof = base64.urlsafe_b64encode(key.sign(head + b"." + body, padding.PKCS1v15(), hashes.SHA256())).rstrip(b"=")
    about = {"usageType": SIGNATURE, "display": {}, "contentType": SIGNATURE_TYPE, "length": 1, "sha2": "a" * 64}
    with pytest.raises(Malformed, match="cannot be read"):
        check_signatures({**FULL, "attachments": [about]}, {"a" * 64: b".".join((head, body, proof))})


def _with_certificate(payload: dict[str, Any], key: rsa.RSAPrivateKey, holder: rsa.RSAPrivateKey, **header: Any) -> bytes:
    """A signature by a key, with the certificate of another - or the same - one."""
    name, at = x509.Name([]), datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(holder.public_key()).serial_number(1)
    der = builder.not_valid_before(at).not_valid_after(at.replace(year=2030)).sign(holder, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    told = {"alg": "RS256", "x5c": [base64.b64encode(der).decode()], **header}
    head, body = (base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in (told, payload))
    proof = base64.urlsafe_b64encode(key.sign(head + b"." + body, padding.PKCS1v15(), hashes.SHA256())).rstrip(b"=")
    return b".".join((head, body, proof))


def test_a_signature_is_checked_by_the_certificate_that_comes_in_it() -> None:
    own, other = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    about = {"usageType": SIGNATURE, "display": {}, "contentType": SIGNATURE_TYPE, "length": 1, "sha2": "a" * 64}
    signed = {**FULL, "attachments": [about]}
    check_signatures(signed, {"a" * 64: _with_certificate(FULL, own, own)})
    forged = {
        "of another key": (_with_certificate(FULL, own, other), "not made by its certificate"),
        "by another hash": (_with_certificate(FULL, own, own, alg="RS512"), "not made by its certificate"),
        "no certificate": (_with_certificate(FULL, own, own, x5c=["AAAA"]), "cannot be read"),
        "no list": (_with_certificate(FULL, own, own, x5c={"0": "x"}), "cannot be read"),
        "an empty text": (_with_certificate(FULL, own, own, x5c=[""]), "cannot be read"),
        "a number": (_with_certificate(FULL, own, own, x5c=[7]), "cannot be read"),
        "another statement": (_with_certificate({**FULL, "verb": {"id": "http://e.org/x"}}, own, own), "is another statement"),
    }
    for signature, reason in forged.values():
        with pytest.raises(Malformed, match=reason):
            check_signatures(signed, {"a" * 64: signature})
    head, body, proof = _with_certificate(FULL, own, own).split(b".")
    for changed in (b".".join((head, body, proof[:-8] + b"AAAAAAAA")), b".".join((head, body, b""))):
        with pytest.raises(Malformed, match="not made by its certificate"):
            check_signatures(signed, {"a" * 64: changed})


@pytest.mark.parametrize(
    "body",
    [
        b"", b"--Y--", b"--Y\r\n\r\nx", b"--Y\r\nContent-Type: a/b\r\nx\r\n--Y--", b"--Y\r\nno colon\r\n\r\nx\r\n--Y--",
        b"--Y junk\r\n\r\nx\r\n--Y--", b"--Z\r\n\r\nx\r\n--Z--", b"--Y\n\nx\n--Y--", b"--Y\r\n\r\nx\r\n" * 300 + b"--Y--",
    ],
)
def test_parts_that_are_none(body: bytes) -> None:
    with pytest.raises(Malformed):
        parts_of(body, "multipart/mixed; boundary=Y")


@pytest.mark.parametrize("language", ["en", "km-KH", "zh-Hans-CN", "sr-Latn-RS-u-nu-latn", "x-factory", "i-klingon"])
def test_languages(language: str) -> None:
    values.check_language_map({language: "x"}, "name")


@pytest.mark.parametrize("language", ["", "e", "en_US", "english language", "en-", "-en", "\u17a2", "en-US\n", "a" * 9])
def test_what_is_no_language(language: str) -> None:
    with pytest.raises(Malformed):
        values.check_language_map({language: "x"}, "name")


def test_letters_in_another_encoding_are_another_statement() -> None:
    """What was said is kept to the letter: two spellings of one look are two contents."""
    spelled = [{**FULL, "result": {"response": text}} for text in ("\u00e9", "e\u0301")]
    assert fingerprint(spelled[0]) != fingerprint(spelled[1])
    assert read_json(write_json(spelled[1]))["result"]["response"] == "e\u0301"
