"""The shape of a subscription."""

from wtforms import SelectField

from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered
from app.reports.deliveries.labels import ENDINGS, RHYTHMS
from app.reports.rules.facts import Split
from app.reports.rules.period import Ending, Every


class SubscriptionForm(PlainForm):
    """Which report, how often, as what. The view fills the programmes and splits."""

    programme = SelectField(lazy("Programme"))
    by = SelectField(lazy("Told apart by"), coerce=Split)
    every = SelectField(lazy("How often"), choices=offered(RHYTHMS.items()), coerce=Every)
    ending = SelectField(lazy("As what"), choices=offered(ENDINGS.items()), coerce=Ending)
