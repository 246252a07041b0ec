"""`?on=`: one way to write a day, on every page that takes one."""

import pytest


@pytest.mark.parametrize("address", ["/en/law/681-2023/", "/en/law/681-2023/14/", "/en/search/"])
@pytest.mark.parametrize("on", ["20250601", "2025-W01-1", "2025-6-1", "2025-02-30", "soon"])
def test_a_day_in_another_spelling_is_refused_by_name(the_act, client, address, on):
    response = client.get(address, {"on": on})

    assert response.status_code == 400
    assert f"“on” cannot be “{on}”" in response.content.decode()


@pytest.mark.parametrize("address", ["/en/law/681-2023/", "/en/law/681-2023/14/", "/en/search/"])
@pytest.mark.parametrize("on", ["2025-06-01", "0001-01-01", "9999-12-31"])
def test_any_day_of_the_calendar_is_read(the_act, client, address, on):
    assert client.get(address, {"on": on}).status_code == 200
