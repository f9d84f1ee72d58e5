"""docs/figures.md is what the registry says."""

from django.conf import settings

from office.management.commands.figures_page import page


def test_the_page_of_figures_is_up_to_date():
    written = (settings.BASE_DIR / "docs" / "figures.md").read_text(encoding="utf-8")
    assert written == page(), "run: bin/manage figures_page"
