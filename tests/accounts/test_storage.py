"""What a browser is told to drop when somebody leaves; sealed records of an offline kit are spared."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_everything_is_dropped_at_a_sign_out(client: FlaskClient) -> None:
    answer = client.post("/sign-out", headers=OWN)
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.headers["Location"] == "/sign-in"
    assert not [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("kit_key=")]


def test_sealed_records_stay_and_what_is_readable_is_locked(client: FlaskClient) -> None:
    client.set_cookie("kit", "1")
    answer = client.post("/sign-out", headers=OWN)
    assert "Clear-Site-Data" not in answer.headers
    assert answer.headers["Location"] == "/kit/#left"
    [gone] = [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("kit_key=")]
    assert gone.startswith("kit_key=;")
    assert "Max-Age=0" in gone
    assert "Path=/kit;" in f"{gone};"
