"""Shapes of the forms of findings."""

from wtforms import FileField
from wtforms.validators import InputRequired

from app.factories.headcounts.forms import FileForm as ListForm
from app.platform.i18n import lazy


class FileForm(ListForm):
    """A file of findings."""

    file = FileField(
        lazy("File of findings"), [InputRequired(lazy("Choose a file."))], render_kw={"accept": ".xlsx,.ods,.csv,.tsv"})
