"""Pages that count as built alike are equally sound, and words read without a parser are those that a parser reads."""

import html5lib
import pytest

from tests.markup import build, words

PAGE = ('<!DOCTYPE html><html lang="en" dir="ltr"><head><title>One</title></head><body><h1>One &amp; two</h1>'
        '<label for="a7">Name</label> <input id="a7" name="n" value="x &lt; y"> <a href="/people/7">Dara</a></body></html>')


@pytest.mark.parametrize(("old", "new"), [("7", "8"), ("Dara", "Sok &amp; <!---->"), ("x &lt; y", "z"), ("One &amp; two", "Three")])
def test_other_words_and_numbers_are_the_same_build(old: str, new: str) -> None:
    assert build(PAGE.replace(old, new).replace("<!---->", "")) == build(PAGE)


@pytest.mark.parametrize(("old", "new"), [
    ('id="a7"', 'id="b7"'), ('name="n"', 'name="n" id="a7"'), ("One &amp; two", ""), ("&amp;", "&"), ("</a>", ""), ("<title>One", "<title>"),
    ('dir="ltr"', 'dir=""'), ('<input id="a7"', '<input id="a7" style="x"'), ('value="x &lt; y"', 'value="&"'), ('for="a7"', ""),
    ('<a href="/people/7"', '<a href=""'), ("</body>", '<i id="a7"></i></body>'),
])
def test_a_fault_is_another_build(old: str, new: str) -> None:
    assert build(PAGE.replace(old, new)) != build(PAGE)


@pytest.mark.parametrize("more", ["", "<p title='a > b'>R&eacute;sum&eacute;&nbsp;1 &lt;b&gt;</p>", "<p>a<br>b <b>c</b>d</p>"])
def test_words_are_those_of_a_parser(more: str) -> None:
    page = PAGE.replace("</body>", f"{more}</body>")
    parsed = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
    assert words(page, with_templates=False) == " ".join("".join(parsed.itertext()).split())


def test_what_only_a_parser_knows_is_left_to_it() -> None:
    assert words("<p>a</p><!-- b -->", with_templates=False) is None
    assert words("<script type='application/json'>[1]</script>", with_templates=False) is None
    assert words("<p>a</p><template><p>b</p></template>", with_templates=False) == "a"
    assert words("<p>a</p><template><p>b</p></template>", with_templates=True) == "ab"
