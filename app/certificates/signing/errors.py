"""What can go wrong with a seal. Stands apart from what loads pyHanko."""


class SealFailed(Exception):
    """The file could not be sealed now; the message says why. Nothing was made."""
