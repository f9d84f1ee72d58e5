"""Notices: told to who sent something, counted by the bell until they are seen, read by nobody else."""

import pytest
from django.urls import reverse

from office.door import write
from office.models import Notice
from production import actions
from tests import making

pytestmark = pytest.mark.django_db
MONTHS = {"2026-07": 5, "2026-08": 7}


@pytest.fixture
def waiting(supplier_user, moment):
    """Two months that the supplier P05 sent and nobody decided about."""
    site = making.site("P05")
    return making.declare(supplier_user, site, making.monthly(making.part("A1", site.firm), MONTHS))


def bell(client):
    """What the bell counts on a page that a browser may keep."""
    return client.get(reverse("home")).context["unseen"]


def test_who_sent_something_is_told_once_what_was_decided(waiting, admin, supplier_user, signed_in):
    with write(admin) as door:
        actions.send_back_all(door, admin, waiting, "Août est trop grand.")
    told = Notice.objects.get()
    assert (told.user, told.title) == (supplier_user, "What you sent was returned: to correct")
    assert told.detail == "P05 · 07/2026, 08/2026 – Août est trop grand."
    client = signed_in(supplier_user)
    assert bell(client) == 1
    went = client.post(reverse("notice", args=[told.pk]))
    assert went.url == reverse("declaration", args=[waiting[0].pk])
    assert bell(client) == 0


def test_what_one_decides_about_ones_own_is_no_news(admin):
    site = making.site("A")
    making.declare(admin, site, making.monthly(making.part("A1", site.firm), MONTHS))
    assert not Notice.objects.exists()


def test_nobody_sees_or_marks_anothers_notices(waiting, admin, supplier_user, signed_in):
    with write(admin) as door:
        actions.approve_all(door, admin, waiting)
    told = Notice.objects.get()
    other = signed_in(making.person("other@example.org", making.MANAGER))
    assert other.post(reverse("notice", args=[told.pk])).status_code == 404
    other.post(reverse("notice_list"))
    assert "P05" not in other.get(reverse("notice_list")).content.decode()
    told.refresh_from_db()
    assert told.seen_at is None


def test_a_page_that_a_browser_kept_shows_the_bell_as_it_is_now(waiting, admin, supplier_user, signed_in):
    with write(admin) as door:
        actions.approve_all(door, admin, waiting)
    client = signed_in(supplier_user)
    kept = client.get(reverse("home"))
    assert client.get(reverse("home"), headers={"if-none-match": kept["ETag"]}).status_code == 304
    client.post(reverse("notice_list"))
    assert client.get(reverse("home"), headers={"if-none-match": kept["ETag"]}).status_code == 200
