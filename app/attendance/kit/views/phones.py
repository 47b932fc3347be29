"""What phones ask (docs/offline.md): to be known, what comes next, and to take down what they bring."""

import hmac
import json
from functools import partial
from typing import Any

from flask import Response as FlaskResponse
from flask import abort, g, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import devices as sign_ins
from app.accounts.device_names import short_name
from app.accounts.site import keys
from app.accounts.storage import keep_for_kit
from app.attendance.kit import asking, limits, operations
from app.attendance.kit.asking import Fault
from app.attendance.kit.letters import letters
from app.attendance.kit.models import KitDevice, KitReceipt
from app.attendance.kit.opening import open_boxes, open_photo
from app.attendance.kit.operations.devices import note_sheets
from app.attendance.kit.operations.loading import account_actor
from app.attendance.kit.queries import day as days
from app.attendance.kit.queries import devices
from app.attendance.kit.queries.held import resolved
from app.attendance.kit.sealing import site_keys
from app.platform.clock import now
from app.platform.db import db, in_own_transaction
from app.platform.refusal import TooMany
from app.platform.web import PUBLIC, Blueprint

bp = Blueprint("kit", __name__)
LARGEST, LARGEST_PHOTO = 512 * 1024, 1_500_000
STATUS = {"unreadable": 400, "pass": 401, "revoked": 401, "other_account": 409, "too_large": 413, "fields": 422}


@bp.post("/kit/devices", may=Permission.ATTENDANCE_MARK)
def know() -> Response:
    device = operations.know(g.actor, *asking.introduction(_json()), short_name(sign_ins.device()))
    if device is None:
        raise Fault("other_account")
    return jsonify({"device": device.code, "until": int(device.until.timestamp())})


@bp.get("/kit/day", may=Permission.ATTENDANCE_MARK)
def day() -> Response:
    """Taking along is noted in a transaction of its own: it proves the right at the time of every mark on the sheet."""
    if "device" not in request.args:
        abort(422)
    device = devices.own_device(g.actor, request.args["device"])
    sheets = days.next_sheets(g.actor)
    found = days.answer(device, g.actor, next(iter(site_keys(keys()).values())), sheets)
    taken = [(each.meeting.id, each.revision, each.meeting.starts) for each in sheets]
    note = partial(note_sheets, device_id=device.id, sheets=taken, sign_in_id=g.actor.sign_in_id)
    db.session.rollback()  # all is read
    in_own_transaction(note)
    return jsonify(found)


@bp.post("/kit/records", may=PUBLIC)
def records() -> Response:
    """The pass says whose records these are, whoever is signed in on the phone."""
    sent = asking.delivery(_json())
    device = limits.for_records(sent.device, sent.is_allowed)
    opened = open_boxes(site_keys(keys()), device.code, sent.boxes, sent.version)
    receipts = operations.deliver(device, [item for items in opened for item in items])
    return jsonify(_delivered(device, sent, receipts))


@bp.post("/kit/photos", may=PUBLIC)
def photos() -> Response:
    """A photo comes alone, as bytes: four that say how long the head is, the head, what is sealed."""
    sent = _bytes(LARGEST_PHOTO)
    size = int.from_bytes(sent[:4])
    head = asking.photo_head(sent[4 : 4 + size])
    device = limits.for_photo(head.device, partial(hmac.compare_digest, head.pass_hash))
    [receipt] = operations.deliver(device, [open_photo(site_keys(keys()), device.code, head.other, sent[4 + size :])])
    return jsonify({"now": int(now().timestamp()), "receipt": line(head.other.get("n"), receipt)})


def _delivered(device: KitDevice, sent: asking.Delivery, receipts: list[KitReceipt]) -> dict[str, Any]:
    left = iter(receipts)
    boxes = [
        {"key": box.key, "receipts": [line(number_of(record), next(left)) for record in box.records]}
        for box in sent.boxes
    ]
    meetings = sorted({receipt.meeting_id for receipt in receipts if receipt.meeting_id and receipt.sheet_id})
    settled = resolved(device, {receipt.record_id for receipt in receipts})
    return {
        "now": int(now().timestamp()), "boxes": boxes,
        "sheets": days.revisions(account_actor(device.account_id), meetings),
        "resolved": [[letters(bytes.fromhex(record_id)), decision] for record_id, decision in settled],
    }  # fmt: skip


def line(number: Any, receipt: KitReceipt) -> list[Any]:
    """A receipt as phones read it."""
    detail = receipt.detail
    return [
        number, letters(bytes.fromhex(receipt.record_id)), receipt.digest, receipt.id, receipt.result,
        detail.reason if detail else "", detail or "",
    ]  # fmt: skip


def number_of(record: Any) -> Any:
    """The number under which a record was sent, whatever it is."""
    return record[0] if isinstance(record, list) and len(record) == 2 else None


def _json() -> Any:
    try:
        return json.loads(_bytes(LARGEST))
    except (ValueError, RecursionError) as error:
        raise Fault("unreadable") from error


def _bytes(most: int) -> bytes:
    if (request.content_length or 0) > most:
        raise Fault("too_large")
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Fault("too_large") from None
    if len(data) > most:
        raise Fault("too_large")
    return data


@bp.errorhandler(Fault)
def fault(error: Fault) -> Response:
    """Nothing was taken down, and the phone is told why."""
    response = jsonify({"error": error.word})
    response.status_code = STATUS[error.word]
    return response


@bp.errorhandler(TooMany)
def too_many(error: TooMany) -> Response:
    """Nothing was taken down, and the phone tries again later."""
    response = jsonify({"error": "later"})
    response.status_code = 429
    response.headers["Retry-After"] = str(error.seconds)
    return response


@bp.after_request
def remember(response: FlaskResponse) -> FlaskResponse:
    """From now on what a sign-out clears in this browser must not be sealed records."""
    is_known = request.endpoint in {"kit.know", "kit.day"} and response.status_code == 200
    return keep_for_kit(response) if is_known else response
