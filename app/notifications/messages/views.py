"""Writing to everybody in a training session: first a preview, then sending it."""

from secrets import token_hex

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.notifications.messages import operations
from app.notifications.messages.forms import MessageForm
from app.notifications.messages.pages import MessagePage, PreviewPage, UnreachedPage
from app.notifications.messages.queries import reaches, sent, training_to_write_to
from app.notifications.messages.rules import Audience, paragraphs
from app.notifications.messages.wording import AUDIENCES
from app.platform.i18n import ngettext, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.sessions.models import TrainingSession

bp = Blueprint("messages", __name__)

MESSAGES = "/sessions/<int:training_id>/messages"
_MAY = Permission.SESSIONS_PLAN


@bp.get(MESSAGES, may=_MAY)
def write(training_id: int) -> Response:
    return _show(training_to_write_to(g.actor, training_id), MessageForm(data={"token": token_hex(16)}))


@bp.post(f"{MESSAGES}/preview", may=_MAY)
def preview(training_id: int) -> Response:
    """Whom it reaches and how it looks. Nothing is saved."""
    training, form = training_to_write_to(g.actor, training_id), MessageForm(request.form)
    if not form.validate():
        return _show(training, form, 422)
    message = form.message
    return render(
        PreviewPage(
            training=training,
            form=form,
            reach=reaches(training)[message.audience],
            audience=AUDIENCES[message.audience],
            paragraphs=paragraphs(message.words),
            sender=g.actor.name,
            copied=_copied(training, message.words),
        )
    )


@bp.get(f"{MESSAGES}/correction", may=_MAY, endpoint="begin_correction")
@bp.get(f"{MESSAGES}/preview", may=_MAY)
def begin_again(training_id: int) -> Response:
    """Somebody reloaded one of these pages by its address."""
    training_to_write_to(g.actor, training_id)
    return see_other(url_for(".write", training_id=training_id))


@bp.post(f"{MESSAGES}/correction", may=_MAY)
def correct(training_id: int) -> Response:
    """The form again, with what was written. Nothing is saved."""
    return _show(training_to_write_to(g.actor, training_id), MessageForm(request.form))


@bp.post(MESSAGES, may=_MAY)
def send(training_id: int) -> Response:
    training, form = training_to_write_to(g.actor, training_id), MessageForm(request.form)
    if not form.validate():
        return _show(training, form, 422)
    try:
        mails = operations.send_message(g.actor, training_id, form.message)
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(training, form, 422)
    flash(ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", mails), "done")
    return see_other(url_for(".write", training_id=training_id))


@bp.get(f"{MESSAGES}/unreached", may=_MAY)
def unreached(training_id: int) -> Response:
    """The people without a mail address, on a sheet to take along."""
    training = training_to_write_to(g.actor, training_id)
    asked = request.args.get("audience", "")
    audience = next((each for each in Audience if each == asked), Audience.BOOKED)
    return render(UnreachedPage(training, reaches(training)[audience].unreached, AUDIENCES[audience]))


def _show(training: TrainingSession, form: MessageForm, status: int = 200) -> Response:
    return render(MessagePage(training, form, reaches(training), sent(training.id), AUDIENCES), status)


def _copied(training: TrainingSession, words: str) -> str:
    """The message for a chat group: what it is about, the words, who says it."""
    title = text(training.version.titles, training.language)
    return f"{title} ({training.code})\n\n{words}\n\n{g.actor.name}"
