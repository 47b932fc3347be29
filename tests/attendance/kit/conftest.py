"""A trainer's phone that knows the half-days of one training session."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from tests.attendance.conftest import Hall
from tests.attendance.kit.phone import Phone, Written
from tests.browse import Browse, Reply


class Trainer:
    """A trainer with a phone, and the browser in which he is signed in."""

    def __init__(self, app: Flask, hall: Hall, phone: Phone | None = None) -> None:
        self.hall, self.phone = hall, phone or Phone()
        self.browse = Browse(app).as_account(hall.account)
        self.outside = Browse(app)
        assert self.introduce().status == 200
        self.download()

    def introduce(self) -> Reply:
        return self.browse.post("/kit/devices", json=self.phone.introduction)

    def download(self) -> dict[str, Any]:
        reply = self.browse.get(f"/kit/day?device={self.phone.device}")
        assert reply.status == 200, reply.text
        day: dict[str, Any] = reply.response.json
        self.phone.know(day)
        return day

    def post(self, body: dict[str, Any], **options: Any) -> Reply:
        """Deliver, signed out."""
        return self.outside.post("/kit/records", json=body, **options)

    def deliver(self, *written: Written) -> list[list[Any]]:
        """The receipts."""
        reply = self.post(self.phone.body(written))
        assert reply.status == 200, reply.text
        return [receipt for box in reply.response.json["boxes"] for receipt in box["receipts"]]

    def results(self, *written: Written) -> list[str]:
        """The results, with their details."""
        return ["/".join(part for part in receipt[4:] if part) for receipt in self.deliver(*written)]


@pytest.fixture
def trainer(app: Flask, hall: Hall) -> Trainer:
    return Trainer(app, hall)


def ids(receipts: Sequence[Sequence[Any]]) -> list[tuple[str, str]]:
    """What a phone compares: id and digest of each receipt."""
    return [(receipt[1], receipt[2]) for receipt in receipts]
