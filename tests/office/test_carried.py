"""Notes and documents on a thing: who reads them, who changes them, what is kept and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.forms import fresh_key
from office.models import Attachment, Document, Note
from tests import making

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ABOUT = "/about/supplier/P05/"
PDF = b"%PDF-1.4 agreed"


@pytest.fixture
def supplier(moment):
    """The user of a supplier."""
    return making.person("p05@example.org", making.SUPPLIER, firm=making.firm("P05"))


@pytest.fixture
def other():
    """The user of another supplier."""
    return making.person("p06@example.org", making.SUPPLIER, firm=making.firm("P06"))


@pytest.fixture
def sign_in(client):
    """Return a function that signs somebody in and gives the browser."""

    def enter(user):
        client.force_login(user, backend=BACKEND)
        client.cookies["django_language"] = "en"
        return client

    return enter


def written(browser, text="Called.", **fields):
    """Send a new note; returns the answer."""
    return browser.post(f"{ABOUT}notes/new/", {"key": fresh_key(), "text": text, **fields})


def attached(browser, name="contract.pdf", content=PDF, **fields):
    """Send a new document; returns the answer."""
    fields = {"key": fresh_key(), "title": "Contract", "type": "contract", **fields}
    return browser.post(f"{ABOUT}documents/new/", {**fields, "file": SimpleUploadedFile(name, content)})


def test_an_internal_note_is_the_houses_and_another_the_suppliers_too(sign_in, supplier, other, admin):
    written(sign_in(admin), "For us alone", internal="on")
    written(sign_in(admin), "For them too")
    page = sign_in(supplier).get("/suppliers/P05").content.decode()
    assert ("For them too" in page, "For us alone" in page) == (True, False)
    assert [note.text for note in sign_in(admin).get(ABOUT).context["notes"]] == ["For them too", "For us alone"]
    assert sign_in(other).get(ABOUT).status_code == 404
    assert written(sign_in(other)).status_code == 404


def test_what_a_supplier_writes_is_never_internal(sign_in, supplier):
    assert written(sign_in(supplier), internal="on").status_code == 302
    assert Note.objects.get().internal is False


def test_only_its_author_changes_a_note_and_never_over_what_they_did_not_see(sign_in, supplier, admin, manager):
    written(sign_in(admin), "First")
    note = Note.objects.get()
    address = f"{ABOUT}notes/{note.pk}/"
    assert sign_in(manager).get(address).status_code == 404
    sent = {"key": fresh_key(), "version": "1", "text": "Second"}
    assert sign_in(admin).post(address, sent).status_code == 302
    assert sign_in(admin).post(address, {**sent, "key": fresh_key()}).status_code == 409
    note.refresh_from_db()
    assert (note.text, note.version, note.changed_at is None) == ("Second", 2, False)
    assert list(note.pgh_event_model.objects.order_by("pgh_id").values_list("text", flat=True)) == ["First", "Second"]


def test_the_same_file_is_kept_once_and_given_only_as_a_download(sign_in, supplier, other, admin):
    attached(sign_in(admin), internal="on")
    attached(sign_in(admin), name="again.pdf", title="Same contract", valid_from="2026-01-01", valid_to="2026-06-30")
    assert Attachment.objects.count() == 1
    internal, shown = Document.objects.order_by("pk")
    file = f"{ABOUT}documents/{{}}/file/".format
    answer = sign_in(supplier).get(file(shown.pk))
    assert (answer["Content-Disposition"], b"".join(answer.streaming_content)) == (
        'attachment; filename="contract.pdf"',
        PDF,
    )
    assert b"no longer valid" in sign_in(supplier).get(ABOUT).content
    refused = [
        sign_in(supplier).get(file(internal.pk)),
        sign_in(other).get(file(shown.pk)),
        sign_in(supplier).get(f"/documents/{shown.attachment_id}/"),  # the file without the thing
        sign_in(supplier).get(f"/about/supplier/P06/documents/{shown.pk}/file/"),
    ]
    assert [answer.status_code for answer in refused] == [404, 404, 404, 404]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("tool.exe", b"MZ\x90", "A document of this type is not taken."),
        ("scan.pdf", b"MZ\x90 a program", "is not what the ending of its name says"),
        ("page.csv", b"<HTML><script>", "is not what the ending of its name says"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_what_is_no_document_is_refused_and_nothing_is_kept(sign_in, supplier, admin, name, content, why):
    answer = attached(sign_in(admin), name, content)
    assert (answer.status_code, why in answer.content.decode()) == (200, True)
    assert (Attachment.objects.count(), Document.objects.count()) == (0, 0)


def test_a_document_larger_than_the_limit_is_refused(sign_in, supplier, admin, settings):
    settings.UPLOAD_LIMIT_MIB = 1
    assert "larger than 1 MiB" in attached(sign_in(admin), content=PDF * 100_000).content.decode()


def test_a_document_cannot_end_before_it_begins(sign_in, supplier, admin):
    answer = attached(sign_in(admin), valid_from="2026-06-30", valid_to="2026-01-01")
    assert "The end must come after the start." in answer.content.decode()
