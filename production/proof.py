"""From a number back to its cell: the lines behind a figure, and the file, sheet, row and column of a line's values."""

from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import scope
from intake.models import Repair
from partstrack.periods import to_iso
from production import places
from production.growth import MONEY
from production.models import MEASURE_NAMES, MEASURES, Declaration, OutputLine

GROUP_FILTERS = ("supplier", "site", "family", "part", "wilaya", "brand", "range", "unit")


def lines_url(answer, question, **narrower):
    """Return the address of the lines behind an answer (or of one of its groups); "" when there are none.

    The list is asked at the same data version, so its total equals the number.
    """
    if answer.window is None:
        return ""
    said = {
        **{name: value for name, value in question.filters.items() if value},
        "unit": question.filters.get("unit") or ("" if answer.unit == MONEY else "piece"),
        "month_from": to_iso(answer.window[0]),
        "month_to": to_iso(answer.window[1]),
        "as-of": question.words["as-of"],
        "on": question.words["on"],
        "perimeter": "1",
        **narrower,
    }
    return f"{reverse('line_list')}?{urlencode({name: value for name, value in said.items() if value})}"


def group_url(answer, question, key):
    """Return the address of the lines of one group; "" for what is no set of lines."""
    if answer.by == "movement" or (answer.by == "range" and not _one_range(question, key)):
        return ""
    if answer.by in GROUP_FILTERS:
        return lines_url(answer, question, **{answer.by: key})
    if answer.by == "month":
        return lines_url(answer, question, month_from=key, month_to=key)
    return lines_url(answer, question, month_from=f"{key}-01", month_to=f"{key}-12")


def _one_range(question, key):
    """Say whether a group by range is one range (not "in none" nor "in several") that this person may see."""
    return key not in {"-", "*"} and scope(question.request.user) is None


def cells(line):
    """Return where each value of a line came from: [(measure name, value, batch, sheet, row, column letters)].

    A revision copies what its file does not say; a value's cell is the one of the first revision of the chain
    in which it stood unbroken until this one.
    """
    chain = _chain(line)
    return [
        (MEASURE_NAMES[measure], getattr(line, measure), *_cell(_origin(chain, measure), measure))
        for measure in MEASURES
        if getattr(line, measure) is not None
    ]


def repairs(cells):
    """Return the repairs that were made in the rows of files from which these cells came, in the order of their rows."""
    rows = sorted({(batch.pk, sheet, row) for _measure, _value, batch, sheet, row, _column in cells if batch and row})
    return [repair for batch, sheet, row in rows for repair in Repair.objects.of_row(batch, sheet, row)]


def _chain(line):
    """Return the lines of the same part and brand, from this revision back through those it is based on."""
    chain, based_on = [line], line.declaration.based_on_id
    while based_on:
        declaration = Declaration.objects.get(pk=based_on)
        before = OutputLine.objects.filter(declaration=declaration, part=line.part_id, brand=line.brand_id)
        before = before.select_related("batch").first()
        if before is None:
            break
        chain.append(before)
        based_on = declaration.based_on_id
    return chain


def _origin(chain, measure):
    """Return the oldest line in which the value has stood ever since."""
    origin = chain[0]
    for before in chain[1:]:
        if getattr(before, measure) != getattr(origin, measure):
            break
        origin = before
    return origin


def _cell(line, measure):
    if line.batch is None:
        return None, "", None, ""
    place = line.source_sheet, line.source_row, to_iso(line.month), measure
    return line.batch, *places.cell(line.batch.layout, *place)


def revisions(line):
    """Return (declaration, line or None) of every revision of the month for this part, the latest first."""
    declarations = Declaration.objects.filter(head=line.declaration.head_id).select_related(
        "author", "batch", "decided_by"
    )
    lines = OutputLine.objects.filter(
        declaration__head=line.declaration.head_id, part=line.part_id, brand=line.brand_id
    )
    by_declaration = {each.declaration_id: each for each in lines}
    return [(each, by_declaration.get(each.pk)) for each in declarations.order_by("-revision", "-pk")]
