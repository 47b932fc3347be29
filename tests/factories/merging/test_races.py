"""A staff list and a merge of one factory at the same moment, with real commits."""

import threading
import time

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.factories.merging import operations
from app.factories.models import Factory
from app.factories.operations.applying import hold
from app.platform.db import db, transaction
from tests.make import factories

pytestmark = [pytest.mark.slow, pytest.mark.every_run]


def test_a_merge_waits_for_a_staff_list_of_the_factory(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory()
        factory_id, one, other = factory.id, factories.person(factory).id, factories.person(factory).id
    held, order = threading.Event(), []

    def apply() -> None:
        with own_app.app_context(), transaction():
            db.session.get_one(Factory, factory_id).province = "Takeo"
            db.session.flush()
            hold(factory_id)
            held.set()
            time.sleep(0.3)
            order.append("list")

    def join() -> None:
        held.wait()
        with own_app.app_context(), transaction():
            operations.merge(SYSTEM, one, other)
            order.append("merge")

    threads = [threading.Thread(target=work) for work in (apply, join)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order == ["list", "merge"]
