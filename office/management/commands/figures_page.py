"""bin/manage figures_page: write docs/figures.md from the registry; a test keeps the two the same."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from partstrack import registry

HEAD = """# Figures

Every number the product can give, made from the registry by `bin/manage figures_page`. By page: `/figures/NAME/`; by command:
`bin/manage figure NAME --json`. Growth compares the same sites and months of both windows; a missing declaration is never zero.
"""


def page():
    """Return the text of docs/figures.md in English."""
    with translation.override("en"):
        return HEAD + "".join(map(_entry, sorted(registry.all_of("figures"), key=lambda figure: figure.name)))


def _entry(figure):
    lines = [
        f"\n## `{figure.name}` – {figure.title}\n",
        f"{figure.definition}\n",
        f"- Formula: {figure.formula}",
        f"- Unit: {figure.unit}",
        f"- By: {', '.join(figure.dims) or '–'}",
        f"- Filters: {', '.join(figure.filters) or '–'}",
    ]
    if figure.source:
        lines.append(f"- Source: {figure.source}")
    return "\n".join(lines) + "\n"


class Command(BaseCommand):
    help = "Write docs/figures.md."

    def handle(self, *args, **options):
        (settings.BASE_DIR / "docs" / "figures.md").write_text(page(), encoding="utf-8")
