"""The proof of all figures from a page: right when the sums are, named when they are not."""

import pytest
from django.db.models import F
from django.urls import reverse

from office.models import Job
from production.models import Cell
from tests import making

pytestmark = pytest.mark.django_db


def test_an_admin_has_everything_counted_again(moment, admin, signed_in):
    site = making.site("A")
    making.declare(admin, site, making.monthly(making.part("A1", site.firm), {"2026-07": 5}))
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    key = client.get(reverse("proof")).context["key"]
    pages = {client.post(reverse("proof"), {"key": key}).url for _ in "12"}
    assert pages == {Job.objects.get().get_absolute_url()}
    assert Job.objects.get().state == "done"
    Cell.objects.update(produced=F("produced") + 1)
    body = client.get(client.post(reverse("proof"), {"key": "other"}).url).content.decode()
    assert "cells and lines" in body
    assert Job.objects.latest("pk").state == "failed"
    assert "cells and lines" in client.get(reverse("proof")).content.decode()
