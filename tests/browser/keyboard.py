"""Somebody who has a keyboard and nothing else."""

from dataclasses import dataclass
from typing import Any

from tests.browser.visitor import Visitor

MOST_STOPS = 80
_FOCUS = """async () => {
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);  // until styles have settled
  const element = document.activeElement;
  const shown = element.closest('label.choice') ?? element;
  const box = shown.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const ring = [element, shown].some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  return { html: element.outerHTML.slice(0, 160), ring, is_there: box.width > 0 && box.height > 0,
           is_covered: !(top && (shown.contains(top) || top.contains(shown))) };
}"""


@dataclass
class Keyboard:
    """The keys of a visitor."""

    visitor: Visitor

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is on such an element; every stop on the way can be seen."""
        page = self.visitor.page
        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement !== document.body"):
                self.see_focus()
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{MOST_STOPS} times Tab on {self.visitor.path} did not lead to {selector}")

    def see_focus(self) -> None:
        """The element that has the focus is on the screen, ringed, and nothing lies over it (WCAG 2.4.7, 2.4.11).

        Looked at where scripts run: without them nobody can wait until the styles have settled.
        """
        if not self.visitor.has_script:
            return
        focus: dict[str, Any] = self.visitor.page.evaluate(_FOCUS)
        assert focus["is_there"], f"{self.visitor.path}: nothing to see of {focus['html']}"
        assert focus["ring"], f"{self.visitor.path}: no ring around {focus['html']}"
        assert not focus["is_covered"], f"{self.visitor.path}: something lies over {focus['html']}"

    def write(self, selector: str, words: str) -> None:
        self.tab_to(selector)
        self.visitor.page.keyboard.type(words)

    def press(self, key: str) -> None:
        self.visitor.page.keyboard.press(key)

    def enter(self) -> None:
        """Enter leads to another page."""
        with self.visitor.arriving():
            self.press("Enter")
