"""Contexts of the sign-in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.access.roles import Role
from app.accounts.forms import (
    ChangePasswordForm,
    CodeForm,
    ConfirmForm,
    EmailForm,
    GrantForm,
    InvitationForm,
    InviteForm,
    NewPasswordForm,
    OwnAccountForm,
    PasskeyForm,
    SignInForm,
)
from app.accounts.listing import AccountFilter, AccountRow
from app.accounts.logbook import LogFilter, LogPart
from app.accounts.models import Passkey, SignIn
from app.accounts.rules import LinkPurpose
from app.platform.web import Page
from app.platform.web.paging import Slice
from app.platform.web.panels import Panel


@dataclass(frozen=True)
class SignInPage(Page):
    template: ClassVar[str] = "accounts/sign_in.html"
    form: SignInForm


@dataclass(frozen=True)
class LogPage(Page):
    """Entries of the log; the two addresses are empty where there is no such page."""

    template: ClassVar[str] = "accounts/log.html"
    part: LogPart
    chosen: LogFilter
    zone: str
    newest_url: str
    older_url: str


@dataclass(frozen=True)
class FactorPage(Page):
    """`passkey_form` is there when the account has a passkey."""

    template: ClassVar[str] = "accounts/factor.html"
    form: CodeForm
    has_app: bool
    passkey_form: PasskeyForm | None


@dataclass(frozen=True)
class AskLinkPage(Page):
    template: ClassVar[str] = "accounts/ask_link.html"
    form: EmailForm
    kind: str
    purpose: LinkPurpose


@dataclass(frozen=True)
class LinkSentPage(Page):
    template: ClassVar[str] = "accounts/link_sent.html"


@dataclass(frozen=True)
class DeadLinkPage(Page):
    """`kind` is that of a fresh link one may ask for; empty when only a manager can send one."""

    template: ClassVar[str] = "accounts/dead_link.html"
    kind: str


@dataclass(frozen=True)
class LinkSignInPage(Page):
    template: ClassVar[str] = "accounts/link_sign_in.html"


@dataclass(frozen=True)
class ResetPage(Page):
    template: ClassVar[str] = "accounts/reset.html"
    form: NewPasswordForm
    email: str


@dataclass(frozen=True)
class InvitationPage(Page):
    template: ClassVar[str] = "accounts/invitation.html"
    form: InvitationForm
    email: str


@dataclass(frozen=True)
class AccountPage(Page):
    template: ClassVar[str] = "accounts/account.html"
    form: OwnAccountForm
    email: str
    sign_ins: Sequence[SignIn]
    this_one: int | None
    panels: Sequence[Panel]


@dataclass(frozen=True)
class PasswordPage(Page):
    template: ClassVar[str] = "accounts/password.html"
    form: ChangePasswordForm
    email: str


@dataclass(frozen=True)
class ConfirmPage(Page):
    template: ClassVar[str] = "accounts/confirm.html"
    form: ConfirmForm
    email: str


@dataclass(frozen=True)
class SecurityPage(Page):
    """`must_set_up`: nothing else opens before there is a second factor."""

    template: ClassVar[str] = "accounts/security.html"
    form: PasskeyForm
    has_app: bool
    passkeys: Sequence[Passkey]
    codes_left: int
    must_set_up: bool


@dataclass(frozen=True)
class TotpPage(Page):
    """`picture` is the square code as a data address, `secret` the same to be typed."""

    template: ClassVar[str] = "accounts/totp.html"
    form: CodeForm
    picture: str
    secret: str


@dataclass(frozen=True)
class RecoveryCodesPage(Page):
    """The codes are shown once."""

    template: ClassVar[str] = "accounts/recovery_codes.html"
    codes: Sequence[str]


@dataclass(frozen=True)
class AccountsPage(Page):
    template: ClassVar[str] = "accounts/accounts.html"
    slice: Slice[AccountRow]
    chosen: AccountFilter
    roles: Mapping[Role, Any]
    offered: Sequence[Role]
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class InvitePage(Page):
    template: ClassVar[str] = "accounts/invite.html"
    form: InviteForm


@dataclass(frozen=True)
class OneAccountPage(Page):
    template: ClassVar[str] = "accounts/one_account.html"
    account: AccountRow
    form: GrantForm
    roles: Mapping[Role, Any]
    panels: Sequence[Panel]
