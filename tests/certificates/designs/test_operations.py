"""Versions, drafts, who signs on which day."""

from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.certificates import face, retention
from app.certificates import operations as certificates_verbs
from app.certificates.designs import operations
from app.certificates.designs.content import Content, content_of
from app.certificates.designs.models import DesignPreview
from app.certificates.designs.operations import SignatoryFacts, Stale
from app.certificates.designs.operations.drafts import seen_of
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.queries.dressing import look_for
from app.certificates.designs.uploads import UploadRefused
from app.certificates.paper.look import Look
from app.certificates.rules import Form
from app.factories.models import Factory, Person
from app.factories.structure.taken import Taken
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.files import uploads
from app.platform.refusal import NotFound, Refused
from tests.make import accounts, certificates, courses, designs, factories
from tests.make.statements import counted

pytestmark = pytest.mark.usefixtures("app")
ON = date(2026, 11, 26)


def _person() -> tuple[Person, Factory]:
    factory = factories.factory(language="km")
    return factories.person(factory, name="Sok Dara", local_name="សុខ ដារ៉ា", language="km"), factory


def test_the_course_s_own_design_comes_first_then_the_programme_s_then_ours() -> None:
    programme, version = factories.programme(), courses.version()
    assert look_for(programme.id, version.course_id, "en", ON) == (Look(), (), None)
    designs.design(programme, ink="#14532d")
    assert look_for(programme.id, version.course_id, "en", ON)[0].ink == "#14532d"
    own = designs.design(programme, version, ink="#5b2333")
    assert look_for(programme.id, version.course_id, "en", ON)[0].ink == "#5b2333"
    operations.archive(SYSTEM, own.id)
    assert look_for(programme.id, version.course_id, "en", ON)[0].ink == "#14532d"
    assert look_for(factories.programme("VN").id, version.course_id, "en", ON)[2] is None


def test_a_draft_dresses_nothing() -> None:
    programme = factories.programme()
    made = designs.design(programme, is_published=False, ink="#14532d")
    assert look_for(programme.id, 1, "en", ON)[2] is None
    version_id = designs.publish(made)
    designs.edit(made, ink="#5b2333")
    assert look_for(programme.id, 1, "en", ON)[0].ink == "#14532d"
    assert look_for(programme.id, 1, "en", ON)[2] == version_id


def test_a_published_version_never_changes_and_neither_do_certificates() -> None:
    person, factory = _person()
    made = designs.design(factory.programme, texts={"km": {"statement": "{name} បានបញ្ចប់ {course}."}})
    first = queries.latest(made.id)
    frozen, old = dict(first.content), certificates.certificate(person, factory)
    printed = dict(old.face)
    assert old.face["look"]["statement"].startswith("សុខ ដារ៉ា បានបញ្ចប់ ")
    assert old.design_version_id == first.id
    designs.edit(made, texts={}, form=Form.PORTRAIT)
    designs.publish(made)
    operations.archive(SYSTEM, made.id)
    db.session.expire_all()
    assert (queries.version(made.id, 1).content, old.face) == (frozen, printed)
    assert [(version.number, issued) for version, issued in queries.versions(made.id)] == [(2, 0), (1, 1)]


def test_a_certificate_that_ended_before_it_had_a_file_is_not_counted() -> None:
    person, factory = _person()
    made = designs.design(factory.programme)
    ended = certificates.certificate(person, factory)
    kept = certificates.certificate(factory=factory)
    certificates_verbs.revoke(ended.completion_id, "test")
    [(version, issued)] = queries.versions(made.id)
    assert list(db.session.scalars(queries.issued_with(version.id))) == [kept]
    assert [issued, *(row.issued for row in queries.designs(SYSTEM))] == [1, 1]


def test_a_draft_that_somebody_else_changed_is_not_written_over() -> None:
    made = designs.design(is_published=False)
    seen = seen_of(queries.latest(made.id))
    operations.save(SYSTEM, made.id, seen, Content(ink="#14532d"))
    for verb in (
        lambda: operations.save(SYSTEM, made.id, seen, Content(ink="#5b2333")),
        lambda: operations.publish(SYSTEM, made.id, seen),
        lambda: operations.set_logo(SYSTEM, made.id, seen, designs.LOGO, "Logo"),
        lambda: operations.remove_logo(SYSTEM, made.id, seen),
        lambda: operations.discard(SYSTEM, made.id, seen),
    ):
        with pytest.raises(Stale):
            verb()
    assert content_of(queries.latest(made.id).content).ink == "#14532d"


def test_two_who_begin_the_next_version_begin_one() -> None:
    made = designs.design()
    seen = seen_of(queries.latest(made.id))
    operations.save(SYSTEM, made.id, seen, Content(ink="#14532d"))
    with pytest.raises(Stale):
        operations.save(SYSTEM, made.id, seen, Content(ink="#5b2333"))
    assert [version.number for version, _issued in queries.versions(made.id)] == [2, 1]


def test_publishing_twice_is_once() -> None:
    made = designs.design()
    latest = queries.latest(made.id)
    assert operations.publish(SYSTEM, made.id, seen_of(latest)).id == latest.id


def test_a_draft_is_thrown_away_and_the_first_is_not() -> None:
    made = designs.design()
    designs.edit(made, ink="#14532d")
    operations.discard(SYSTEM, made.id, seen_of(queries.latest(made.id)))
    assert queries.latest(made.id).published_at is not None
    other = designs.design(factories.programme("VN"), is_published=False)
    with pytest.raises(Refused):
        operations.discard(SYSTEM, other.id, seen_of(queries.latest(other.id)))


def test_one_design_for_each_course() -> None:
    programme = factories.programme()
    first = designs.design(programme)
    with pytest.raises(Taken):
        designs.design(programme)
    operations.archive(SYSTEM, first.id)
    second = designs.design(programme)
    with pytest.raises(Taken):
        operations.restore(SYSTEM, first.id)
    operations.archive(SYSTEM, second.id)
    operations.restore(SYSTEM, first.id)


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "content",
    [
        Content(ink="#ffffff"),
        Content(ink="url(x)"),
        Content(thread="#fff8e0"),
        Content(texts={"en": {"title": "{config}"}}),
        Content(texts={"xx": {"title": "Title"}}),
        Content(texts={"en": {"secret": "Title"}}),
        Content(texts={"en": {"title": "x" * 61}}),
        Content(signatories=(1, 2, 3)),
        Content(signatories=(999_999,)),
    ],
)
def test_what_no_design_may_hold(content: Content) -> None:
    made = designs.design(is_published=False)
    with pytest.raises(Refused):
        operations.save(SYSTEM, made.id, seen_of(queries.latest(made.id)), content)


def test_nobody_else_s_signatories() -> None:
    stranger = designs.signatory(factories.programme("VN"))
    made = designs.design(is_published=False)
    with pytest.raises(Refused):
        designs.edit(made, signatories=(stranger.id,))


def test_out_of_scope_there_is_nothing() -> None:
    made = designs.design()
    signatory = designs.signatory(made.programme)
    stranger = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("VN")))
    trainer = accounts.actor(accounts.account(Role.TRAINER, programme=made.programme))
    for actor in (stranger, trainer):
        for verb in (
            lambda actor: operations.create(actor, made.programme.code, None, "Mine"),
            lambda actor: operations.archive(actor, made.id),
            lambda actor: operations.save(actor, made.id, "1.1", Content()),
            lambda actor: operations.ask(actor, made.id, Content(), "en", "usual"),
            lambda actor: operations.change_signatory(actor, signatory.id, 1, SignatoryFacts({}, {}, ON)),
            lambda actor: operations.set_signature(actor, signatory.id, 1, designs.LOGO),
        ):
            with pytest.raises(NotFound):
                verb(actor)
        assert queries.designs(actor) == []


def test_who_signs_on_a_day() -> None:
    programme = factories.programme()
    gone = designs.signatory(programme, "Gone", valid_to=ON - timedelta(days=1))
    last_day = designs.signatory(programme, "Last day", valid_to=ON)
    designs.signatory(programme, "Coming", valid_from=ON + timedelta(days=1))
    designs.design(programme, signatories=(gone.id, last_day.id))
    look = look_for(programme.id, 1, "en", ON)[1]
    assert [one.name for one in look] == ["Last day"]
    assert look_for(programme.id, 1, "km", ON)[1][0].name == "Last day ខ្មែរ"
    assert look_for(programme.id, 1, "km", ON)[1][0].role == "អ្នកគ្រប់គ្រង"
    assert look_for(programme.id, 1, "en", ON + timedelta(days=1))[1] == ()


def test_where_nobody_may_sign_the_trainers_do() -> None:
    person, factory = _person()
    gone = designs.signatory(factory.programme, "Gone", valid_to=date(2020, 2, 1))
    without = certificates.certificate(person, factory).face["signatories"]
    designs.design(factory.programme, signatories=(gone.id,))
    assert certificates.certificate(factories.person(factory), factory).face["signatories"] == without


def test_what_somebody_signed_with_stays() -> None:
    person, factory = _person()
    row = designs.signatory(factory.programme)
    operations.set_signature(SYSTEM, row.id, 1, designs.LOGO)
    designs.design(factory.programme, signatories=(row.id,))
    old = certificates.certificate(person, factory)
    facts = SignatoryFacts({"en": "Somebody Else"}, {"en": "Director"}, ON)
    operations.change_signatory(SYSTEM, row.id, row.revision, facts)
    operations.remove_signature(SYSTEM, row.id, row.revision)
    thawed = face.thaw(old.face).signatories[0]
    assert thawed.name == "Helena Duarte ខ្មែរ"
    assert thawed.picture is not None
    assert "circle" in thawed.picture.data
    assert old.face["signatories"][0]["picture"]["data"] == ""
    with pytest.raises(Stale):
        operations.change_signatory(SYSTEM, row.id, 1, facts)


def test_a_signatory_with_an_end_before_the_beginning_or_no_name() -> None:
    programme = factories.programme()
    for facts in (
        SignatoryFacts({"en": "A"}, {"en": "B"}, ON, ON - timedelta(days=1)),
        SignatoryFacts({"km": "A"}, {"en": "B"}, ON),
    ):
        with pytest.raises(Refused):
            operations.add_signatory(SYSTEM, programme.code, facts)


def test_a_logo_is_kept_once_and_frozen_by_its_key() -> None:
    person, factory = _person()
    made = designs.design(factory.programme, is_published=False)
    with pytest.raises(UploadRefused):
        operations.set_logo(SYSTEM, made.id, "1.1", b"<svg><script/></svg>", "Logo")
    operations.set_logo(SYSTEM, made.id, seen_of(queries.latest(made.id)), designs.LOGO, "A loom")
    designs.publish(made)
    old = certificates.certificate(person, factory)
    assert (old.face["look"]["logo"]["data"], old.face["look"]["logo"]["alt"]) == ("", "A loom")
    logo = face.thaw(old.face).look.logo
    assert logo is not None
    assert "circle" in logo.data
    designs.edit(made, ink="#14532d")
    operations.remove_logo(SYSTEM, made.id, seen_of(queries.latest(made.id)))
    assert content_of(queries.version(made.id, 1).content).logo is not None


def test_whose_time_has_run_out_is_named_in_no_text() -> None:
    person, factory = _person()
    designs.design(factory.programme, texts={"km": {"statement": "{name}", "title": "Sok Dara"}})
    row = certificates.certificate(person, factory)
    retention.forget([row.id])
    assert "Sok Dara" not in str(row.face)
    assert "សុខ ដារ៉ា" not in str(row.face)


def test_dressing_asks_twice() -> None:
    programme = factories.programme()
    row = designs.signatory(programme)
    designs.design(programme, signatories=(row.id,))
    db.session.flush()
    with counted() as statements:
        look_for(programme.id, 1, "en", ON)
    assert len(statements) == 2


def test_a_preview_is_the_last_that_was_asked_for() -> None:
    made = designs.design(is_published=False)
    actor = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=made.programme))
    first = operations.ask(actor, made.id, Content(), "en", "usual")
    number = first.number
    second = operations.ask(actor, made.id, Content(ink="#14532d"), "en", "usual")
    operations.note_drawn(second.id, number, "a" * 64)
    assert second.file_key is None
    key = uploads().put(b"a picture")
    operations.note_drawn(second.id, second.number, key)
    assert second.file_key == key
    assert operations.ask(actor, made.id, Content(ink="#14532d"), "en", "usual").number == second.number
    assert operations.ask(actor, made.id, Content(ink="#14532d"), "km", "usual").drawn_at is None


def test_a_preview_whose_picture_is_gone_is_drawn_anew() -> None:
    made = designs.design(is_published=False)
    actor = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=made.programme))

    def ask() -> DesignPreview:
        return operations.ask(actor, made.id, Content(), "en", "usual")

    operations.note_drawn(ask().id, 1, uploads().put(b"a picture"))
    assert ask().number == 1
    with telling(now() + timedelta(days=1)):
        assert ask().number == 2
    operations.note_drawn(ask().id, 3, key := uploads().put(b"a picture"))
    assert ask().number == 3
    uploads().forget(key)
    assert (ask().number, ask().file_key) == (4, None)


