"""Which notice holds. Pure."""

NOTICE_VERSION = "2026-11"
"""Changed whenever the meaning of the notice changes: then everybody is shown it again."""
