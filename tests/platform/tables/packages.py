"""Small hand-made packages, honest and hostile."""

import io
import zipfile

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PLAIN = (
    "<worksheet><sheetData>"
    '<row><c t="inlineStr"><is><t>Emp ID</t></is></c><c t="inlineStr"><is><t>Name</t></is></c></row>'
    '<row><c><v>7</v></c><c t="inlineStr"><is><t>Ann Bee</t></is></c></row>'
    "</sheetData></worksheet>"
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def swelling() -> bytes:
    """A workbook of a few kB that says it is small, in a packing of which zipfile unpacks far more than it is asked for."""
    big, out = b"<a>" + b" " * 20_000_000 + b"</a>", io.BytesIO(xlsx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_BZIP2) as archive:
        for number in range(2):
            archive.writestr(f"x/{number}.xml", big)
    return out.getvalue().replace(len(big).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def xlsx(sheet: str | bytes = PLAIN, workbook: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook with one sheet and further parts."""
    book = workbook or '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="s1"/></sheets></workbook>'
    return zipped({
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="t/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        '<Relationship Id="s1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="s2" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(more or {}),
    })


def relation(kind: str) -> str:
    """A relationship part that points outside the package."""
    return (f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="t/{kind}" '
            'Target="file:///etc/passwd" TargetMode="External"/></Relationships>')


def ods(body: str, mime: str = "application/vnd.oasis.opendocument.spreadsheet", manifest: str = "<m/>") -> bytes:
    """An OpenDocument file; the body stands inside a root that knows the prefixes."""
    content = f'<root xmlns:table="t" xmlns:office="o" xmlns:text="x">{body}</root>'
    return zipped({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_cell(attributes: str = "", text: str = "a") -> str:
    """One text cell."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'
