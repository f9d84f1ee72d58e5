"""Pages are sent compressed to who takes them so; files go as they are; what is unchanged is still known again."""

import gzip

import pytest

from tests import making

pytestmark = pytest.mark.django_db
ASKS = {"accept-encoding": "gzip, br"}


@pytest.fixture
def reader(signed_in, analyst):
    making.site("A")
    return signed_in(analyst)


def test_a_page_is_sent_compressed_to_a_browser_that_takes_it(reader):
    small, whole = reader.get("/", headers=ASKS), reader.get("/")
    assert (small["Content-Encoding"], whole.has_header("Content-Encoding")) == ("gzip", False)
    assert "Accept-Encoding" in small["Vary"] and "Accept-Encoding" in whole["Vary"]
    assert gzip.decompress(small.content).decode().startswith("<!doctype html>")
    assert 4 * len(small.content) < len(whole.content)


def test_a_page_that_was_sent_compressed_is_known_again(reader):
    mark = reader.get("/production/", headers=ASKS)["ETag"]
    assert reader.get("/production/", headers={**ASKS, "if-none-match": mark}).status_code == 304


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_is_sent_as_it_is(reader, form):
    answer = reader.get(f"/production/lines/?format={form}", headers=ASKS)
    assert (answer.status_code, answer.has_header("Content-Encoding")) == (200, False)
    assert int(answer["Content-Length"]) == len(answer.getvalue())
