"""The factory and the trainer at once, with real commits."""

import threading
import time
from secrets import token_hex

import pytest
from flask import Flask

from app.attendance import operations as attendance
from app.attendance.models import CurrentMark
from app.attendance.operations.loading import hold_people
from app.attendance.rooms import operations
from app.attendance.rules import Evidence, Mark
from app.platform.db import db, transaction
from app.platform.refusal import Refused
from tests.attendance.rooms.conftest import Sewing

pytestmark = [pytest.mark.slow, pytest.mark.every_run]


@pytest.mark.parametrize("everybody", [False, True])
def test_who_waits_while_the_roll_call_is_closed_marks_nobody(own_app: Flask, everybody: bool) -> None:
    with own_app.app_context(), transaction():
        made = Sewing()
        trainer, focal, meeting, site = made.hall.trainer, made.focal, made.meeting.id, made.site.id
        person = made.people[0].id
    refused: list[Refused] = []

    def declare() -> None:
        with own_app.app_context():
            try:
                with transaction():
                    if everybody:
                        operations.declare_all(focal, meeting, site)
                    else:
                        operations.declare(focal, meeting, site, person, Mark.PRESENT, token_hex(16))
            except Refused as refusal:
                refused.append(refusal)

    waiting = threading.Thread(target=declare)
    with own_app.app_context(), transaction():
        hold_people([person])
        waiting.start()
        time.sleep(0.4)  # it waits for the person, where rows are locked, or for the whole database
        attendance.close(trainer, meeting)
    waiting.join()
    assert len(refused) == 1
    with own_app.app_context():
        assert {row.evidence for row in db.session.query(CurrentMark)} == {Evidence.AUTOMATIC}
