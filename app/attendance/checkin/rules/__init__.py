"""What checking in goes by: pure functions, enums and frozen dataclasses."""

from app.attendance.checkin.rules.arrivals import (
    OPENS_BEFORE,
    STAYS_AFTER,
    Flag,
    Outcome,
    Proof,
    Way,
    mark_at,
    nearest,
    opening,
)
from app.attendance.checkin.rules.cards import card_hash, token_in
from app.attendance.checkin.rules.codes import LIVES, SLOT, Age, Place, PlaceKind, age, read, seal, short, slot_at

__all__ = [
    "LIVES",
    "OPENS_BEFORE",
    "SLOT",
    "STAYS_AFTER",
    "Age",
    "Flag",
    "Outcome",
    "Place",
    "PlaceKind",
    "Proof",
    "Way",
    "age",
    "card_hash",
    "mark_at",
    "nearest",
    "opening",
    "read",
    "seal",
    "short",
    "slot_at",
    "token_in",
]
