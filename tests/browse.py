"""A client for pages: every page it fetches is checked as HTML, as strictly as a reader with no sight needs.

Usually a page that is built like one that was sound is parsed only when a test looks into it.
"""

from collections import Counter
from contextvars import Context
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.accounts import operations as accounts
from app.accounts.models import Account
from app.accounts.notices import NOTICE_VERSION
from app.platform.db import db
from tests import markup
from tests.counts import IS_LONG

OWN_SITE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Reply:
    """A response and, when it is HTML, its page: a whole one or a part."""

    response: TestResponse
    address: str
    is_html: bool
    is_whole: bool

    @cached_property
    def page(self) -> Element | None:
        """The page, parsed."""
        if not self.is_html:
            return None
        if self.is_whole:
            return checked(self.response.text, self.address)
        return html5lib.parseFragment(self.response.text, namespaceHTMLElements=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """The words of the page, without its markup."""
        if not self.is_html:
            return self.response.text
        words = None if IS_LONG else markup.words(self.response.text, with_templates=not self.is_whole)
        return " ".join("".join(self.page.itertext()).split()) if words is None else words

    @property
    def location(self) -> str:
        return self.response.headers["Location"]

    def all(self, tag: str) -> list[Element]:
        return list(self.page.iter(tag)) if self.page is not None else []


class Browse:
    """Fetches pages as somebody."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def as_account(self, account: Account) -> "Browse":
        """Sign in without a password."""
        return self._with(accounts.begin("test", hours=1, account_id=account.id))

    def as_person(self, person_id: int, training_id: int | None = None) -> "Browse":
        return self._with(accounts.begin("test", hours=1, person_id=person_id, training_id=training_id))

    def _with(self, token: str) -> "Browse":
        db.session.commit()
        fresh = Browse(self.app)
        with fresh.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie["notice"] = NOTICE_VERSION  # as after "I have read it"
        return fresh

    def get(self, address: str, **options: Any) -> Reply:
        return self._open("GET", address, **options)

    def post(self, address: str, data: Any = None, **options: Any) -> Reply:
        options["headers"] = {**OWN_SITE, **options.get("headers", {})}
        return self._open("POST", address, data=data, **options)

    def fragment(self, address: str) -> Reply:
        """What a part of a page asks for."""
        return self.get(address, headers={"HX-Request": "true"})

    def htmx(self, address: str, data: Any = None) -> Reply:
        """A POST as htmx sends it; the answer is fragments."""
        return self.post(address, data, headers={"HX-Request": "true"})

    def _open(self, method: str, address: str, **options: Any) -> Reply:
        if has_app_context():  # what the test has built must be there for the request
            db.session.commit()
        # A context of its own: a request must find nothing that the test or an earlier request left behind.
        response = Context().run(lambda: self.client.open(address, method=method, **options))
        is_page = response.mimetype == "text/html" and response.status_code not in {301, 302, 303}
        is_fragment = options.get("headers", {}).get("HX-Request") == "true"
        if is_page and not is_fragment:
            _check(response.text, address)
        return Reply(response, address, is_html=is_page, is_whole=not is_fragment)


_SOUND: set[int] = set()
"""How the pages were built that had no fault, by hash."""


def _check(html: str, address: str) -> None:
    """Refuse a page with faults; usually only when no sound one was built alike."""
    build = hash(markup.build(html))
    if IS_LONG or build not in _SOUND:
        checked(html, address)
        _SOUND.add(build)


def checked(html: str, address: str) -> Element:
    """The page, strictly parsed, when it has what every page owes its readers."""
    root, faults = _judged(html)
    assert not faults, f"{address}: {faults}"
    return root


@lru_cache(maxsize=64)
def _judged(html: str) -> tuple[Element, list[str]]:
    """The page and its faults. The same page again, as doors that refuse answer it, is not parsed again."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    root = page if page.tag == "html" else page.find("html")
    assert root is not None
    _without_templates(root)
    return root, [*_frame(root), *_ids(root), *_forms(root)]


def _without_templates(root: Element) -> None:
    """What lies in a template is no part of the page yet; tests in a browser look at what a script makes of it."""
    for template in list(root.iter("template")):
        template[:] = []


def _frame(root: Element) -> list[str]:
    title = "".join(root.findtext("head/title") or "").strip()
    faults = []
    if not root.get("lang") or root.get("dir") not in {"ltr", "rtl"}:
        faults.append("html has no lang or dir")
    if not title:
        faults.append("no title")
    headings = list(root.iter("h1"))
    if len(headings) != 1 or not "".join(headings[0].itertext()).strip():
        faults.append(f"{len(headings)} h1")
    return faults


def _ids(root: Element) -> list[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    twice = {i for i, number in ids.items() if number > 1}
    missing = [
        name
        for element in root.iter()
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls")
        for name in (element.get(attribute) or "").split()
        if name not in ids
    ]
    return [f"ids twice: {twice}"] * bool(twice) + [f"ids missing: {missing}"] * bool(missing)


def _forms(root: Element) -> list[str]:
    plain = [form for form in root.iter("form") if form.get("method") != "dialog"]
    faults = ["form without action" for form in plain if form.get("action") is None]
    labelled = {label.get("for") for label in root.iter("label")}
    wrapped = {id(field) for label in root.iter("label") for field in label.iter()}
    for field in (*root.iter("input"), *root.iter("select"), *root.iter("textarea")):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled or id(field) in wrapped
        if field.get("type") not in {"hidden", "submit", "button"} and not named:
            faults.append(f"field without label: {field.get('name')}")
    faults += [f"img without alt: {image.get('src')}" for image in root.iter("img") if image.get("alt") is None]
    faults += ["inline handler or style" for e in root.iter() if e.get("style") or any(k.startswith("on") for k in e.attrib)]
    return faults


def fill(reply: Reply, action: str, /, **values: Any) -> tuple[str, MultiDict[str, Any]]:
    """The form of a page whose address contains `action`, as a browser would send it after filling in `values`.

    Field names with dashes are given with underscores doubled; a list ticks several boxes.
    """
    [form] = [each for each in reply.all("form") if action in (each.get("action") or "")][:1]
    data = sent_by(form)
    for name, value in values.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return form.get("action") or "", data


def sent_by(form: Element) -> MultiDict[str, Any]:
    """What a browser sends of a form that nobody has changed."""
    data: MultiDict[str, Any] = MultiDict()
    for field in form.iter():
        name = field.get("name")
        if name and field.tag in {"input", "select", "textarea", "button"}:
            for value in _sent(field):
                data.add(name, value)
    return data


def _sent(field: Element) -> list[str]:
    kind = field.get("type", "")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[: 0 if field.get("multiple") is not None else 1]
        return [option.get("value", option.text or "") for option in chosen]
    if field.tag == "textarea":
        return ["".join(field.itertext())]
    if field.tag == "button" or kind in {"submit", "button", "file"}:
        return []
    if kind in {"checkbox", "radio"} and field.get("checked") is None:
        return []
    return [field.get("value", "on" if kind in {"checkbox", "radio"} else "")]
