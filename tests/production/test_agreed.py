"""Agreements that name ranges: chosen on a form, shown on both pages, to the house alone."""

import pytest
from django.urls import reverse

from production.models import AgreedRange
from suppliers.models import Agreement, Party
from tests import making
from tests.production import trading
from tests.suppliers.test_firms import sent

pytestmark = pytest.mark.django_db


def test_ranges_of_an_agreement_are_chosen_shown_and_kept_in_the_story_of_the_range(
    signed_in, admin, analyst, supplier_user
):
    deal = Agreement.objects.create(code="ACC-1", title="Supply of discs", kind="supply")
    Party.objects.create(agreement=deal, firm=making.firm("P05"), role="supplier")
    first, second = (
        trading.make_range(admin, code, trading.brand(f"brand-{code}", f"OWNER-{code}")) for code in ("R1", "R2")
    )
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    address, page = reverse("agreed_ranges", args=["ACC-1"]), reverse("agreement", args=["ACC-1"])
    assert "names no range" in client.get(page).content.decode()
    assert sent(client, address, version=1, ranges=[first.pk, second.pk]).url == page
    assert "brand-R1" in client.get(page).content.decode()
    assert "Supply of discs" in client.get(reverse("range", args=["R2"])).content.decode()
    stale = sent(client, address, version=1, ranges=[])
    assert stale.status_code == 409
    assert sent(client, address, version=2, ranges=[second.pk]).status_code == 302
    assert list(AgreedRange.objects.values_list("range__code", flat=True)) == ["R2"]
    story = client.get(reverse("history", args=["range", "R1"])).content.decode()
    assert story.count("Supply of discs") == 2
    assert signed_in(analyst).post(address, {"version": 3}).status_code == 403
    assert "brand-R2" not in signed_in(supplier_user).get(page).content.decode()
