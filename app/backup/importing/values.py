"""What a row of a stranger may say. SQLite takes any text for a day, and no engine knows what is the hash of what: what
Seamwise never writes could keep an account from signing in, or stand for a row of somebody else.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.accounts.policy import EVERYWHERE
from app.accounts.rules import normal_email
from app.backup import file_columns
from app.backup.numbers import is_random
from app.backup.rules import Kind, NotValid, Table
from app.certificates.retention import GONE
from app.platform.db import Base

Judge = Callable[[Any], bool]
HIGHEST = 2**31 - 1
"""Of whole numbers; those of rows are half of it at most, so that there is room for all that come later."""
_FAR = 2**63 - 1
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,10})?", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_KEY = re.compile(r"[0-9a-f]{64}")
_KEY_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,60}")


def judge(table: Table, names: Sequence[str] = ()) -> Callable[[Sequence[Any]], None]:
    """What raises NotValid for a row, or some columns of it, that Seamwise never writes."""
    columns = [column for column in table.columns if not names or column.name in names]
    values = [(column.name, _of(table.name, column.name, column.kind)) for column in columns]
    may_be_empty = {each.name for each in Base.metadata.tables[table.name].columns if each.nullable}
    whole = None if names else _ROWS.get(table.name)

    def refuse(row: Sequence[Any]) -> None:
        for value, (name, fits) in zip(row, values, strict=True):
            if not (name in may_be_empty if value is None else _holds(fits, value)):
                raise NotValid(f"A row of {table.name} says what Seamwise never writes ({name}).")
        if whole and not _holds(whole, {name: value for value, (name, _) in zip(row, values, strict=True)}):
            raise NotValid(f"A row of {table.name} is none that may come: {_REASONS[table.name]}.")

    return refuse


def _holds(fits: Judge, value: Any) -> bool:
    try:
        return fits(value)
    except (ValueError, TypeError, KeyError, RecursionError, InvalidSignature, UnsupportedAlgorithm):
        return False


@cache
def _of(table: str, name: str, kind: Kind) -> Judge:
    column = Base.metadata.tables[table].columns[name]
    if isinstance(column.type, sa.Enum):
        return partial(_is_one_of, frozenset(column.type.enums))
    if (table, name) in file_columns.KEYS:
        return lambda value: value == GONE or bool(_KEY.fullmatch(value))
    if (table, name) == ("account", "email"):
        return lambda value: value == normal_email(value)
    if kind is Kind.INTEGER:
        return _is_number if isinstance(column.type, sa.BigInteger) or is_random(table) else _is_small
    return _KINDS[kind]


def _is_one_of(words: frozenset[str], value: Any) -> bool:
    return type(value) is str and value in words


def _is_number(value: Any) -> bool:
    return type(value) is int and -_FAR <= value <= _FAR


def _is_small(value: Any) -> bool:
    return type(value) is int and -HIGHEST <= value <= HIGHEST


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_document(value: Any) -> bool:
    json.loads(value, parse_constant=_refused)
    return True


def _refused(word: str) -> None:
    raise ValueError(word)


def _is_moment(value: Any) -> bool:
    return bool(_MOMENT.fullmatch(value) and datetime.fromisoformat(value))


def _is_day(value: Any) -> bool:
    return bool(_DAY.fullmatch(value) and date.fromisoformat(value))


_KINDS: Mapping[Kind, Judge] = {
    Kind.BOOLEAN: lambda value: type(value) is int and value in {0, 1},
    Kind.TEXT: _is_text,
    Kind.JSON: _is_document,
    Kind.MOMENT: _is_moment,
    Kind.WALL_TIME: _is_moment,
    Kind.DAY: _is_day,
    Kind.DECIMAL: lambda value: bool(_DECIMAL.fullmatch(value)),
    Kind.DOUBLE: lambda value: len(value) == len("0" * 16) and bool(_HEX.fullmatch(value)),
    Kind.BYTES: lambda value: bool(_HEX.fullmatch(value)),
}


# --- Whole rows ---


def _is_its_hash(row: Mapping[str, Any]) -> bool:
    return bool(hashlib.sha256(bytes.fromhex(row["data"])).hexdigest() == row["key"])


def _has_a_place(row: Mapping[str, Any]) -> bool:
    return str(row["role"]) not in EVERYWHERE


def _is_key_set(row: Mapping[str, Any]) -> bool:
    """A name that is good for a file, a seal that its root signed, and a key of credentials."""
    chain = x509.load_pem_x509_certificates(row["seal_chain"].encode())
    for one, issuer in pairwise(chain):
        one.verify_directly_issued_by(issuer)
    if row["crl"] is not None:
        x509.load_der_x509_crl(bytes.fromhex(row["crl"]))
    credential = serialization.load_pem_public_key(row["credential_public"].encode())
    is_of_ours = isinstance(chain[0].public_key(), EllipticCurvePublicKey) and isinstance(credential, Ed25519PublicKey)
    return is_of_ours and bool(_KEY_NAME.fullmatch(row["name"]))


_ROWS: Mapping[str, Judge] = {
    "course_blob": _is_its_hash, "role_grant": _has_a_place, "signing_key": _is_key_set,
}  # fmt: skip
_REASONS = {
    "course_blob": "its bytes are not those of its hash",
    "role_grant": "its role reaches beyond a programme",
    "signing_key": "it holds no public keys",
}
