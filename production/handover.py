"""A plant changes hands: from a month on it is a site of another firm, and what stands of these months with it.

Nothing that was declared is changed. Each month that stands from that month on is declared again under the new site, line
by line the same, so that figures by supplier, rights and every "as of" need not know of firms by month; as of before,
what stood then stands as it did.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.models import Part, PartFamily
from office.door import LONGEST_REASON, Refused
from partstrack.periods import month_name
from production import actions, expecting, ledger
from production.models import MEASURES, Declaration, OutputLine, Posting, RangePart, Standing
from suppliers.models import Paper, PaperFamily, Site, SitePlace

NAMED = 12  # months and references that a refusal names

LINES_AGAIN = f"""
INSERT INTO production_outputline (declaration_id, site_id, month, part_id, brand_id, unit_id, batch_id,
    source_sheet, source_row, {", ".join(MEASURES)})
SELECT d.made, %(site)s, l.month, coalesce(p.made, l.part_id), l.brand_id,
    l.unit_id, l.batch_id, l.source_sheet, l.source_row, {", ".join(f"l.{name}" for name in MEASURES)}
FROM unnest(%(stood)s::bigint[], %(declarations)s::bigint[]) AS d(stood, made)
JOIN production_outputline l ON l.declaration_id = d.stood
LEFT JOIN unnest(%(parts)s::bigint[], %(new_parts)s::bigint[]) AS p(stood, made) ON p.stood = l.part_id
"""
KEPT = ("kind", "received_on", "channel", "sender", "proof_id")


@dataclass(frozen=True)
class Moves:
    """What a transfer moves: counts."""

    months: int
    closed: int
    lines: int
    parts: int
    new_parts: int
    papers: int


def moves(site, firm, month):
    """Return what handing a site over to a firm from a month on would move now."""
    standing = _standing(site, month)
    parts = _parts(site, standing)
    months = set(standing.values_list("head__month", flat=True))
    return Moves(
        months=len(months),
        closed=len(actions.closed_months(months)),
        lines=_lines(standing).count(),
        parts=len(parts),
        new_parts=len(parts) - len(_known(parts, firm)),
        papers=_papers(site, month).count(),
    )


def reasons_against(user, site, firm, month):
    """Return the sentences that say why this site cannot be handed over as things stand; none: it can."""
    if firm.pk == site.firm_id:
        return [_("The site is this supplier's already.")]
    if site.archived_at or site.merged_into_id or firm.merged_into_id:
        return [_("The site or the supplier is no longer in use.")]
    if Site.objects.filter(continues=site).exists():
        return [_("This site was handed over already.")]
    if site.continues_since and month <= site.continues_since:
        return [_("This site itself was taken over later than that: choose a later month.")]
    standing = _standing(site, month)
    return [*_waiting(site, month), *_of_closed(user, standing), *_other_parts(site, firm, standing)]


def _waiting(site, month):
    rows = Declaration.objects.filter(state__in=actions.WAITING, head__site=site, head__month__gte=month)
    said = _("A declaration waits for a decision (%(months)s). Accept or return it first.")
    months = sorted(set(rows.values_list("head__month", flat=True)))
    return [said % {"months": _cut([month_name(each, get_language()) for each in months])}] if months else []


def _of_closed(user, standing):
    """Moving what is closed changes final figures of two suppliers: that is a manager's."""
    if user.may("approve") or not actions.closed_months(set(standing.values_list("head__month", flat=True))):
        return []
    return [_("Closed months would move to another supplier: a manager does it.")]


def _other_parts(site, firm, standing):
    """A reference that both firms have must mean the same: counted in one unit, in one family."""
    parts, known = _parts(site, standing), _known(_parts(site, standing), firm)
    if _lines(standing).filter(part__in=[each.pk for each in known.values()]).exists():
        return [_("Lines of this site already name references of the other supplier: merge or correct these first.")]
    families = _families([*parts, *known.values()])
    other = [
        part.reference
        for part in parts
        if (twin := known.get(part.reference_key))
        and (twin.unit_id, families[twin.pk], None, None)
        != (part.unit_id, families[part.pk], twin.merged_into_id, twin.archived_at)
    ]
    said = _(
        "Both suppliers have these references, with another unit or family, or out of use: %(references)s. Make them agree first."
    )
    return [said % {"references": _cut(other)}] if other else []


def hand_over(door, user, site, firm, month, code, why, papers=True):
    """Give a site to another firm from a month on, saying why; returns the new site. Refused as reasons_against() says.

    `code`: of the new site. `papers`: its certificates that are valid go along from that month on.
    """
    if not user.may("enter"):
        raise Refused(_("Handing a site over is for admins and managers."))
    site = Site.objects.select_for_update(no_key=True, of=("self",)).select_related("firm").get(pk=site.pk)
    if reasons := reasons_against(user, site, firm, month):
        raise Refused(*reasons)
    new = Site.objects.create(
        code=code, name=site.name, name_ar=site.name_ar, firm=firm, continues=site, continues_since=month
    )
    _places(site, new)
    months = set(_standing(site, month).values_list("head__month", flat=True))
    heads = ledger.lock((each.pk, when) for each in (site, new) for when in months)
    ledger.exclusive()
    standing = _standing(site, month)
    if set(standing.values_list("head__month", flat=True)) != months:
        raise Refused(_("Volumes of this site came in meanwhile. Nothing was changed: try again."))
    if reasons := _waiting(site, month):
        raise Refused(*reasons)
    said = _("%(site)s handed over to %(firm)s: %(why)s") % {"site": site.code, "firm": firm.name, "why": why}
    if heads:
        _declare_again(door, user, new, heads, standing, said[:LONGEST_REASON])
    expecting.hand_over(door, site, new, month, months, said[:LONGEST_REASON], user)
    if papers:
        _carry(site, new, month)
    door.when_numbered(lambda version: Site.objects.filter(pk=new.pk).update(continues_v=version))
    return new


def _places(site, new):
    """The plant is where it was: the same episodes, so that a wilaya's figures do not move."""
    SitePlace.objects.bulk_create(
        SitePlace(
            site=new, wilaya_id=each.wilaya_id, commune=each.commune, valid_from=each.valid_from, valid_to=each.valid_to
        )
        for each in site.places.all()
    )


def _declare_again(door, user, new, heads, standing, reason):
    """Let every month that stands with the old site stand with the new one instead."""
    site, stood = new.continues, list(standing.select_related("declaration", "head").order_by("head__month"))
    parts = _new_parts(door, site, new.firm, standing)
    actions.make_way([heads[site.pk, row.head.month] for row in stood])
    who = {"submitted_by": user, "submitted_at": door.at, "decided_by": user, "decided_at": door.at}
    made = Declaration.objects.bulk_create(
        (
            Declaration(
                head_id=heads[new.pk, row.head.month],
                revision=1,
                reason=reason,
                author=user,
                **{name: getattr(row.declaration, name) for name in KEPT},
            )
            for row in stood
        ),
        batch_size=500,
    )
    ids = [each.pk for each in made]
    names = {"site": new.pk, "stood": [row.declaration_id for row in stood], "declarations": ids}
    with connection.cursor() as cursor:
        cursor.execute(LINES_AGAIN, {**names, "parts": list(parts), "new_parts": list(parts.values())})
    Declaration.objects.filter(pk__in=ids).update(state=Declaration.State.APPROVED, **who)
    ledger.stand(door, sorted(heads.values()), ids, Posting.Cause.HANDOVER)


def _new_parts(door, site, firm, standing):
    """Return {part of the old firm: that of the new one}, made where it has none; each in its family and ranges."""
    parts = _parts(site, standing)
    known = _known(parts, firm)
    families = _families(parts)
    missing = [part for part in parts if part.reference_key not in known]
    copied = ("reference", "reference_key", "name", "name_ar", "unit_id")
    made = Part.objects.bulk_create(
        Part(firm=firm, **{name: getattr(part, name) for name in copied}) for part in missing
    )
    PartFamily.objects.bulk_create(
        PartFamily(part=new, family_id=families[part.pk], from_v=0) for part, new in zip(missing, made, strict=True)
    )
    known |= {part.reference_key: part for part in made}
    pairs = {part.pk: known[part.reference_key].pk for part in parts}
    door.when_numbered(lambda version: _list_in_ranges(version, pairs))
    return pairs


def _list_in_ranges(version, pairs):
    """The new firm's reference is of every local range that the old one's is of."""
    listed = set(RangePart.objects.filter(part__in=pairs, to_v=None).values_list("range", "part"))
    there = set(RangePart.objects.filter(part__in=pairs.values(), to_v=None).values_list("range", "part"))
    wanted = {(group, pairs[part]) for group, part in listed} - there
    RangePart.objects.bulk_create(
        RangePart(range_id=group, part_id=part, from_v=version) for group, part in sorted(wanted)
    )


def _carry(site, new, month):
    """Certificates that are valid on the first of the month end for the old firm the day before, and go on for the new."""
    for old in _papers(site, month):
        families = list(old.families.values_list("pk", flat=True))
        paper = Paper.objects.create(
            firm=new.firm,
            site=new,
            valid_from=month,
            renews=old,
            **{name: getattr(old, name) for name in ("standard_id", "number", "body", "scope", "valid_to", "accepted")},
        )
        PaperFamily.objects.bulk_create(PaperFamily(paper=paper, family_id=each) for each in families)
        old.valid_to, old.version = month - timedelta(days=1), old.version + 1
        old.save(update_fields=["valid_to", "version"])


# Reading ------------------------------------------------------------------------------------------------
def _standing(site, month):
    return Standing.objects.filter(to_v=None, head__site=site, head__month__gte=month)


def _lines(standing):
    return OutputLine.objects.filter(declaration__in=standing.values("declaration"))


def _parts(site, standing):
    """Return the parts of the site's firm that these months name; those of others keep theirs."""
    named = _lines(standing).order_by().values("part")
    return list(Part.objects.filter(pk__in=named, firm=site.firm_id).order_by("pk"))


def _known(parts, firm):
    """Return {reference key: the firm's own part} of those that it has already."""
    keys = [part.reference_key for part in parts]
    return {part.reference_key: part for part in Part.objects.filter(firm=firm, reference_key__in=keys)}


def _families(parts):
    return dict(PartFamily.objects.filter(part__in=parts, to_v=None).values_list("part", "family"))


def _papers(site, month):
    return Paper.objects.certificates().filter(site=site, valid_from__lt=month).valid_on(month)


def _cut(said):
    return ", ".join(said[:NAMED]) + (" …" if len(said) > NAMED else "")
