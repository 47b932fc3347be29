"""Lessons: what authors write becomes the page, what attackers write becomes text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.courses.markdown import RefusedLink, key_points, parse_lesson, render
from tests.counts import examples
from tests.growth import assert_linear

ALLOWED = {"a", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre"}
ALLOWED |= {"s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"href", "rel", "src", "alt", "loading", "class", "role", "start"}


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def assert_harmless(html: str) -> None:
    seen = Seen(html)
    assert set(seen.tags) <= ALLOWED
    for name, value in seen.attributes:
        assert name in ATTRIBUTES
        if name == "href":
            assert value
            assert value.startswith("https://")
        if name == "src":
            assert value
            assert value.startswith("/media/")


HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](JaVa&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](http://plain.example)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https:evil.example)",
    "[x](https://good.example@evil.example)",
    "[x](https:\\\\evil.example)",
    "[x](mailto:a@b.example)",
    "[x](/admin/delete)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![](http://tracker.example/a.png)",
    "![](https://tracker.example/a.png)",
    "![](media/../../secret.svg)",
    "![](media/a.svg?x=http://e)",
    "![](data:image/svg+xml,<svg onload=alert(1)>)",
    '![x" onerror="alert(1)](media/a.svg)',
    "<iframe src=https://evil.example></iframe>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<base href=https://evil.example>",
    "<form action=https://evil.example><button>",
    "<meta http-equiv=refresh content=0>",
    '<div hx-get="/admin/delete" hx-trigger="load">',
    "<style>*{display:none}</style>",
    '[a](https://x.example "t\' onclick=alert(1)")',
    "```html\n</code></pre><script>alert(1)</script>\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{7*7}} {% include 'x' %} \u202eabc\u0000",
    "| a |\n|:-:|\n| <script>x</script> |",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_markdown_is_text(markdown: str) -> None:
    assert_harmless(render(markdown, "/media/"))


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE, *"[]()<>!`*_|#>-\n\"'&\\ "]), max_size=12).map("".join))
def test_no_mixture_of_hostile_pieces_gets_through(markdown: str) -> None:
    assert_harmless(render(markdown, "/media/"))


@pytest.mark.parametrize(("level", "inside"), [(">", " x"), ("> ", "x"), ("- ", ""), ("[", ""), ("![[", "")])
def test_ten_thousand_levels_do_not_explode(level: str, inside: str) -> None:
    assert_linear(lambda levels: level * levels + inside, render, 1_250)


def test_the_title_is_left_to_the_page_and_headings_do_not_jump() -> None:
    html = render("# Title\n\n## One\n\n##### Deep\n\n# Two\n\n###### Six")
    assert html.split("\n") == ["<h2>One</h2>", "<h3>Deep</h3>", "<h2>Two</h2>", "<h3>Six</h3>", ""]
    assert render("# Title\n\n## One\n\n### Two") == "<h2>One</h2>\n<h3>Two</h3>\n"
    assert render("### Only") == "<h2>Only</h2>\n"


def test_quotes_are_call_outs_and_boxes_a_check_list() -> None:
    assert render("> Stop *first*.") == '<div class="callout" role="note">\n<p>Stop <em>first</em>.</p>\n</div>\n'
    assert render("- [ ] look\n- plain") == '<ul>\n<li class="check">look</li>\n<li>plain</li>\n</ul>\n'


def test_links_are_https_and_do_not_hand_over_the_page() -> None:
    html = render("[a](https://a.example/x?y=1) <https://b.example> [c](http://c.example)")
    assert html.count('rel="noopener noreferrer"') == html.count("<a ") == 2
    assert html.endswith(" c</p>\n")


def test_pictures_come_from_the_course_and_keep_their_description() -> None:
    markdown = "![A *red* tag](media/tag.svg)"
    assert render(markdown, "/m/7/") == '<p><img src="/m/7/tag.svg" alt="A red tag" loading="lazy"></p>\n'
    assert render("![A tag](https://else.example/x.png)", "/m/7/") == "<p>A tag</p>\n"
    assert "<img" not in render(markdown)


def test_what_is_refused_has_its_line() -> None:
    lesson = parse_lesson("# T\n\nfine\n[x](javascript:1)\n\n> ![y](http://z.example)\n\n![ok](media/a.svg)")
    assert lesson.refused == [RefusedLink(4, "javascript:1"), RefusedLink(6, "http://z.example")]
    assert lesson.pictures == [(8, "media/a.svg")]


def test_key_points_are_the_bold_openings_of_the_second_section() -> None:
    points = "**Be *fair*.** Always.\n\nPlain **no**.\n\n- **no**"
    lesson = f"# T\n\n## Aims\n\n**No.** x\n\n## Points\n\n{points}\n\n## Story\n\n**No**"
    assert key_points(lesson) == ("Be fair.",)
    assert key_points("## A\n\n## B\n\n- one\n- two\n") == ("one", "two")
    assert key_points("nothing") == ()
