"""Two references of one part become one: the lines that stand are declared again under the reference that is kept.

A line is never changed. Each month that stands with the merged part gets a new revision that says the same of the kept
part, so that figures, files and lists need not know of the merge; as of before, what stood then stands as it did.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.models import Part, PartAlias, PartFamily
from intake.models import Repair
from office.door import LONGEST_REASON, Refused
from partstrack.periods import month_name
from production import actions, ledger
from production.models import (
    MEASURES,
    BalanceNote,
    Declaration,
    OutputLine,
    Posting,
    RangePart,
    Standing,
    TradeLine,
    TradeStanding,
)

NAMED = 12  # months that a refusal names

LINES_AGAIN = f"""
INSERT INTO production_outputline (declaration_id, site_id, month, part_id, brand_id, unit_id, batch_id,
    source_sheet, source_row, {", ".join(MEASURES)})
SELECT d.id, l.site_id, l.month, CASE WHEN l.part_id = %(merged)s THEN %(kept)s ELSE l.part_id END, l.brand_id,
    l.unit_id, l.batch_id, l.source_sheet, l.source_row, {", ".join(f"l.{name}" for name in MEASURES)}
FROM production_declaration d JOIN production_outputline l ON l.declaration_id = d.based_on_id
WHERE d.id = ANY(%(declarations)s)
"""


@dataclass(frozen=True)
class Moves:
    """What a merge moves: counts, and the families of both parts (the same one when none moves)."""

    lines: int
    months: int
    sites: int
    closed: int
    aliases: int
    ranges: int
    family: object
    into_family: object


def moves(merged, kept):
    """Return what merging one part into another would move now."""
    lines = _standing_lines(merged)
    families = {row.part_id: row.family for row in _families(merged, kept)}
    months = set(lines.values_list("month", flat=True))
    return Moves(
        lines=lines.count(),
        months=len(months),
        sites=lines.order_by().values("site").distinct().count(),
        closed=len(actions.closed_months(months)),
        aliases=1 + merged.aliases.count(),
        ranges=RangePart.objects.filter(part=merged, to_v=None).count(),
        family=families[merged.pk],
        into_family=families[kept.pk],
    )


def reasons_against(user, merged, kept):
    """Return the sentences that say why these two parts cannot be merged as things stand; none: they can."""
    if merged.pk == kept.pk:
        return [_("Name two different references.")]
    if merged.firm_id != kept.firm_id:
        return [_("The references are of two firms: only a double reference of one firm is merged.")]
    if merged.merged_into_id or kept.merged_into_id:
        return [_("One of the two was merged already.")]
    if merged.unit_id != kept.unit_id:
        return [_other_unit(merged, kept)]
    return [*_both_declared(merged, kept), *_waiting(merged), *_of_closed(user, merged, kept), *_imported(merged)]


def _other_unit(merged, kept):
    said = _("%(merged)s is counted in %(unit)s, %(kept)s in %(other)s: amounts of two units are never added.")
    unit, other = (each.unit.name_in(get_language()) for each in (merged, kept))
    return said % {"merged": merged, "kept": kept, "unit": unit, "other": other}


def _both_declared(merged, kept):
    pairs = _pairs(_standing_lines(merged)) & _pairs(_standing_lines(kept))
    said = _("Both are declared in the same month (%(months)s). Declare these months again under one reference first.")
    return [said % {"months": _named(pairs)}] if pairs else []


def _waiting(merged):
    """A declaration that waits names the reference, or is of a month that is declared again."""
    open_ones = Declaration.objects.filter(state__in=actions.WAITING)
    heads = Standing.objects.filter(to_v=None, declaration__lines__part=merged).values("head")
    rows = open_ones.filter(Q(head__in=heads) | Q(lines__part=merged)).distinct()
    pairs = set(rows.order_by().values_list("head__month", "head__site__code"))
    said = _("A declaration waits for a decision (%(months)s). Accept or return it first.")
    return [said % {"months": _named(pairs)}] if pairs else []


def _of_closed(user, merged, kept):
    """Moving what is closed to another family changes final figures: that is a manager's."""
    if user.may("approve") or len({row.family_id for row in _families(merged, kept)}) == 1:
        return []
    months = set(_standing_lines(merged).values_list("month", flat=True))
    said = _("The references are in two families and have lines in closed months: a manager merges them.")
    return [said] if actions.closed_months(months) else []


def _imported(merged):
    standing = TradeStanding.objects.filter(to_v=None).values("trade_return")
    named = TradeLine.objects.filter(part=merged, trade_return__in=standing).exists()
    said = _("Imports name %(merged)s: merge the other way round, so that this reference is kept.")
    return [said % {"merged": merged}] if named else []


def merge(door, user, merged, kept, why):
    """Merge a part into another of its firm from this version on, saying why. Refused as reasons_against() says."""
    if not user.may("enter"):
        raise Refused(_("Merging references is for admins and managers."))
    rows = Part.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").order_by("pk")
    locked = rows.in_bulk([merged.pk, kept.pk])
    merged, kept = locked[merged.pk], locked[kept.pk]
    heads = set(ledger.lock_heads(_heads(merged)))
    ledger.exclusive()
    if _heads(merged) - heads:
        raise Refused(_("Volumes of this reference came in meanwhile. Nothing was changed: try again."))
    if reasons := reasons_against(user, merged, kept):
        raise Refused(*reasons)
    if heads:
        said = _("%(merged)s merged into %(kept)s: %(why)s") % {"merged": merged, "kept": kept, "why": why}
        _declare_again(door, user, sorted(heads), (merged, kept), said[:LONGEST_REASON])
    _move_names(merged, kept)
    BalanceNote.objects.filter(part=merged).update(part=kept)
    Repair.objects.filter(part=merged).update(part=kept)
    door.when_numbered(lambda version: _number(version, merged, kept))


def _declare_again(door, user, heads, parts, reason):
    """Let every month with the merged part stand again, line by line the same, under the kept one."""
    merged, kept = parts
    actions.make_way(heads)
    revisions = actions.next_revisions(heads)
    standing = Standing.objects.filter(head__in=heads, to_v=None).select_related("declaration").order_by("head")
    made = Declaration.objects.bulk_create(
        (_again(user, row.declaration, revisions[row.head_id], reason, door.today) for row in standing),
        batch_size=500,
    )
    ids = [each.pk for each in made]
    with connection.cursor() as cursor:
        cursor.execute(LINES_AGAIN, {"merged": merged.pk, "kept": kept.pk, "declarations": ids})
    who = {"submitted_by": user, "submitted_at": door.at, "decided_by": user, "decided_at": door.at}
    Declaration.objects.filter(pk__in=ids).update(state=Declaration.State.APPROVED, **who)
    ledger.stand(door, heads, ids, Posting.Cause.MERGE)


def _again(user, before, revision, reason, today):
    return Declaration(
        head_id=before.head_id, revision=revision, based_on=before, reason=reason, author=user, received_on=today
    )


def _move_names(merged, kept):
    """Give the kept part every reference of the merged one; each remembers what it named before."""
    merged.aliases.filter(named_before=None).update(named_before=merged)
    merged.aliases.update(part=kept)
    PartAlias.objects.update_or_create(
        firm=merged.firm,
        reference_key=merged.reference_key,
        defaults={"part": kept, "reference": merged.reference, "named_before": merged},
    )


def _number(version, merged, kept):
    Part.objects.filter(pk=merged.pk).update(merged_into=kept, merged_v=version, version=merged.version + 1)
    listed = RangePart.objects.filter(part=merged, to_v=None)
    ranges = set(listed.values_list("range", flat=True))
    ranges -= set(RangePart.objects.filter(part=kept, to_v=None).values_list("range", flat=True))
    listed.update(to_v=version)
    RangePart.objects.bulk_create(RangePart(range_id=each, part=kept, from_v=version) for each in sorted(ranges))


# Reading ------------------------------------------------------------------------------------------------
def _standing_lines(part):
    standing = Standing.objects.filter(to_v=None, declaration__lines__part=part).values("declaration")
    return OutputLine.objects.filter(part=part, declaration__in=standing)


def _heads(part):
    return set(Standing.objects.filter(to_v=None, declaration__lines__part=part).values_list("head", flat=True))


def _families(merged, kept):
    return list(PartFamily.objects.filter(part__in=[merged, kept], to_v=None).select_related("family"))


def _pairs(lines):
    return set(lines.order_by().values_list("month", "site__code"))


def _named(pairs):
    """Return months with their sites in words, the first of them."""
    language, ordered = get_language(), sorted(pairs)
    said = ", ".join(f"{site} {month_name(month, language)}" for month, site in ordered[:NAMED])
    return f"{said} …" if len(ordered) > NAMED else said
