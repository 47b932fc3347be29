"""Words in the reader's language, looked up once for a request."""

from flask import Flask
from flask_babel import force_locale

from app.platform.i18n import _, lazy, ngettext
from app.platform.i18n.texts import current_language


def test_the_language_of_a_letter_is_that_of_its_reader_and_no_longer(app: Flask) -> None:
    late = lazy("Sign out")
    with app.test_request_context(), force_locale("en"):
        assert (current_language(), _("Sign out"), str(late)) == ("en", "Sign out", "Sign out")
        with force_locale("vi"):
            said = _("Sign out")
            assert (current_language(), str(late)) == ("vi", said)
            assert said != "Sign out"
            assert app.jinja_env.from_string("{{ _('Sign out') }}").render() == said
        assert (current_language(), _("Sign out"), ngettext("%(num)s hour", "%(num)s hours", 2)) == ("en", "Sign out", "2 hours")


def test_words_are_put_in_and_a_bare_sign_of_them_stays(app: Flask) -> None:
    with app.test_request_context():
        assert _("%(done)s of %(total)s", done=1, total=2) == "1 of 2"
        assert _("100 %") == "100 %"
