"""Words for what happens to certificates."""

from typing import Any

from app.platform.i18n import lazy

STEPS: dict[str, Any] = {
    "issue": lazy("Issued"),
    "draw": lazy("The file was made"),
    "suspend": lazy("Put under review"),
    "reinstate": lazy("The review ended, it holds"),
    "revoke": lazy("Revoked"),
    "reissue": lazy("Issued anew"),
}
