"""The fourth journey: a change of a closed month counts once a second person approved it, and then says what it changed."""

import pytest
from django.db.models import Max

from production.models import Declaration, OutputLine, Standing
from tests.browser import desk
from tests.browser.asking import figure
from tests.browser.conftest import plain, text
from tests.intake.workbooks import xlsx

pytestmark = pytest.mark.browser

LESS = 2140
REASON = "Lot de mai compté deux fois"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_closed_month_is_corrected_by_two_people(enter, tmp_path, script):
    manager, admin = enter("manager", script=script), enter("admin", script=script)
    take_the_report(manager)
    before, earlier = total(manager), total(manager, "?as-of=2026-09-21")
    declaration = submit(admin, tmp_path)
    assert total(manager) == before
    own_approval_is_refused(admin, declaration)
    assert total(manager) == before
    approve(manager, declaration)
    assert total(manager) == before - LESS == int(figure(year=2026)["value"])
    assert total(manager, "?as-of=2026-09-21") == earlier == int(figure(year=2026, **{"as-of": "2026-09-21"})["value"])
    assert "Situation arrêtée au 21/09/2026 à 24 h" in text(manager.locator(".chip-situation"))
    one_line_since_the_report(manager, declaration)
    register_names_both(manager)


def total(page, query=""):
    """The pieces produced that home shows."""
    page.goto(f"/{query}")
    return desk.number(text(page.locator(".figures .figure").first.locator(".figure-value bdi")))


def take_the_report(page):
    page.goto("/reports/?year=2026")
    with page.expect_download() as download:
        page.locator("a[href*='report.xlsx'][href*='lang=fr']").click()
    assert download.value.path().stat().st_size > 0


def submit(page, tmp_path):
    """Send a file of one row, 2,140 pieces less than what stands for May; ends at what waits."""
    standing = Standing.objects.filter(to_v=None, head__month="2026-05-01", head__site__code="P05")
    lines = OutputLine.objects.filter(declaration__in=standing.values("declaration"), unit="piece")
    line = lines.select_related("part", "brand").order_by("-produced", "pk").first()
    assert line.produced > LESS
    headings, row = ["Référence", "Mois", "Quantité produite"], [line.part.reference, "05/2026", line.produced - LESS]
    if line.brand:
        headings, row = [*headings, "Marque"], [*row, line.brand.name]
    path = xlsx(tmp_path / "rectificatif.xlsx", Volumes=[headings, row])
    desk.send(page, path, supplier=line.site.firm.code, reason=REASON)
    assert desk.counts(page) == desk.found(changed=1)
    desk.complete(page)
    desk.apply(page)
    assert desk.batch(page).state == "submitted"
    waiting = Declaration.objects.filter(state="submitted", head__site=line.site, head__month=line.month)
    assert waiting.count() == 1
    return waiting.get()


def own_approval_is_refused(page, declaration):
    """The admin finds no button, and posting by hand is forbidden."""
    address = f"/production/declarations/{declaration.pk}/"
    page.goto(address)
    assert page.locator("button[value=approve]").count() == 0
    assert "une deuxième personne" in text(page.locator("main .note")).lower()
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    form = {"csrfmiddlewaretoken": token, "decision": "approve"}
    answer = page.context.request.post(f"{address}decide/", form=form, headers={"Referer": page.url})
    assert answer.status == 403
    declaration.refresh_from_db()
    assert declaration.state == "submitted"


def approve(page, declaration):
    """The manager is led to it from home."""
    page.goto("/")
    page.locator(f"a[href='/production/declarations/{declaration.pk}/']").click()
    desk.press(page, "button[value=approve]")
    declaration.refresh_from_db()
    assert (declaration.state, declaration.decided_by.email) == ("approved", "manager@demo.invalid")


def one_line_since_the_report(page, declaration):
    page.goto("/")
    page.locator(".lead-line a").click()
    assert "−2 140" in text(page.locator(".lead-line")) and "mai 2026 rectifié" in text(page.locator(".lead-line"))
    rows = page.locator(".table-box tbody tr")
    assert rows.count() == 1
    said = plain(rows.first.inner_text())
    assert all(
        words in said for words in ("Partenaire 05", "mai 2026", "rectifié", "−2 140", REASON, "rectificatif.xlsx")
    )
    assert text(page.locator(".table-box tfoot td.num").filter(has_text="2")) == "−2 140"
    rows.first.locator(f"a[href='/production/declarations/{declaration.pk}/']").click()
    assert "−2 140" in plain(page.locator("main").inner_text())


def register_names_both(page):
    page.goto("/production/revisions/?kind=restated&month_from=2026-05&month_to=2026-05")
    said = plain(page.locator(".table-box tbody tr").first.inner_text())
    latest = Standing.objects.aggregate(last=Max("from_v"))["last"]
    assert all(
        words in said for words in ("−2 140", "mois clôturé", "Admin démo", "validé par Manager démo", f"v{latest}")
    )
