"""文書: what is taken in and what is refused, kept encrypted, given out as a download alone, taken back."""

import io
import os
import time
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.actions.files import OtherAttachment, attach
from cases.models import Attachment, PaperOriginal
from centers import filestore
from centers.filetypes import TYPES, FileLimits, FileRefused, file_type
from centers.models import AccessLog
from tests.factories import AttachmentFactory, ClientFactory, ConsultationFactory, center, user_with

LIMITS = FileLimits(file_bytes=1_000_000, zip_entries=10, unpacked_bytes=100_000, unpacked_ratio=50)
PDF = b"%PDF-1.7\nbody\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0abc\xff\xd9"
HEIC = b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + b"\0" * 20
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def office(parts=("word/document.xml",), kind: str = MAIN, **contents: bytes) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        for part in parts:
            archive.writestr(part, contents.get("body", b"<w/>"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        pytest.param(PDF, "診断書.PDF", "pdf", id="pdf"),
        pytest.param(PNG, "a.png", "png", id="png"),
        pytest.param(JPEG, "写真.jpeg", "jpeg", id="jpeg"),
        pytest.param(HEIC, "IMG_1.heic", "heic", id="heic"),
        pytest.param(office(), "計画.docx", "docx", id="docx"),
    ],
)
def test_the_content_tells_the_type(data, name, code):
    assert file_type(data, name, LIMITS).code == code


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        pytest.param(b"", "a.pdf", "中身が空", id="empty"),
        pytest.param(PDF, "a.docx", "中身はPDFです", id="lying name"),
        pytest.param(PDF, "診断書", "種類(.pdf など)が付いていません", id="no ending"),
        pytest.param(PDF[:-8], "a.pdf", "途中で切れています", id="cut off pdf"),
        pytest.param(b"MZ\x90\0", "a.pdf", "この種類のファイルは添付できません", id="program"),
        pytest.param(b"<svg onload=alert(1)>", "a.png", "この種類", id="svg"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "古い形式", id="old office"),
        pytest.param(office(["word/document.xml", "word/vbaProject.bin"]), "a.docx", "マクロ", id="macro"),
        pytest.param(office(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx", "マクロ", id="docm"),
        pytest.param(office(["a.txt"]), "a.docx", "zip などの", id="plain zip"),
        pytest.param(office([f"p{n}" for n in range(12)]), "a.docx", "部品が10個", id="too many parts"),
        pytest.param(office(body=b"0" * 90_000), "a.docx", "大きくなりすぎる", id="zip bomb"),
        pytest.param(office()[:-10], "a.docx", "壊れている", id="spoilt zip"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(data, name, told):
    with pytest.raises(FileRefused, match=told.replace("(", r"\(").replace(")", r"\)")):
        file_type(data, name, LIMITS)


@pytest.fixture
def store(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def only(folder):
    (path,) = [path for path in folder.rglob("*") if path.is_file()]
    return path


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_a_stored_file_is_encrypted_and_comes_back(store, size):
    data = os.urandom(size // 2) + b"A" * (size - size // 2)
    key = filestore.put(data)
    assert filestore.read(key) == data
    lies = only(store)
    assert lies.stat().st_mode & 0o077 == 0 and b"AAAAAAAA" not in lies.read_bytes()


def test_what_is_spoilt_moved_or_under_another_key_is_not_read(store, settings):
    key = filestore.put(b"x" * 150_000)
    path = only(store)
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[: len(whole) - (150_000 % 65_536 + 16)], whole[:-20] + b"\0" * 20, b""):
        path.write_bytes(spoilt)
        with pytest.raises(filestore.FileLost):
            filestore.read(key)
    path.write_bytes(whole)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-key-another-secret-key"
    with pytest.raises(filestore.FileLost):
        filestore.read(key)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert filestore.rewrap() == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert filestore.read(key) == b"x" * 150_000


@pytest.mark.django_db
def test_the_sweeper_takes_old_orphans_alone(store, capsys):
    kept, orphan, young = (filestore.put(word) for word in (b"kept", b"orphan", b"young"))
    row = AttachmentFactory(key=kept)
    two_days_ago = time.time() - 2 * 86_400
    for path in store.rglob("*"):
        if path.is_file() and path.name != young:
            os.utime(path, (two_days_ago, two_days_ago))
    partial = store.with_name("files.incoming") / "left"
    partial.write_bytes(b"half")
    os.utime(partial, (two_days_ago, two_days_ago))
    assert filestore.sweep(before=timezone.now() - timedelta(days=1)) == 2
    assert filestore.read(kept) == b"kept" and filestore.read(young) == b"young"
    with pytest.raises(filestore.FileLost):
        filestore.read(orphan)
    call_command("soudan_files")
    assert "すべてのファイルを開けます" in capsys.readouterr().out
    filestore.remove(row.key)
    with pytest.raises(CommandError, match="1個"):
        call_command("soudan_files")


def post(browser, person, data=PDF, name="診断書.pdf", **fields):
    given = {"token": uuid.uuid4(), "kind": "02", "dated_on": "R8.10.3", "consultation": "", "note": ""}
    file = SimpleUploadedFile(name, data)
    return browser.post(f"/clients/{person.pk}/files/new/", given | {"file": file} | fields)


@pytest.mark.django_db
def test_attached_found_downloaded_and_taken_back(sign_in, on, store):
    browser, user = sign_in("soudan")
    person = ClientFactory(center=center())
    record = ConsultationFactory(client=person, written_by=user)
    token = uuid.uuid4()
    for _ in range(2):  # the button was pressed twice
        answer = post(browser, person, name="診断書; 葛󠄀城.pdf", token=token, consultation=record.pk)
        assert answer["Location"] == f"/clients/{person.pk}/files/"
    file = Attachment.unscoped.get()
    assert (file.kind, file.consultation, file.added_by, file.size) == ("02", record, user, len(PDF))
    assert only(store).name == file.key
    page = browser.get(answer["Location"]).content.decode()
    assert "葛󠄀城.pdf" in page and "<title>利用者 T-" in page

    answer = browser.get(f"/files/{file.pk}/")
    assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    noted = AccessLog.objects.get(verb="download")
    assert (noted.client_id, noted.object_id, noted.user) == (person.pk, file.pk, user)

    assert browser.post(f"/files/{file.pk}/void/", {"reason": ""}).status_code == 422
    browser.post(f"/files/{file.pk}/void/", {"reason": "別の人の診断書"})
    assert browser.get(f"/files/{file.pk}/").status_code == 404
    assert "別の人の診断書" in browser.get(f"/clients/{person.pk}/files/").content.decode()
    assert filestore.read(file.key) == PDF, "the bytes stay until disposal"


@pytest.mark.django_db
def test_a_refused_file_writes_nothing_and_keeps_what_was_typed(sign_in, on, store, settings):
    browser, _ = sign_in("soudan")
    person = ClientFactory(center=center())
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
    for data, told in (
        (b"MZ", "この種類のファイルは添付できません"),
        (b"0" * (10 * 1024 * 1024 + 1), "大きすぎます(10.0\xa0MB)"),
        (b"0" * (12 * 1024 * 1024), "大きすぎます(12.0\xa0MB)"),
        (b"", "中身が空"),
    ):
        answer = post(browser, person, data=data, note="母から預かった")
        assert answer.status_code == 422
        assert told in answer.content.decode() and "母から預かった" in answer.content.decode()
    assert not Attachment.unscoped.exists() and not store.exists()


@pytest.mark.django_db
def test_a_file_that_is_gone_is_told_of(sign_in, on, store):
    browser, _ = sign_in("soudan")
    file = AttachmentFactory(client=ClientFactory(center=center()))
    answer = browser.get(f"/files/{file.pk}/", follow=True)
    assert "システム管理者に連絡してください" in answer.content.decode()
    assert not AccessLog.objects.filter(verb="download").exists()


@pytest.mark.django_db
def test_a_token_serves_one_file(store):
    user, person = user_with("soudan"), ClientFactory(center=center())
    fields = {"pk": uuid.uuid4(), "client": person, "center": person.center, "by": user, "name": "a.pdf"}
    fields |= {"file_type": TYPES["pdf"], "kind": "02"}
    first = attach(data=b"one", **fields)
    assert attach(data=b"one", **fields) == first
    with pytest.raises(OtherAttachment):
        attach(data=b"two", **fields)
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_papers_kept_outside(sign_in, on):
    browser, user = sign_in("soudan")
    person = ClientFactory(center=center())
    typed = {
        "token": uuid.uuid4(),
        "kind": "01",
        "what": "療育手帳の原本",
        "place": "書庫",
        "since": "R8.11.2",
    }
    assert browser.post(f"/clients/{person.pk}/papers/new/", typed | {"count": "0"}).status_code == 422
    for _ in range(2):
        browser.post(f"/clients/{person.pk}/papers/new/", typed | {"count": "2"})
    paper = PaperOriginal.unscoped.get()
    assert (paper.count, paper.added_by) == (2, user)
    assert browser.post(f"/papers/{paper.pk}/handed/", {"to": "", "day": "R9.1.1"}).status_code == 422
    browser.post(f"/papers/{paper.pk}/handed/", {"to": "本人", "day": "R8.11.20"})
    page = browser.get(f"/clients/{person.pk}/files/").content.decode()
    assert "R8.11.20に 本人 へ" in page and "渡した・返した" in page


@pytest.mark.django_db
def test_the_page_costs_the_same_with_more_rows(sign_in, on, queries_of):
    browser, user = sign_in("soudan")
    person = ClientFactory(center=center())

    def cost():
        return queries_of(lambda: browser.get(f"/clients/{person.pk}/files/"))

    AttachmentFactory(client=person, added_by=user, consultation=ConsultationFactory(client=person))
    one = cost()
    AttachmentFactory.create_batch(2, client=person, consultation=ConsultationFactory(client=person))
    assert cost() == one
