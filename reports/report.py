"""The report of home as plain data: every number exact, every word in one language, nothing about paper.

The same question at the same data version gives the same content, and so the same checksum, whenever asked.
"""

import hashlib
import json

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Firm
from catalogue.models import PIECE, Family, Unit
from catalogue.names import many
from partstrack import registry, situations
from partstrack.figures import months as window_of
from partstrack.figures import text
from partstrack.periods import to_iso
from production.groups import TO_BE_COMPLETED
from reports.declared import declared, period_in
from reports.models import PublishedFigure
from reports.wording import Wording
from reports.wording_of_figures import stated

HEADLINES = ("produced", "sold", "coverage")
CHECKSUM_LETTERS = 16
DECLARED_UNITS = ("piece", "percent")  # of published figures that can be set beside what was declared
PLAIN = gettext_lazy("%(span)s: %(made)s.")
SENTENCES = {
    "ok": gettext_lazy("%(span)s: %(made)s; %(change)s compared with %(base)s (%(base_span)s)."),
    "new": gettext_lazy("%(span)s: %(made)s; nobody was expected to declare in %(base_span)s."),
    "not_comparable": gettext_lazy("%(span)s: %(made)s; no month can be compared with %(base_span)s."),
}


def build(ask, language, demo):
    """Return the report of a question as a dictionary that json can write; Decimals are exact texts.

    `ask`: year, base year, filters, version, day and scope; `demo`: the data are invented. Keys: title,
    sentence, figures, months, families, suppliers, other_units, after_cut, and where they come from.
    """
    with translation.override(language):
        asked = ask.but(by=None, parts=False, year=ask.year or ask.today.year)
        content = _content(asked, Wording(language)) | _provenance(asked, language, demo)
        situation = situations.words(asked)  # how the situation was asked for: no part of what it holds
    return content | {"checksum": checksum(content), "situation": situation}


def checksum(content):
    """Return the first letters of the SHA-256 of the content, whatever the order of its keys."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:CHECKSUM_LETTERS]


def _provenance(ask, language, demo):
    return {
        "kind": "home",
        "language": language,
        "year": ask.year,
        "filters": dict(sorted(ask.filters.items())),
        "version": ask.version,
        "as_of": ask.today.isoformat(),
        "demonstration": demo,
        "mark": _("Demonstration: invented figures") if demo else "",
    }


def _content(ask, words):
    families = _answer("produced", ask.but(by="family"))
    figures = [families, *(_answer(name, ask) for name in HEADLINES[1:])]
    return {
        "title": _("Production report"),
        "subtitle": words.span(window_of(families.window)) if families.window else str(ask.year),
        "sentence": sentence(families, words),
        "why": why(families, words),
        "figures": [_figure(answer) for answer in figures],
        "months": _months(ask, families),
        "families": _groups(families, _family_names(families, words.language)),
        "suppliers": _suppliers(ask, words.language),
        "other_units": _other_units(families, words.language),
        "after_cut": [_later(row) for row in families.after_cut],
        "published": _published_rows(ask, words.language),
        "rows": families.rows,
    }


def _other_units(answer, language):
    """Return the volumes that are counted in other units, each with the name of its unit."""
    codes = [row["unit"] for row in answer.other_units]
    names = {unit.code: unit.name_in(language) for unit in Unit.objects.filter(code__in=codes).order_by("pk")}
    return [
        {"unit": row["unit"], "name": names[row["unit"]], "value": text(row["value"])} for row in answer.other_units
    ]


def _answer(name, ask):
    return registry.figure(name).compute(ask)


def sentence(answer, words):
    """Say the headline in one sentence: how much, compared with what."""
    said = {
        "span": words.span(window_of(answer.window)),
        "made": _made(answer, words),
        "base": words.number(text(answer.base)),
        "change": words.change(text(answer.change)),
        "base_span": words.span(window_of(answer.base_window)),
    }
    if answer.window is None:
        return _("No month has enough declarations yet.")
    whole = str(SENTENCES.get(answer.change_state, PLAIN)) % said
    return whole[:1].upper() + whole[1:]


def _made(answer, words):
    value = words.number(text(answer.value))
    if answer.unit == PIECE:
        return _("%(value)s parts produced") % {"value": value}
    return _("%(value)s %(unit)s produced") % {"value": value, "unit": many(answer.unit)}


def why(answer, words):
    """Say why what is compared may be: which declarations are in, and which months do not count yet; "" without any."""
    if answer.window is None:
        return ""
    counts = {key: words.number(str(answer.coverage[key])) for key in ("declared", "expected")}
    said = [_("All %(expected)s declarations expected are in.") % counts]
    if answer.coverage["missing"]:
        said = [
            _(
                "%(declared)s of %(expected)s declarations are in: what is missing is left out of both years, so it "
                "does not lower growth."
            )
            % counts
        ]
    if answer.after_cut:
        later = _("%(month)s (%(declared)s of %(expected)s)")
        months = [
            later
            % {
                "month": words.month(to_iso(row["month"]), "long"),
                "declared": words.number(str(row["declared"])),
                "expected": words.number(str(row["expected"])),
            }
            for row in answer.after_cut
        ]
        said.append(_("Not counted yet, too few declarations: %(months)s.") % {"months": _(", ").join(months)})
    return " ".join(said)


def _figure(answer):
    """Return a headline with everything that must stand beside it."""
    known = registry.figure(answer.name)
    kept = answer.as_json()
    for key in ("groups", "after_cut", "other_units", "like_for_like"):
        kept.pop(key, None)
    return kept | {"title": str(known.title), "formula": str(known.formula)}


def _months(ask, total):
    """Return twelve months of the asked year beside those of its base year; None where nobody declared."""
    base_year = ask.base_year or ask.year - 1
    now = _series(ask.but(by="month"))
    before = _series(ask.but(year=base_year, base_year=None, by="month"))
    inside = set(map(to_iso, total.compared_months))
    rows = []
    for number in range(1, 13):
        month, base = f"{ask.year}-{number:02d}", f"{base_year}-{number:02d}"
        rows.append({"month": month, "value": now.get(month), "base": before.get(base), "compared": month in inside})
    return {"year": ask.year, "base_year": base_year, "rows": rows}


def _series(ask):
    """Return {month: value} of one year, 0 for a month that was declared without production."""
    answer, declared = _answer("produced", ask), _answer("coverage", ask)
    months = {group.key: "0" for group in declared.groups if group.value}
    months |= {group.key: text(group.value) for group in answer.groups}
    return months | {to_iso(row["month"]): text(row["value"]) for row in answer.after_cut}


def _suppliers(ask, language):
    answer = _answer("produced", ask.but(by="supplier"))
    codes = [group.key for group in answer.groups]
    firms = Firm.objects.filter(code__in=codes).order_by("pk").prefetch_related("aliases")
    names = {firm.code: firm.name_on(ask.today, language) for firm in firms}
    return _groups(answer, names)


def _family_names(answer, language):
    codes = [group.key for group in answer.groups]
    return {row.code: row.name_in(language) for row in Family.objects.filter(code__in=codes).order_by("pk")}


def _groups(answer, names):
    """Return the rows of an answer by a dimension, labelled, and the total that they add up to."""
    other = {TO_BE_COMPLETED: _("to be completed")}
    rows = [
        group.as_json() | {"label": names.get(group.key) or other.get(group.key, group.key)} for group in answer.groups
    ]
    total = {key: text(getattr(answer, key)) for key in ("value", "compared", "base", "change")}
    points = total["change"] if answer.change_state == "ok" else None
    return {"rows": rows, "total": total | {"contribution": points, "change_state": answer.change_state}}


def _known(day):
    """Return what others had published of production by a day; what bears no date always counts as known."""
    known = Q(published_on=None) | Q(published_on__lte=day)
    return PublishedFigure.objects.filter(known, unit__in=DECLARED_UNITS).order_by("position", "code")


def _published_rows(ask, language):
    rows = list(_known(ask.today))
    beside = declared(ask, rows)
    return [_published(row, beside.get(row.code), language) for row in rows]


def _published(row, beside, language):
    return {
        "code": row.code,
        "subject": row.subject,
        "measure": row.measure_in(language),
        "value": text(row.value),
        "qualifier": row.qualifier,
        "qualifier_name": row.get_qualifier_display(),
        "said": stated(row.qualifier, row.value, language, row.in_percent),
        "unit": row.unit,
        "unit_name": row.get_unit_display(),
        "period": period_in(row.period, language),
        "note": row.note_in(language),
        "source": row.source,
        "published_on": row.published_on and row.published_on.isoformat(),
        "disputed": row.disputed,
        "declared": text(beside and beside.value),
    }


def _later(row):
    kept = {"month": to_iso(row["month"]), "value": text(row["value"])}
    return kept | {"declared": row["declared"], "expected": row["expected"]}
