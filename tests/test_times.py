"""Times in pages are as HTML wants them: to the second, without microseconds."""

from portal.settings import BASE_DIR


def test_no_template_writes_microseconds():
    found = [
        str(path)
        for path in (BASE_DIR / "templates").rglob("*.html")
        if "date:'c'" in (text := path.read_text()) or 'date:"c"' in text
    ]

    assert found == []
