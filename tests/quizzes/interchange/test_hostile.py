"""Files that want to harm: refused with their line, in little time and memory; nothing from outside is read."""

import io
import resource
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.quizzes.interchange import FORMATS
from app.quizzes.interchange.qti.xhtml import tidy
from tests.growth import assert_linear

XML = ["moodle-xml", "qti21", "qti3"]
LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE quiz [\n<!ENTITY a "aaaaaaaaaa">\n' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">\n' for n in range(1, 12)
) + "]>\n<quiz>&a11;</quiz>"  # fmt: skip
QUADRATIC = f'<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "{"a" * 50_000}">]>\n<quiz>{"&a;" * 50_000}</quiz>'
HOSTILE = {
    "billion laughs": (LAUGHS, 2, "unsafe_xml"),
    "quadratic": (QUADRATIC, 2, "unsafe_xml"),
    "external entity": ('<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<quiz>&x;</quiz>', 1, "unsafe_xml"),
    "external dtd": ('\n<!DOCTYPE quiz SYSTEM "http://localhost:9/x.dtd">\n<quiz/>', 2, "unsafe_xml"),
    "parameter entity": ('<!DOCTYPE quiz [<!ENTITY % x SYSTEM "http://localhost:9/x"> %x;]>\n<quiz/>', 1, "unsafe_xml"),
    "xinclude": ('<quiz xmlns:xi="http://www.w3.org/2001/XInclude">\n<xi:include href="file:///etc/passwd" parse="text"/></quiz>', 2, "unsafe_xml"),
    "unknown entity": ("<quiz>\n\n&nbsp;</quiz>", 3, "not_xml"),
    "deep": ("<quiz>\n" + "<a>" * 200_000, 2, "too_complex"),
    "many parts": ("<quiz>\n" + "<a/>" * 2_000_000 + "</quiz>", 2, "too_complex"),
    "many comments": ("<quiz>\n" + "<!---->" * 1_000_000 + "</quiz>", 2, "too_complex"),
    "many attributes": ("<quiz>\n<a " + " ".join(f'a{n:x}=""' for n in range(500_000)) + "/></quiz>", 2, "too_complex"),
    "a text of 9 MB": ("<quiz>\n<a>" + "a " * 4_500_000 + "</a></quiz>", 2, "file_too_large"),
    "more than 10 MB": ("<quiz>" + "a" * 11_000_000 + "</quiz>", 1, "file_too_large"),
    "nul": ("<quiz>\n\0</quiz>", 2, "not_xml"),
    "control by number": ("<quiz>\n\n&#x85;</quiz>", 3, "bad_encoding"),
    "latin": (b"<quiz>\n\xe9</quiz>", 2, "not_xml"),
    "wrongly declared": ('<?xml version="1.0" encoding="UTF-16"?>\n<quiz/>', 1, "not_xml"),
    "encoding nobody knows": ('<?xml version="1.0" encoding="rot13"?>\n<quiz/>', 1, "not_xml"),
    "multi-byte encoding": ('<?xml version="1.0" encoding="gbk"?>\n<quiz/>', 1, "not_xml"),
    "half": ("<quiz>\n<question>", 2, "not_xml"),
    "empty": ("", 1, "not_xml"),
    "something else": ("<html/>", 1, "wrong_root"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("case", list(HOSTILE))
def test_xml_that_wants_to_harm_is_refused_with_its_line(case: str, name: str) -> None:
    text, line, code = HOSTILE[case]
    data = text if isinstance(text, bytes) else text.encode()
    tracked = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bank = FORMATS[name].read(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - tracked < 150_000
    assert [(fault.line, fault.code) for fault in bank.errors] == [(line, code)]
    assert bank.readable == ()
    assert "root:" not in bank.errors[0].message


@pytest.mark.parametrize("name", ["gift", "aiken"])
def test_ten_megabytes_of_text_are_refused(name: str) -> None:
    bank = FORMATS[name].read(b"A question? {T}\n\n" * 700_000)
    assert [(fault.line, fault.code) for fault in bank.errors] == [(1, "file_too_large")]


@pytest.mark.parametrize("name", ["gift", "aiken"])
def test_nul_and_other_encodings_have_their_line(name: str) -> None:
    for data in (b"Fine\n\n\0", "Fine\n\n\xe9".encode("latin-1"), b"Fine\n\n\x1b[31m"):
        assert (3, "bad_encoding") in [(fault.line, fault.code) for fault in FORMATS[name].read(data).errors]


def item(body: str, declared: str = "") -> bytes:
    return f'<assessmentItem identifier="a" title="t">{declared}<itemBody>{body}</itemBody></assessmentItem>'.encode()


def wide(size: int) -> bytes:
    return item("<div>" * 58 + "<b>x</b>" * size + '<textEntryInteraction responseIdentifier="R"/>' + "</div>" * 58)


def chosen(cardinality: str, kind: str, size: int) -> bytes:
    right = "".join(f"<value>c{n}</value>" for n in range(size))
    choices = "".join(f'<simpleChoice identifier="c{n}">x</simpleChoice>' for n in range(size))
    declared = f'<responseDeclaration identifier="R" cardinality="{cardinality}"><correctResponse>{right}</correctResponse></responseDeclaration>'
    return item(f'<p>a</p><{kind} responseIdentifier="R">{choices}</{kind}>', declared)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        wide,
        partial(chosen, "ordered", "orderInteraction"),
        partial(chosen, "multiple", "choiceInteraction"),
        lambda size: item("<p>a</p>" + "<img/>" * size),
    ],
    ids=["wide and deep", "order", "choices", "pictures"],
)  # fmt: skip
def test_large_items_take_linear_time(make: Callable[[int], bytes]) -> None:
    assert_linear(make, FORMATS["qti21"].read, 2_000)


@pytest.mark.parametrize("piece", ["<b>", "</i>", "<!--", "<a ", '<a b="', "<script>", "&", "&#", "<b", " = ", "<![CDATA["])
def test_markup_of_any_shape_is_tidied_in_linear_time(piece: str) -> None:
    assert_linear(lambda size: piece * size, tidy, 6_000)
    assert_linear(lambda size: f"<a {piece.strip('<>') * size}>", tidy, 6_000)


def archive(*entries: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED, **more: int) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", packing) as opened:
        for name, data in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = packing
            for key, value in more.items():
                setattr(info, key, value)
            with warnings.catch_warnings(action="ignore"):
                opened.writestr(info, data)
    return whole.getvalue()


BIG = b" " * 50_000_000
BIG_SIZE = len(BIG).to_bytes(4, "little")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: archive(("../a.xml", b"<a/>")), "archive_unsafe"),
        (lambda: archive(("/a.xml", b"<a/>")), "archive_unsafe"),
        (lambda: archive(("c:/a.xml", b"<a/>")), "archive_unsafe"),
        (lambda: archive(("a.xml", b"<a/>"), ("a.xml", b"<b/>")), "archive_unsafe"),
        (lambda: archive(("a.xml", b"/etc/passwd"), external_attr=0o120777 << 16), "archive_unsafe"),
        (lambda: archive(("a.xml", b" " * 50_000_000)), "file_too_large"),
        (lambda: archive(("a.xml", BIG), packing=zipfile.ZIP_BZIP2).replace(BIG_SIZE, (9).to_bytes(4, "little")), "archive_packing"),
        (lambda: archive(("a.xml", BIG), packing=zipfile.ZIP_LZMA).replace(BIG_SIZE, (9).to_bytes(4, "little")), "archive_packing"),
        (lambda: archive(*((f"{n}.xml", b"") for n in range(2_500))), "file_too_large"),
        (lambda: archive(("a.txt", b"")), "archive_damaged"),
        (lambda: archive(("a.xml", b"<a/>"))[:-30], "archive_damaged"),
        (lambda: archive(("imsmanifest.xml", b"<manifest><resources>\n<resource type='imsqti_item_xmlv2p1' href='x.xml'/></resources></manifest>")), "part_missing"),
        (lambda: archive(("imsmanifest.xml", LAUGHS.encode())), "unsafe_xml"),
    ],
)  # fmt: skip
def test_archives_that_want_to_harm_are_refused(make: Callable[[], bytes], code: str) -> None:
    data = make()
    tracemalloc.start()
    bank = FORMATS["qti3"].read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code in [fault.code for fault in bank.errors]
    assert bank.questions == ()
    assert peak < 30_000_000


def test_a_bomb_inside_a_package_is_named_with_its_file(tmp_path: Path) -> None:
    bank = FORMATS["qti3"].read(archive(("items/good.xml", item("<p>x</p>")), ("items/bad.xml", LAUGHS.encode())))
    assert [(fault.line, fault.code, fault.detail) for fault in bank.errors] == [(2, "unsafe_xml", "items/bad.xml")]
