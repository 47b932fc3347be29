"""The verbs of requirements: drafts become versions, versions follow each other, waivers come and end."""

from app.coverage.requirements.operations.drafts import begin, begin_next, discard, propose, write
from app.coverage.requirements.operations.versions import create, end, publish, publish_next
from app.coverage.requirements.operations.waivers import Waived, end_waiver, waive

__all__ = [
    "Waived", "begin", "begin_next", "create", "discard", "end", "end_waiver", "propose", "publish", "publish_next",
    "waive", "write",
]  # fmt: skip
