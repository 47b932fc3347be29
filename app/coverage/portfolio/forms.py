"""What the address of the portfolio asks for."""

from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.validators import AnyOf, Optional

from app.coverage.forms import FilterForm
from app.platform.i18n import lazy
from app.platform.web.forms import offered


class PortfolioForm(FilterForm):
    """Which factories and requirements. The view fills the lists; a choice that is not offered counts as none."""

    programme = SelectField(lazy("Programme"), [Optional()], validate_choice=False)
    requirement = SelectField(lazy("Requirement"), [Optional()], validate_choice=False)
    tier = SelectField(lazy("Support tier"), [Optional()], validate_choice=False)
    mode = SelectField(lazy("Engagement mode"), [Optional()], validate_choice=False)
    product = SelectField(lazy("Product"), [Optional()], validate_choice=False)
    group = SelectField(lazy("Company group"), [Optional()], validate_choice=False)
    province = SelectField(lazy("Province"), [Optional()], validate_choice=False)
    no_roster = BooleanField(lazy("No staff list for six months"))
    expiring = SelectField(
        lazy("Certificates end"), [Optional()], validate_choice=False,
        choices=offered([("", lazy("All")), ("60", lazy("within 60 days")), ("90", lazy("within 90 days"))]),
    )  # fmt: skip


class TableForm(Form):
    """As what the list is taken out."""

    ending = StringField(lazy("As what"), [AnyOf(["xlsx", "csv"])])
