"""Forty uploads that mean harm: each is refused, or nothing of it is left."""

import socket
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from monitoring.indicators.admin.forms import FileForm
from partnership.organisations import logos
from portal.media import documents, pictures, scanner, uploads
from portal.media.attachments import AttachmentField
from portal.media.forms import DocumentField, PictureField
from portal.media.models import PortalDocument
from tests import services

from .hostile import DOCUMENTS, DOCX, EICAR, PICTURES, XLSX, archive, pdf, picture, with_entry


def sent(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.proof
def test_there_are_forty(record_property):
    record_property("hostile uploads", f"{len(DOCUMENTS)} documents, {len(PICTURES)} pictures")
    assert len(DOCUMENTS) + len(PICTURES) >= 40


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [each[1:] for each in DOCUMENTS],
    ids=[each[0] for each in DOCUMENTS],
)
def test_hostile_document_is_refused(name, content, code):
    with pytest.raises(ValidationError) as refused:
        documents.check(sent(name, content))

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"), [each[1:] for each in PICTURES], ids=[each[0] for each in PICTURES]
)
def test_hostile_picture_is_refused(content, code):
    with pytest.raises(ValidationError) as refused:
        pictures.without_metadata(sent("a.png", content))

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "content"),
    [each[1:3] for each in DOCUMENTS] + [("a.png", each[1]) for each in PICTURES],
    ids=[each[0] for each in [*DOCUMENTS, *PICTURES]],
)
def test_none_of_them_comes_as_an_attachment(name, content):
    with pytest.raises(ValidationError):
        AttachmentField().to_python(sent(name, content))


def test_nothing_of_what_hides_behind_a_picture_is_left():
    hidden = b"<script>alert(1)</script>" + archive({DOCX: b"<w/>"})

    kept = pictures.without_metadata(sent("a.png", picture() + hidden))

    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


@pytest.mark.parametrize(
    "content",
    [
        with_entry("word/embeddings/a.xlsx", archive({XLSX: b""})),  # the figures of a chart
        with_entry("word/media/a.png", picture()),
        with_entry("word/_rels/a.rels", b'<R Type="x/hyperlink" TargetMode="External"/>'),
    ],
)
def test_what_documents_have_in_them_is_taken(content):
    documents.check(sent("a.docx", content))


def test_a_word_that_stands_in_a_compressed_stream_by_chance_refuses_no_pdf():
    documents.check(sent("a.pdf", pdf(b"x") + b"\nstream\nab/JS /Launch\nendstream"))


@pytest.fixture
def clamav(settings):
    settings.CLAMAV_URL = services.clamd()


def cleaned(file):
    """The import's form with a file; its refusal as it would be raised."""
    form = FileForm(files={"file": file})
    if not form.is_valid():
        raise form.errors.as_data()["file"][0]


FORMS = {
    "document": lambda file: DocumentField().to_python(file),
    "picture": lambda file: PictureField().to_python(file),
    "logo": logos.checked,
    "values": cleaned,
    "attachment": lambda file: AttachmentField().to_python(file),
}


NAMES = {
    "document": "a.txt",
    "picture": "a.png",
    "logo": "a.png",
    "values": "a.csv",
    "attachment": "a.png",
}


@pytest.mark.clamav
@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_takes_files_asks_the_scanner(clamav, form):
    with pytest.raises(ValidationError) as refused:
        FORMS[form](sent(NAMES[form], picture() + EICAR))

    assert refused.value.code == "virus"


@pytest.mark.clamav
def test_a_virus_inside_an_archive_is_found_and_a_clean_file_is_taken(clamav):
    assert scanner.ask(sent("a.docx", with_entry("word/a.xml", EICAR))) != ""
    assert scanner.ask(sent("a.txt", b"nothing " * 500_000)) == ""


@pytest.mark.clamav
@pytest.mark.django_db
def test_a_virus_reaches_nobody_and_the_form_keeps_its_words(clamav, client, enter):
    enter("editor", is_superuser=True)

    data = {"title": "Our guide", "file": sent("a.txt", EICAR)}
    answer = client.post(reverse("wagtaildocs:add"), data)

    assert not PortalDocument.objects.exists()
    assert 'value="Our guide"' in answer.text
    assert "A virus was found" in answer.text


@pytest.fixture
def answering(settings):
    """A scanner of one's own: says `words` to whoever asks, or hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    threads = []

    def serve(words):
        def once():
            connection, _address = listener.accept()
            with connection:
                said = b""
                while words is not None and not said.endswith(b"\0\0\0\0"):
                    said += connection.recv(65_536)
                if words is not None:
                    connection.sendall(words)

        threads.append(threading.Thread(target=once))
        threads[-1].start()

    yield serve
    for thread in threads:
        thread.join()
    listener.close()


@pytest.mark.parametrize(
    "words", [None, b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY\0", b"\xff\0"]
)
@pytest.mark.parametrize("form", FORMS)
def test_a_scanner_that_gives_no_verdict_lets_nothing_through(answering, form, words):
    answering(words)

    with pytest.raises(ValidationError) as refused:
        FORMS[form](sent(NAMES[form], picture()))

    assert refused.value.code == "scanner"
    with translation.override("en"):
        assert "could not be checked" in refused.value.messages[0]


def test_a_verdict_in_pieces_is_read_whole(answering):
    answering(b"stream: Portal.Test FOUND\0")

    assert scanner.ask(sent("a.txt", b"x")) == "Portal.Test"


@pytest.mark.parametrize("url", ["unix:///nowhere/at/all", "tcp://127.0.0.1:1", "nonsense"])
def test_a_scanner_that_is_not_there_lets_nothing_through(settings, url):
    settings.CLAMAV_URL = url

    with pytest.raises(ValidationError) as refused:
        uploads.check(sent("a.txt", b"x"), largest=10)

    assert refused.value.code == "scanner"


def test_size_is_asked_first(settings):
    settings.CLAMAV_URL = "unix:///nowhere"

    with pytest.raises(ValidationError) as refused:
        uploads.check(sent("a.txt", b"x" * 11), largest=10)

    assert refused.value.code == "size"
