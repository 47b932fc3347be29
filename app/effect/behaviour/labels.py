"""What is said of behaviour, in plain words. Never without whose, how many factories, and how sure."""

from collections.abc import Sequence

from app.effect.behaviour.rules import Changed
from app.effect.points import ALIKE, facts, is_alike, is_sure
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number


def sentence(courses: Sequence[tuple[str, Changed]]) -> str:
    """Of one course what supervisors answer; of several in how many it is more than chance."""
    shown = [(title, each) for title, each in courses if each.found]
    if not shown:
        return str(_(
            "Too few to say anything: at least three factories are needed, each with five people before the training "
            "and five months after it."))
    if len(shown) == 1:
        return _of_one(*shown[0])
    sure = sum(1 for _title, each in shown if each.found and is_sure(each.found))
    return str(ngettext(
        "In %(num)s course people of the same factories were asked before and months after. Sure to choose the better "
        "answer more often: %(sure)s.",
        "In %(num)s courses people of the same factories were asked before and months after. Courses in which they are "
        "sure to choose the better answer more often: %(sure)s.", len(shown), sure=format_number(sure)))


def _of_one(title: str, changed: Changed) -> str:
    assert changed.found is not None
    said = {"course": title, **facts(changed.found)}
    if is_alike(changed.found):
        return str(_(
            "Answers months after “%(course)s” differ from those before it by the same %(mean)s points of 100 in all "
            "of %(n)s factories. Where all change alike, nothing tells how sure that is.", **said))
    if changed.found.low > 0:
        return str(_(
            "Months after “%(course)s” supervisors chose the better answer more often than before it: by %(mean)s "
            "points of 100, the mean of %(n)s factories (95 %% interval %(low)s to %(high)s).", **said))
    if changed.found.high < 0:
        return str(_(
            "Months after “%(course)s” supervisors chose the better answer less often than before it: %(mean)s points "
            "of 100, the mean of %(n)s factories (95 %% interval %(low)s to %(high)s).", **said))
    return str(_(
        "These answers do not show that supervisors act otherwise months after “%(course)s”: the mean of %(n)s "
        "factories differs by %(mean)s points of 100, which can be chance (95 %% interval %(low)s to %(high)s).",
        **said))


def notes(changed: Changed) -> list[str]:
    """What a reader must know beside the figure."""
    said = {
        str(_("Few factories: one moves this figure.")): changed.is_few,
        str(ALIKE): changed.found is not None and is_alike(changed.found),
    }
    return [words for words, holds in said.items() if holds]
