"""Pictures that pages show are served; nothing else of the storage is."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    name = default_storage.save("images/example.webp", ContentFile(b"RIFF"))
    yield f"/media/{name}"
    default_storage.delete(name)


def test_rendition_is_served_to_be_kept_and_to_run_nothing(client, picture):
    response = client.get(picture)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/missing.webp",
        "/media/images/example.svg",
        "/media/images/..webp",
        "/media/images/%2e%2e%2fdocuments%2fa.webp",
        "/media/documents/a.pdf",
        "/media/original_images/a.png",
    ],
)
def test_nothing_else_is(client, path):
    assert client.get(path).status_code == 404
