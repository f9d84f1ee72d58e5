"""docs/figures.md says every figure that the product can give, and how it is counted."""

from pathlib import Path

import pytest
from django.utils import translation

from partstrack import registry

DOCS = Path(__file__).resolve().parents[2] / "docs" / "figures.md"


def figures():
    """Return the registered figures by name."""
    return [pytest.param(figure, id=figure.name) for figure in registry.all_of("figures")]


@pytest.mark.parametrize("figure", figures())
def test_a_figure_is_described_with_its_definition_and_formula(figure):
    text = DOCS.read_text(encoding="utf-8")
    with translation.override("en"):
        entry = text.partition(f"\n## `{figure.name}` – {figure.title}\n")[2].partition("\n## ")[0]
        assert f"\n{figure.definition}\n" in entry
        assert f"\n- Formula: {figure.formula}\n" in entry
        assert f"\n- By: {', '.join(figure.dims) or '–'}\n" in entry
        assert f"\n- Filters: {', '.join(figure.filters) or '–'}\n" in entry


def test_no_figure_is_described_that_is_not_there():
    described = [
        line.split("`")[1] for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("## `")
    ]
    assert described == sorted(figure.name for figure in registry.all_of("figures"))


@pytest.mark.parametrize("figure", figures())
def test_a_definition_is_one_sentence(figure):
    with translation.override("en"):
        definition, formula = str(figure.definition), str(figure.formula)
    assert definition.endswith(".")
    assert definition.count(". ") == 0
    assert formula
