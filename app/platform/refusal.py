"""How a verb says no. The web layer turns each kind into a status and a page; the CLI into a sentence and exit code."""


class Refused(Exception):
    """The verb will not do this now; `str(refusal)` is one translated sentence for the person. Nothing was changed."""


class NotFound(Refused):
    """It does not exist for this actor, which is the same as not existing at all."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)


class TooMany(Refused):
    """Too many tries; `seconds` says how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
