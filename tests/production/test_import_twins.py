"""Count twice: local sourcing, the local share, imports avoided and breaches against their naive twins, to the last digit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import importing, naive_imports, worlds
from tests.known import Question, months_asked
from tests.playing import play
from tests.production.test_twins import computed, differences, thrown_away

pytestmark = pytest.mark.django_db

QUESTIONS = 3  # for each figure and world
FIGURES = {
    "local_sourcing": (("range", "family", "brand", "month", "year"), ("range", "family", "brand", "unit", "source")),
    "local_market_share": (("family",), ("family", "family", "unit")),
    "imports_avoided": (("range",), ("range", "family", "brand", "unit", "source")),
    "import_breaches": (("range",), ("range", "family", "brand", "source")),
}
CODES = {
    "range": st.sampled_from(sorted(importing.RANGES)),
    "family": st.sampled_from(worlds.FAMILIES),
    "brand": st.sampled_from(worlds.BRANDS),
    "unit": st.just("set"),
    "source": st.just("planned"),
    "month": st.sampled_from(("2025-05", "2026-02")),
    "year": st.sampled_from(("2025", "2026")),
}


@st.composite
def questions(draw, name, plan, versions):
    """Draw a question in the words of one of these figures."""
    dims, filters = FIGURES[name]
    words = draw(worlds.windows(plan))
    names = draw(st.lists(st.sampled_from(filters), min_size=name == "local_market_share", max_size=1))
    if name != "import_breaches" and not words:
        names += draw(st.sampled_from(([], [], ["month"], ["year"])))
    last = words["last"].year if "last" in words else words.get("year")
    if last and draw(st.integers(0, 3)) == 0:
        words["base_year"] = last - draw(st.integers(1, 2))
    question = Question(
        version=draw(st.one_of(st.just(versions[-1]), st.sampled_from(versions))),
        today=plan.today,
        on=plan.today,
        by=draw(st.sampled_from((None, *dims))),
        filters={each: draw(CODES[each]) for each in names},
        **words,
    )
    if name == "import_breaches":
        question = replace(question, year=None, first=None, last=None, base_year=None)
    return question


@given(data=st.data(), plan=worlds.plans())
def test_what_sets_imports_beside_local_production_equals_its_twin_in_every_key(data, plan):
    plan = replace(
        plan, span=30, gaps=plan.gaps // 2, steps=plan.steps[:6], pure=data.draw(st.sampled_from((True, True, False)))
    )
    with thrown_away():
        game = play(plan)
        imports = importing.play(game)
        for name in FIGURES:
            for _ in range(QUESTIONS):
                question = data.draw(questions(name, plan, game.versions))
                assert months_asked(question)
                ours, _answer = computed(name, question)
                assert differences(ours, getattr(naive_imports, name)(game.world, imports, question)) == {}
