"""What lies in a ZIP: readable unique names, a list, and a word about what is missing."""

import unicodedata
import zipfile

from flask import Flask
from flask_babel import force_locale

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.certificates import operations as certificates_verbs
from app.certificates.bundles import packing, queries
from app.certificates.bundles.rules import BundleKind, Wanted
from app.certificates.rules import Reason
from app.platform.files import files
from app.platform.tables import Limits, read_tables
from tests.make import accounts, bundles, certificates, factories


def _table(archive: zipfile.ZipFile) -> list[list[str]]:
    [sheet] = read_tables(archive.read("index.xlsx"), Limits()).sheets
    return [[str(cell or "") for cell in (*row, *[None] * (10 - len(row)))] for row in sheet.rows]


def test_every_file_has_a_name_of_its_own_and_stands_in_the_index(app: Flask) -> None:
    factory = factories.factory()
    names = ["Sok Dara", "Sok Dara", "Nguyễn Thị Ánh", "សុខ ដារ៉ា", "=cmd|' /C calc'!A0", "../../etc/passwd", "x" * 200]
    drawn = bundles.certified(factory, *names)
    bundle = bundles.packed(bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory)))
    with bundles.opened(bundle) as archive:
        assert archive.testzip() is None
        packed = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert len(set(packed)) == len(names)
        for certificate, name in zip(drawn, packed, strict=True):
            assert name.startswith(certificate.number)
            assert archive.read(name) == files().get(certificate.file_key or "")
            assert len(name.encode()) < 255
            assert "/" not in name and "\\" not in name and ".." not in name.removesuffix(".pdf")
            assert unicodedata.is_normalized("NFC", name)
        heading, *rows = _table(archive)
        assert heading[0] == "Number" and heading[-1] == "File"
        assert [row[-1] for row in rows] == packed
        assert [row[1] for row in rows] == names
        assert {row[6] for row in rows} == {"Valid"}
        assert b"<f>" not in zipfile.ZipFile(archive.open("index.xlsx")).read("xl/worksheets/sheet1.xml")
    assert (bundle.done, bundle.left_out) == (len(names), 0)


def test_it_needs_no_second_pass_of_whoever_unpacks_it(app: Flask) -> None:
    """Readers that go through a ZIP as it comes need the sizes before the content."""
    factory = factories.factory()
    bundles.certified(factory, "Sok Dara")
    bundle = bundles.packed(bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory)))
    with bundles.opened(bundle) as archive:
        assert not any(entry.flag_bits & 0x08 for entry in archive.infolist())


def test_what_is_missing_is_named_in_the_reader_s_language(app: Flask) -> None:
    factory = factories.factory()
    kept, lost, revoked = bundles.certified(factory, "Kept One", "Lost One", "Revoked One")
    waiting = certificates.certificate(factory=factory)
    files().folder.joinpath(lost.file_key[:2], lost.file_key).unlink()
    certificates_verbs.revoke(revoked.completion_id, "test")
    with force_locale("vi"):
        order = bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory))
    bundle = bundles.packed(order)
    assert (bundle.language, bundle.left_out, bundle.done) == ("vi", 3, 4)
    with bundles.opened(bundle) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".pdf")]
        assert kept.number in name
        text = archive.read("MISSING.txt").decode()
        for certificate in (lost, revoked, waiting):
            assert certificate.number in text
        assert kept.number not in text
        assert [row[-1] for row in _table(archive)[1:]] == [name, "", "", ""]


def test_revoked_after_the_order_is_not_packed(app: Flask) -> None:
    factory = factories.factory()
    kept, revoked = bundles.certified(factory, "Kept One", "Revoked One")
    order = bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory), Wanted(state="in_force"))
    certificates_verbs.revoke(revoked.completion_id, "test")
    with bundles.opened(bundles.packed(order)) as archive:
        packed = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert [name[: len(kept.number)] for name in packed] == [kept.number]


def test_what_ended_before_it_had_a_file_stands_nowhere(app: Flask) -> None:
    factory = factories.factory()
    [seen] = bundles.certified(factory, "Kept One")
    waiting, revoked, replaced = (certificates.certificate(factory=factory) for _ in range(3))
    order = bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory))
    certificates_verbs.revoke(revoked.completion_id, "test")
    fresh = certificates_verbs.reissue(SYSTEM, replaced.id, Reason.NAME)
    everybody = {seen.id, waiting.id, fresh.id}
    shown = queries.found(SYSTEM, Wanted())
    assert {key for key, _factory in queries.to_pack(shown, BundleKind.ZIP)} == everybody
    assert queries.counts(shown) == queries.Counts(all=3, ready=1, waiting=2, revoked=0)
    items = packing.items([seen.id, waiting.id, revoked.id, replaced.id, fresh.id])
    assert {item.id: item.is_waiting for item in items} == {seen.id: False, waiting.id: True, fresh.id: True}
    bundle = bundles.packed(order)
    with bundles.opened(bundle) as archive:
        text = archive.read("MISSING.txt").decode() + str(_table(archive))
    assert waiting.number in text
    assert revoked.number not in text and replaced.number not in text
