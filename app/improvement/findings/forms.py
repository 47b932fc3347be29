"""Shapes of the forms of findings."""

from wtforms import FileField
from wtforms.validators import InputRequired

from app.factories.forms import Choosing, column
from app.factories.headcounts.forms import FileForm as ListForm
from app.improvement.findings.labels import FIELDS
from app.platform.i18n import lazy


class FileForm(ListForm):
    """A file of findings."""

    file = FileField(
        lazy("File of findings"), [InputRequired(lazy("Choose a file."))], render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})


class ColumnsForm(FileForm, Choosing):
    """The file once more, where its headings say too little."""

    names = tuple(FIELDS)
    file_name_of = "file"
    factory = column(FIELDS["factory"], is_needed=True)
    cluster = column(FIELDS["cluster"])
    point = column(FIELDS["point"], is_needed=True)
    question = column(FIELDS["question"], is_needed=True)
    severity = column(FIELDS["severity"])
    assessed_on = column(FIELDS["assessed_on"], is_needed=True)
    status = column(FIELDS["status"], is_needed=True)
