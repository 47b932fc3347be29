"""The public halves of the keys, for whoever checks a seal. No private key is ever read here."""

from werkzeug.wrappers import Response

from app.certificates.models import SigningKey
from app.certificates.signing import rows
from app.certificates.signing.pages import KeysPage, shown
from app.platform.refusal import NotFound
from app.platform.web import PUBLIC, Blueprint, file_response, render

bp = Blueprint("signing", __name__)


@bp.get("/certificates/keys", may=PUBLIC)
def keys() -> Response:
    return render(KeysPage([shown(key) for key in rows.all_keys()]))


@bp.get("/certificates/keys/<key_name>.pem", may=PUBLIC)
def root(key_name: str) -> Response:
    return file_response(rows.root_pem(_key(key_name)), f"{key_name}-root.pem", "application/x-pem-file")


@bp.get("/certificates/keys/<key_name>.crl", may=PUBLIC)
def crl(key_name: str) -> Response:
    found = _key(key_name).crl
    if not found:
        raise NotFound
    return file_response(found, f"{key_name}.crl", "application/pkix-crl")


def _key(name: str) -> SigningKey:
    found = rows.by_name(name) if name.isprintable() else None
    if found is None:
        raise NotFound
    return found
