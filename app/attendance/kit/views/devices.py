"""The pages of phones: which there are, shutting one out, letting it in again."""

from flask import flash, g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attendance.kit import operations
from app.attendance.kit.pages import PhonesPage, ShutOutPage
from app.attendance.kit.queries import devices
from app.platform.i18n import _
from app.platform.web import Blueprint, render, see_other

bp = Blueprint("phones", __name__)
PHONES = "/account/phones"
MAY = Permission.ATTENDANCE_MARK


@bp.get(PHONES, may=MAY)
def index() -> Response:
    found = devices.phones(g.actor)
    own = [row for row in found if row.device.account_id == g.actor.account_id]
    return render(PhonesPage(own, [row for row in found if row not in own], g.actor.sign_in_id))


@bp.get(f"{PHONES}/<int:device_id>/shutting-out", may=MAY)
def ask(device_id: int) -> Response:
    row = devices.phone(g.actor, device_id)
    is_own = row.device.account_id == g.actor.account_id
    return render(ShutOutPage(row, is_own, row.device.sign_in_id == g.actor.sign_in_id))


@bp.post(f"{PHONES}/<int:device_id>/shutting-out", may=MAY)
def shut_out(device_id: int) -> Response:
    operations.revoke(g.actor, device_id)
    flash(_("The phone is shut out and signed out."), "done")
    return see_other(url_for(".index"))


@bp.post(f"{PHONES}/<int:device_id>/admission", may=MAY)
def let_in(device_id: int) -> Response:
    operations.let_in(g.actor, device_id)
    flash(_("The phone can deliver again what it holds."), "done")
    return see_other(url_for(".index"))
