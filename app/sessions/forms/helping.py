"""Who helps in a training session, and as what."""

from wtforms import SelectField

from app.access.roles import Role
from app.accounts.forms import InvitedForm
from app.accounts.labels import ROLES
from app.platform.i18n import lazy
from app.platform.web.forms import offered

HELPING = (Role.CHECK_IN_HELPER, Role.FACTORY_AMBASSADOR)


class HelperForm(InvitedForm):
    """Whom to ask."""

    role = SelectField(lazy("Role"), choices=offered((role.value, ROLES[role]) for role in HELPING))
