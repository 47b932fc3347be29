"""The verbs of drafts. Every one is one transaction and logged."""

from app.content.authoring.operations.archiving import archive_course, restore_course
from app.content.authoring.operations.ending import discard, publish_draft
from app.content.authoring.operations.facts import change_unit, remove_form, remove_unit, write_facts
from app.content.authoring.operations.quizzes import write_bank
from app.content.authoring.operations.starting import start_blank, start_from, start_from_zip
from app.content.authoring.operations.translating import (
    begin_language,
    review_language,
    write_translated_facts,
    write_translation,
)
from app.content.authoring.operations.writing import remove_file, write_file, write_files

__all__ = [
    "archive_course",
    "begin_language",
    "change_unit",
    "discard",
    "publish_draft",
    "remove_file",
    "remove_form",
    "remove_unit",
    "restore_course",
    "review_language",
    "start_blank",
    "start_from",
    "start_from_zip",
    "write_bank",
    "write_facts",
    "write_file",
    "write_files",
    "write_translated_facts",
    "write_translation",
]
