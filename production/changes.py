"""What a declaration says: all of its lines when nothing stood before, else what it changes in what it is based on."""

from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from partstrack.periods import to_iso
from production.models import MEASURE_NAMES, Declaration, OutputLine, Standing

MOST = 500  # lines or changes that a page shows


def is_first(declaration):
    """Say whether volumes are declared where none stood: there is nothing to compare them with."""
    before = declaration.based_on
    return declaration.kind == Declaration.Kind.ACTUAL and (before is None or before.kind == Declaration.Kind.NIL)


def lines(declaration):
    """Return the lines of a first declaration as a table: {"measures": their names, "rows": [(line, values)], "more"}.

    Only measures that a line says have a column.
    """
    found = list(_lines(declaration)[: MOST + 1])
    said = [name for name in MEASURE_NAMES if any(getattr(line, name) is not None for line in found)]
    rows = [(line, [getattr(line, name) for name in said]) for line in found[:MOST]]
    return {"measures": [MEASURE_NAMES[name] for name in said], "rows": rows, "more": len(found) > MOST}


def changes(declaration):
    """Return what a declaration changes in the one it is based on: [{part, url, month, measure_label, old, new}].

    A nil one takes the place of every volume that stood: each of them becomes 0.
    """
    before = {_key(line): line for line in _lines(declaration.based_on)} if declaration.based_on else {}
    now = {_key(line): line for line in _lines(declaration)}
    nil = declaration.kind == Declaration.Kind.NIL
    found = []
    for key in [*now, *(key for key in before if key not in now)]:
        old, new = before.get(key), now.get(key)
        for measure, label in MEASURE_NAMES.items():
            was = getattr(old, measure, None)
            said = Decimal(0) if nil and was is not None else getattr(new, measure, None)
            if was != said:
                found.append(_change(declaration, new or old, label, was, said))
    return found[:MOST]


def _change(declaration, line, label, old, new):
    return {
        "part": line.part.reference,
        "url": reverse("line", args=[line.pk]),
        "month": declaration.head.month,
        "measure_label": label,
        "old": old,
        "new": new,
    }


def _lines(declaration):
    rows = OutputLine.objects.filter(declaration=declaration).select_related("part", "brand", "unit")
    return rows.order_by("part__reference", "pk")


def _key(line):
    return line.part_id, line.brand_id


def lines_url(declaration):
    """Return the list of a declaration's lines, in the last situation in which it stood; "" when it never did."""
    stood = Standing.objects.filter(declaration=declaration).order_by("-from_v", "-pk").first()
    if stood is None or declaration.kind == Declaration.Kind.NIL:
        return ""
    month = to_iso(declaration.head.month)
    said = {"site": declaration.head.site.code, "month_from": month, "month_to": month}
    if stood.to_v is not None:
        said["as-of"] = f"v{stood.from_v}"
    return f"{reverse('line_list')}?{urlencode(said)}"


def revisions(declaration):
    """Return [(Declaration, stands now)] of a site's month, the first declaration first."""
    standing = (
        Standing.objects.filter(head=declaration.head_id, to_v=None).values_list("declaration", flat=True).first()
    )
    rows = Declaration.objects.filter(head=declaration.head_id).order_by("revision", "pk")
    return [(row, row.pk == standing) for row in rows]
