"""What is said of knowledge, in plain words. Never without whose, how many, and how sure."""

from collections.abc import Sequence

from app.effect.knowledge.rules import Learnt
from app.effect.points import ALIKE, facts, is_alike, is_sure
from app.platform.i18n import _, ngettext
from app.platform.i18n.formats import format_number


def sentence(courses: Sequence[tuple[str, Learnt]]) -> str:
    """Of one course what its people gained; of several in how many it is more than chance."""
    shown = [(title, each) for title, each in courses if each.gain]
    if not shown:
        return str(_(
            "Too few to say anything: at least five people must have taken the test before and the one after."))
    if len(shown) == 1:
        return _of_one(*shown[0])
    sure = sum(1 for _title, each in shown if each.gain and is_sure(each.gain))
    return str(ngettext(
        "In %(num)s course the same people took both tests. Sure to know more afterwards: %(sure)s.",
        "In %(num)s courses the same people took both tests. Courses in which they are sure to know more afterwards: "
        "%(sure)s.", len(shown), sure=format_number(sure)))


def _of_one(title: str, learnt: Learnt) -> str:
    assert learnt.gain is not None
    said = {"course": title, **facts(learnt.gain)}
    if is_alike(learnt.gain):
        return str(_(
            "The same %(n)s people all differ by %(mean)s points of 100 between the test before “%(course)s” and the "
            "one after. Where all change alike, nothing tells how sure that is.", **said))
    if learnt.gain.low > 0:
        return str(_(
            "The same %(n)s people reached %(mean)s points of 100 more in the test after “%(course)s” than in the one "
            "before (95 %% interval %(low)s to %(high)s).", **said))
    if learnt.gain.high < 0:
        return str(_(
            "The same %(n)s people reached fewer points in the test after “%(course)s” than in the one before: "
            "%(mean)s of 100 (95 %% interval %(low)s to %(high)s).", **said))
    return str(_(
        "These tests do not show that people knew more after “%(course)s”: the same %(n)s people differ by %(mean)s "
        "points of 100, which can be chance (95 %% interval %(low)s to %(high)s).", **said))


def notes(learnt: Learnt) -> list[str]:
    """What a reader must know beside the figure."""
    said = {
        str(_("Few people: one or two move this figure.")): learnt.is_few,
        str(_("Many knew nearly everything before: the test could not show what they learnt.")): learnt.is_near_top,
        str(ALIKE): learnt.gain is not None and is_alike(learnt.gain),
    }
    return [words for words, holds in said.items() if holds]
