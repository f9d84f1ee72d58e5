"""The kind "trade": imports from a file of an importer or of the customs. From cells to returns that stand."""

from copy import copy

from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Family
from intake import desk
from intake.findings import Checked
from intake.recognise import recognise, table
from intake.repairs import Mending
from office.door import Refused
from partstrack.numbers import plain
from partstrack.periods import to_iso
from partstrack.registry import Fault, Kind
from production import trade_ledger, trade_plausibility, trade_rows, trade_sorting
from production.models import Source, StagedTrade, TradeLine
from production.models.trade import MONEY

CHANGES_SHOWN = 1000
MONTHS_SHOWN = 240
SUSPICIONS_KEPT = 5000
OPTIONS = ("importer", "source", "national", "decimal", "reason", "accept", "mode")


def check(batch, workbook, user, moment):
    """Check a workbook against what stands. Returns a Checked; cleaned rows wait in their staging table."""
    found = Checked()
    StagedTrade.objects.filter(batch=batch).delete()
    importer = _target(batch, user, found)
    recognition = recognise(workbook, trade_rows.FIELDS, wide=False)
    found.left_out = [each.as_json() for each in recognition.left_out]
    found.notes += recognition.notes
    found.faults += recognition.problems
    if found.faults:
        return found
    staged = _cleaned(batch, workbook, recognition, importer, moment, found)
    keys = {_head(batch, row) for row in staged}
    standing = trade_ledger.standing_lines(keys) if keys else {}
    _question(batch, staged, standing, found)
    _compare(batch, staged, standing, found)
    StagedTrade.objects.bulk_create(staged, batch_size=1000)
    return found


def _target(batch, user, found):
    """Return the id of the importer that the sender named for the whole file, noting what is wrong with the options."""
    if not user.may("enter"):
        found.faults.append(_about_file("", _("Imports are sent by admins and managers."), ""))
    if (source := batch.options.get("source")) and source not in Source.values:
        found.faults.append(_about_file(source, _("There is no such source."), ", ".join(Source.values)))
    code = batch.options.get("importer") or batch.options.get("supplier")
    if not code:
        return None
    if batch.options.get("national"):
        remedy = _("Choose one importer, or say that the file covers all of them.")
        found.faults.append(_about_file(code, _("A file is of one importer, or of all of them."), remedy))
    firm = Firm.objects.living().filter(code=code).first()
    if firm is None:
        found.faults.append(
            _about_file(code, _("This importer is not known."), _("Correct it, or enter the importer first."))
        )
    return firm and firm.pk


def _about_file(value, reason, remedy):
    return Fault("", None, None, value, reason, remedy)


def _cleaned(batch, workbook, recognition, importer, moment, found):
    """Return the good rows; note the others, and count what was read."""
    dropped = Mending.of(batch).dropped
    cleaned = [
        trade_rows.clean(
            layout, table(layout, workbook), batch.options.get("decimal"), dropped.get(layout.sheet, set())
        )
        for layout in recognition.layouts
    ]
    places = {layout.sheet: each.places for layout, each in zip(recognition.layouts, cleaned, strict=True)}
    rows = [row for each in cleaned for row in each.rows]
    sorter = trade_sorting.Sorter(batch, rows, places, moment.today, importer)
    staged = sorter.staged(rows)
    found.faults += [fault for each in cleaned for fault in each.faults] + sorter.faults
    found.questions = [question for each in cleaned for question in each.questions]
    found.layout = {sheet: {"shape": "long", "columns": columns, "months": {}} for sheet, columns in places.items()}
    found.counts = {
        "rows": sum(each.read for each in cleaned),
        "blank": sum(each.blank for each in cleaned),
        "set_aside": sum(each.set_aside for each in cleaned),
        "refused": sum(each.refused for each in cleaned) + sorter.refused,
        "suspicious": 0,
        "questions": len(found.questions),
    }
    return staged


def _question(batch, staged, standing, found):
    """Hold back the values that do not fit the importer's history, but for those that somebody confirmed or accepts."""
    confirmed, accepts, waiting = Mending.of(batch).confirmed, bool(batch.options.get("accept")), []
    for row, measure, said in trade_plausibility.suspicions(batch, staged, standing, lambda row: _head(batch, row)):
        said["column"] = found.layout[row.sheet]["columns"].get(measure, "")
        if (said["sheet"], said["row"], said["column"], said["value"]) not in confirmed:
            waiting.append((row, measure, said))
    if accepts:
        found.accepted = [said for _row, _measure, said in waiting]
        return
    for row, measure, _said in waiting:
        setattr(row, measure, None)
        if measure == "value":
            row.rate, row.rate_on, row.rate_source, row.currency = None, None, "", MONEY
    found.suspicious = [said for _row, _measure, said in waiting][:SUSPICIONS_KEPT]
    found.counts["suspicious"] = len(waiting)


def _compare(batch, staged, standing, found):
    """Say what is new, what changes and what stays, by value; complete what the file is to replace."""
    said = {(_head(batch, row), row.key) for row in staged}
    left = {place: line for place, line in standing.items() if place not in said}
    found.left_standing = _left(left)
    if batch.options.get("mode") == desk.REPLACE:
        staged += [_erased(batch, head, line) for (head, _key), line in sorted(left.items(), key=lambda row: row[1].pk)]
    rows = [(row, *each) for row in staged for each in _moves(row, standing.get((_head(batch, row), row.key)))]
    kinds = [_kind(old, new) for _row, _measure, old, new in rows]
    found.counts |= {name: kinds.count(name) for name in ("new", "changed", "unchanged")}
    moved = {_head(batch, row) for (row, *_rest), kind in zip(rows, kinds, strict=True) if kind != "unchanged"}
    found.counts |= {"declarations": len(moved), "references": len({row.key for row in staged})}
    families = dict(Family.objects.values_list("pk", "code"))
    found.changes = [
        _change(row, measure, old, new, families)
        for (row, measure, old, new), kind in zip(rows, kinds, strict=True)
        if kind == "changed"
    ][:CHANGES_SHOWN]
    found.control = _control(batch, rows, standing)


def _head(batch, row):
    """Return the key of the head that a row belongs to."""
    return batch.options.get("source") or "customs", None if row.national else row.firm_id, row.month


def _left(left):
    values = sum(each is not None for line in left.values() for each in (line.quantity, line.value))
    return {"values": values, "parts": len(left), "months": len({head[2] for head, _key in left})}


def _erased(batch, head, line):
    """Return the row that takes a line back because its file replaces the month."""
    goods = {name: getattr(line, name) for name in trade_ledger.KEY}
    erased = [name for name in ("quantity", "value") if getattr(line, name) is not None]
    return StagedTrade(
        batch=batch, row=0, month=head[2], national=head[1] is None, erased=erased, currency=line.currency, **goods
    )


def _moves(row, line):
    """Return (measure, old, new) of each value that a row says; None: not said, or taken back."""
    for name in ("quantity", "value"):
        new, old = getattr(row, name), getattr(line, name) if line else None
        if name in row.erased and old is not None:
            yield name, (old, line.currency if name == "value" else ""), None
        elif new is not None:
            currency = row.currency if name == "value" else ""
            yield name, None if old is None else (old, line.currency if name == "value" else ""), (new, currency)
    if row.rate is not None:
        old = (line.rate, line.rate_on, line.rate_source) if line and line.rate is not None else None
        yield "rate", old, (row.rate, row.rate_on, row.rate_source)


def _kind(old, new):
    if old == new:
        return "unchanged"
    return "new" if old is None else "changed"


def _change(row, measure, old, new, families):
    return {
        "month": to_iso(row.month),
        "part": _goods(row, families),
        "measure": measure,
        "old": plain(old[0]),
        "new": None if new is None else plain(new[0]),
        "sheet": row.sheet,
        "row": row.row,
        "site": "",
    }


def _goods(row, families):
    """Name the goods of a row by their most exact public code. `families`: {id: code}."""
    if row.part_id:
        return row.part.reference
    return row.range.code if row.range_id else families[row.family_id]


def _control(batch, rows, standing):
    """Return the control sums of the quantities, by unit and by month: to compare with the sender's own total."""
    sums, months = {}, {}
    for row, measure, old, new in rows:
        if measure == "quantity" and old != new:
            then, now = old[0] if old else 0, new[0] if new else 0
            many, total, rise = sums.get(row.unit_id, (0, 0, 0))
            sums[row.unit_id] = (many + 1, total + now, rise + now - then)
            months[row.month, row.unit_id] = months.get((row.month, row.unit_id), 0) + now - then
    before = {}
    for (head, _key), line in standing.items():
        place = (head[2], line.unit_id)
        before[place] = before.get(place, 0) + (line.quantity or 0)
    return {
        "measures": [
            {"unit": unit, "measure": "quantity", "values": many, "sum": plain(total), "rise": plain(rise)}
            for unit, (many, total, rise) in sorted(sums.items())
        ],
        "months": [
            {
                "month": to_iso(month),
                "unit": unit,
                "measure": "quantity",
                "before": plain(before.get((month, unit), 0)),
                "after": plain(before.get((month, unit), 0) + rise),
            }
            for (month, unit), rise in sorted(months.items(), reverse=True)[:MONTHS_SHOWN]
        ],
    }


# Writing --------------------------------------------------------------------------------------------


def apply(door, batch, user):
    """Write a checked file: returns that stand. Returns the outcome, or None when the preview is outdated."""
    staged = list(StagedTrade.objects.filter(batch=batch).select_related("range", "family", "part").order_by("pk"))
    if not user.may("enter"):
        raise Refused(_("Imports are sent by admins and managers."))
    heads = trade_ledger.lock({_head(batch, row) for row in staged})
    if trade_ledger.moved_since([head.pk for head in heads.values()], batch.checked_version):
        return None
    standing = trade_ledger.standing_lines(heads)
    by_head = {}
    for row in staged:
        by_head.setdefault(_head(batch, row), {})[row.key] = row
    goods = {
        head: _snapshot(batch, rows, {key: line for (where, key), line in standing.items() if where == head})
        for head, rows in by_head.items()
        if any(
            _kind(old, new) != "unchanged"
            for row in rows.values()
            for _m, old, new in _moves(row, standing.get((head, row.key)))
        )
    }
    returns = trade_ledger.write_returns(door, batch, user, goods)
    StagedTrade.objects.filter(batch=batch).delete()
    return {"declarations": len(returns), "standing": len(returns), "waiting": 0}


def _snapshot(batch, rows, standing):
    """Return the lines of the next revision: what stood, with what the file says over it."""
    lines = [_next(batch, rows.get(key), standing.get(key)) for key in {**standing, **rows}]
    return [line for line in lines if line.quantity is not None or line.value is not None]


def _next(batch, row, line):
    """Return the unsaved line that a row makes of what stood (either may be missing)."""
    if row is None:
        made = copy(line)
        made.pk, made._state = None, copy(line._state)
        made._state.adding = True
        return made
    old = {name: getattr(line, name) for name in trade_ledger.FACTS} if line else {}
    new = {**old, **_said(row)}
    if new.get("value") is None or new["currency"] == MONEY:
        new |= {"rate": None, "rate_on": None, "rate_source": "", "currency": MONEY}
    came = (batch.pk, row.sheet, row.row)
    if new == old:
        came = tuple(getattr(line, name) for name in trade_ledger.ORIGIN)
    goods = {name: getattr(row, name) for name in trade_ledger.KEY}
    return TradeLine(**goods, **new, **dict(zip(trade_ledger.ORIGIN, came, strict=True)))


def _said(row):
    """Return the facts that a row says; a blank says nothing, what it erases becomes "not said"."""
    said = dict.fromkeys(row.erased)
    if row.quantity is not None:
        said["quantity"] = row.quantity
    if row.value is not None:
        said |= {name: getattr(row, name) for name in ("value", "currency", "rate", "rate_on", "rate_source")}
    return said


def roll_back(door, batch, user):
    """Take back the returns of a file."""
    trade_ledger.roll_back(door, batch)


KINDS = [
    Kind(
        "trade",
        _("Imports"),
        trade_rows.FIELDS,
        check,
        apply,
        roll_back,
        OPTIONS,
        trade_rows.MEASURE_NAMES,
        "trade_upload",
    ),
]
