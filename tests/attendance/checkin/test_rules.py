"""What checking in goes by."""

import hashlib

from app.attendance.checkin.rules import card_hash


def test_a_device_without_network_knows_no_more_of_a_card_than_ten_digits() -> None:
    known = card_hash("abcdefghijklmnopqrstuvwxyz234567")
    assert known == hashlib.sha256(b"abcdefghijklmnopqrstuvwxyz234567").hexdigest()[:10]
    assert known != card_hash("abcdefghijklmnopqrstuvwxyz234566")
