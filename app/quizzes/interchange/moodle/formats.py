"""Moodle's own names for the formats of a text."""

from app.quizzes.gift.questions import Format

NAMES = {
    Format.MOODLE: "moodle_auto_format",
    Format.HTML: "html",
    Format.PLAIN: "plain_text",
    Format.MARKDOWN: "markdown",
}
BY_NAME = {name: each for each, name in NAMES.items()}
