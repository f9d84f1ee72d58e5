"""The simulator: what would make a programme reach its step. All that is supposed stands in the address."""

from dataclasses import replace
from decimal import Decimal

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from integration.candidates import candidates
from integration.counting import VALUE
from integration.figures import rule_of
from integration.items import Stock, stocks
from integration.models import Component, Policy
from integration.rates import kept_reading, ordered_steps, rung
from integration.simulating import Changes, Forest, gains, smallest_set
from integration.views import programme_of
from office.question import Question
from partstrack.kept import once
from partstrack.numbers import Ambiguous, NotANumber, parse_number
from partstrack.pages import Page
from partstrack.searching import containing

RANKED, POOL, MINE = 25, 120, 25


class Supposed:
    """What an address supposes of a programme, read against its components. `notes`: what could not be taken."""

    def __init__(self, query, stock, day):
        self.query, self.notes = query, []
        self.codes = stock.codes_on(day)
        self.names = {key: code for code, key in self.codes.items()}
        self.local, self.out = self._keys("local"), self._keys("out")
        self.values = self._numbers("value.")
        self.exchange = {name: value for name, value in self._said("fx.").items() if value > 0}

    def _keys(self, word):
        said = self.query.getlist(word)
        self.notes += [
            _("%(code)s: there is no such component on this day.") % {"code": code}
            for code in said
            if code not in self.codes
        ]
        return frozenset(self.codes[code] for code in said if code in self.codes)

    def _said(self, prefix):
        found = {}
        for word, text in self.query.items():
            if word.startswith(prefix) and text.strip():
                try:
                    found[word.removeprefix(prefix)] = parse_number(text.strip())
                except (Ambiguous, NotANumber):
                    self.notes.append(
                        _("“%(text)s” is no number, or can be read in two ways: it was left out.") % {"text": text}
                    )
        return found

    def _numbers(self, prefix):
        return {
            self.codes[code]: value for code, value in self._said(prefix).items() if code in self.codes and value >= 0
        }

    def changes(self, money):
        """Return the Changes. `money`: {key: (value of one piece, quantity, currency, rate)} of the components with a value."""
        amounts = {}
        for key, (value, quantity, currency, rate) in money.items():
            rate = self.exchange.get(currency, rate)
            if key in self.values or currency in self.exchange:
                amounts[key] = self.values.get(key, value) * quantity * rate
        return Changes(self.local, self.out, amounts)


def stock_of(programme, asked):
    """Return the Stock of a programme, read once for a state of the data."""
    return once(asked, "stock", programme.pk, lambda: stocks([programme.pk]).get(programme.pk, Stock()))


def money_of(programme, asked):
    """Return what Supposed.changes takes, read once for a state of the data."""
    return once(asked, "money", (programme.pk, asked.on), lambda: _money(programme, asked.on))


def forest_of(programme, asked, policy):
    """Return the Forest of a programme under a rule, summed once for a state of the data."""
    words = (programme.pk, asked.on, policy.pk)
    return once(asked, "forest", words, lambda: Forest(stock_of(programme, asked).on(asked.on), policy.rule))


def suppose(programme, asked, reading, query):
    """Return (Forest, Supposed, Changes, Outcome, Rungs) of the words of an address."""
    forest, supposed = (
        forest_of(programme, asked, reading.policy),
        Supposed(query, stock_of(programme, asked), asked.on),
    )
    changes = supposed.changes(money_of(programme, asked))
    found = forest.outcome(changes)
    rungs = [rung(step, programme.approved_on, found, asked.on) for step in ordered_steps(reading.policy)]
    return forest, supposed, changes, found, rungs


class Simulator(Page):
    """The page of the simulator. Nothing is written."""

    def get(self, request, code):
        """Show the official rate beside the supposed one, what ranks, and the smallest set that reaches the step."""
        programme = programme_of(request.user, code)
        if not programme.known_whole_by(request.user):
            raise Http404
        question = Question(request, filters=("rule",), yearly=False)
        asked = question.of()
        reading = kept_reading(asked, programme, asked.on, rule_of(asked))
        context = {
            "programme": programme,
            "question": question,
            "asked": asked,
            "reading": reading,
            "trail": [(programme.name_in(get_language()), reverse("programme", args=[code])), (_("Simulator"), "")],
        }
        if reading.value is not None:
            context |= self._supposed(request, programme, asked, reading)
        return render(request, "integration/simulator.html", context)

    def _supposed(self, request, programme, asked, reading):
        forest, supposed, changes, counted, rungs = suppose(programme, asked, reading, request.GET)
        money = money_of(programme, asked)
        target = self._target(request, rungs)
        pool = self._pool(request, programme, reading, supposed)
        ranked = self._ranked(pool, forest, changes, supposed, asked)
        return {
            "supposed": supposed,
            "counted": counted,
            "change": counted.value - reading.value,
            "rungs": rungs,
            "target": target,
            "ranked": ranked,
            "mine": self._mine(reading, supposed),
            "smallest": self._smallest(forest, changes, pool, target, supposed),
            "currencies": self._currencies(money, supposed),
            "in_value": forest.rule.basis == VALUE,
            "rules": Policy.objects.order_by("-valid_from", "pk"),
            "query": request.GET.get("q", ""),
            "cleared": reverse("simulator", args=[programme.code]),
            "scenario_query": request.GET.urlencode(),
        }

    def _target(self, request, rungs):
        """Return the step that is aimed at: the asked one, else the lowest that is not reached, else the last."""
        said = request.GET.get("step", "")
        asked = next((each for each in rungs if str(each.step.pk) == said), None)
        return asked or next((each for each in rungs if not each.reached), rungs[-1] if rungs else None)

    def _pool(self, request, programme, reading, supposed):
        """Return {key: component} of those that do not count or are supposed to, the heaviest first; of a search, those found."""
        keys = [line.item.key for line in reading.heaviest_open]
        rows = Component.objects.filter(programme=programme).select_related("family")
        if words := request.GET.get("q", "").strip():
            found = set(containing(rows, words, "code", "name_fr", "name_ar", "name_en").values_list("pk", flat=True))
            keys = [key for key in keys if key in found]
        keys = list(dict.fromkeys([*sorted(supposed.local), *keys]))[: max(POOL, len(supposed.local))]
        by_key = rows.in_bulk(keys)
        return {key: by_key[key] for key in keys if key in by_key}

    def _ranked(self, pool, forest, changes, supposed, asked):
        """Return [(component, points it brings, whether it is ticked, who could make it)]; those ticked first."""
        brought = gains(forest, list(pool), replace(changes, local=frozenset()))
        found = candidates({row.family_id for row in pool.values()}, asked.on)
        rows = [
            (row, brought.get(key, Decimal(0)), key in supposed.local, found.get(row.family_id, [])[:3])
            for key, row in pool.items()
        ]
        rows.sort(key=lambda each: (not each[2], -each[1], each[0].code))
        return rows[: max(RANKED, sum(1 for each in rows if each[2]))]

    def _mine(self, reading, supposed):
        """Return [(component, points, whether it is supposed to be lost)] of those that count, the largest first."""
        lines = reading.counted[:MINE]
        rows = Component.objects.in_bulk([line.item.key for line in lines])
        return [(rows[line.item.key], reading.count.points(line), line.item.key in supposed.out) for line in lines]

    def _smallest(self, forest, changes, pool, target, supposed):
        """Return the Smallest set that reaches the target, with its components and the address that ticks them."""
        if target is None or target.reached:
            return None
        open_ones = [key for key in pool if key not in supposed.local]
        found = smallest_set(forest, open_ones, target.minimum, changes)
        if found.keys is None:
            return {"found": found, "rows": [], "url": ""}
        query = supposed.query.copy()
        query.setlist("local", [*query.getlist("local"), *(supposed.names[key] for key in found.keys)])
        return {"found": found, "rows": [pool[key] for key in found.keys], "url": f"?{query.urlencode()}"}

    def _currencies(self, money, supposed):
        """Return [(currency, its rate or those between which it lies, the supposed one)]."""
        rates = {}
        for _value, _quantity, currency, rate in money.values():
            if rate != 1 or currency != "DZD":
                rates.setdefault(currency, set()).add(rate)
        return [(name, min(each), max(each), supposed.exchange.get(name)) for name, each in sorted(rates.items())]


def _money(programme, day):
    """Return {key: (value of one piece, quantity, currency, DZD for one unit)} of the components with a value."""
    rows = Component.objects.filter(programme=programme).valid_on(day).exclude(value=None).order_by("pk")
    columns = ("pk", "value", "quantity", "currency", "exchange__rate")
    return {
        key: (value, quantity, currency, rate or Decimal(1))
        for key, value, quantity, currency, rate in rows.values_list(*columns)
    }
