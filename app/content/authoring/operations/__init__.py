"""The verbs of drafts. Every one is one transaction and logged."""

from app.content.authoring.operations.archiving import archive_course, restore_course
from app.content.authoring.operations.ending import discard, publish_draft
from app.content.authoring.operations.facts import change_unit, remove_unit, write_facts
from app.content.authoring.operations.starting import start_blank, start_from, start_from_zip
from app.content.authoring.operations.writing import remove_file, write_file, write_files

__all__ = [
    "archive_course",
    "change_unit",
    "discard",
    "publish_draft",
    "remove_file",
    "remove_unit",
    "restore_course",
    "start_blank",
    "start_from",
    "start_from_zip",
    "write_facts",
    "write_file",
    "write_files",
]
