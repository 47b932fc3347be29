"""Handing out a stored credential, while its certificate has one."""

from urllib.parse import urlencode

from app.certificates import rules as certificate_rules
from app.certificates.credentials import reading, rules
from app.certificates.credentials.rules import Shape
from app.certificates.retention import GONE
from app.certificates.rules import State
from app.certificates.shown import Shown
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.refusal import Refused

_ADD_TO_PROFILE = "https://www.linkedin.com/profile/add"


def credential(found: Shown) -> reading.Signed:
    """The stored credential. Raises Refused, saying why there is none."""
    if not rules.is_handed_out(found.state):
        raise Refused(_("This certificate does not hold. Its open credential is not handed out."))
    key = found.certificate.credential_key
    if key is None and found.is_waiting:
        raise Refused(_("The file is being made. Try again in a minute."))
    if key is None or key == GONE:
        raise Refused(_("This certificate has no open credential."))
    try:
        return reading.read(files().get(key))
    except FileMissing:
        raise Refused(_("The file is missing. Please tell your programme office.")) from None


def file_name(found: Shown, shape: Shape) -> str:
    """As that of the PDF, with another ending."""
    return certificate_rules.file_name(found.face.number, found.face.latin_name, shape)


def linkedin(found: Shown, organisation: str, address: str) -> str:
    """Where the holder adds a certificate that holds to a profile; nothing is sent before the holder goes there."""
    if found.state is not State.VALID:
        return ""
    face, last = found.face, found.facts.last_day
    told: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": face.course_english or face.course,
        "organizationName": organisation,
        "issueYear": face.issued_on.year,
        "issueMonth": face.issued_on.month,
        "certUrl": address,
        "certId": face.number,
    }
    if last is not None:
        told |= {"expirationYear": last.year, "expirationMonth": last.month}
    return f"{_ADD_TO_PROFILE}?{urlencode(told)}"
