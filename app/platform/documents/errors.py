"""What can go wrong between data and document."""


class DocumentFailed(Exception):
    """The document could not be made: a broken template, a limit reached, fonts that are not there."""


class DocumentRefused(DocumentFailed):
    """The text holds characters that no font can draw.

    A box in place of a letter is never printed. The caller may try again with other text, such as a Latin name.
    """
