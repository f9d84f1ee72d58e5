"""Writing a checked file of monthly output: what it makes, its drafts, and what of them stands."""

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import PIECE, UNCLASSIFIED, Family, Part, PartFamily
from office.door import Refused
from partstrack.folding import fold
from production import actions, ledger, making, staging
from production.models import Declaration
from suppliers.models import Site


def apply(door, batch, user):
    """Write a checked file: drafts, then what stands. Returns the outcome, or None when the preview is outdated."""
    if "made" not in batch.result:
        return None  # checked before it was kept what the file makes
    if any(batch.result["created"].values()):
        making.one_at_a_time()
        if _made_meanwhile(batch):
            return None
        _create(batch)
    measures = staging.measures_said(batch)
    pairs = [row[:2] for row in staging.difference(batch, measures) if row[2] or row[3]] if measures else []
    heads = ledger.lock(pairs)
    ledger.shared()
    if actions.moved_since(heads.values(), batch.checked_version) or staging.merged_meanwhile(batch):
        return None
    waiting = actions.waiting_pairs(pairs)
    if waiting:
        raise Refused(
            _("A declaration of one of these months waits for a decision since the preview. Check the file again.")
        )
    drafts = _drafts(door, batch, user, list(heads.values()))
    staging.write_lines(batch, drafts)
    standing, submitted = actions.settle(door, user, drafts)
    staging.clear(batch)
    return {"declarations": len(drafts), "standing": len(standing), "waiting": len(submitted)}


def _drafts(door, batch, user, heads):
    """Make one draft a month that moves, numbered after the revisions before it."""
    actions.make_way(heads)
    standing, revisions = ledger.standing_ids(heads), actions.next_revisions(heads)
    reason = batch.options.get("reason") or batch.name
    made = Declaration.objects.bulk_create(
        (
            Declaration(
                head_id=head,
                revision=revisions[head],
                based_on_id=standing.get(head),
                reason=reason[:400],
                batch=batch,
                author=user,
                received_on=batch.received_on or timezone.localtime(batch.received_at).date(),
                channel=batch.channel,
                sender=batch.sender,
                proof=batch.proof,
            )
            for head in sorted(heads)
        ),
        batch_size=1000,
    )
    return list(
        Declaration.objects.filter(pk__in=[each.pk for each in made]).select_related("head__site").order_by("head")
    )


def _made_meanwhile(batch):
    """Say whether somebody made, since the preview, what this file is to make: a supplier, a site or a part."""
    if making.made_meanwhile(batch):
        return True
    firms = {each.number: each.firm_id for each in making.to_make(batch) if each.firm_id}
    return staging.known_meanwhile(batch, firms)


def _create(batch):
    """Make the suppliers, sites and parts that the file may create, and point the staged rows at them."""
    staging.point_at_sites(batch, making.create(batch))
    firms = dict(Site.objects.values_list("pk", "firm_id"))
    fresh = {}
    for site, text, key, name, family, unit in staging.parts_to_make(batch):
        fresh.setdefault((firms[site], key), (text, name, family, unit))
    _make_parts(fresh)
    staging.point_at_parts(batch)


def _make_parts(fresh):
    """Make the parts of {(firm id, key): (reference, name, family, unit)}."""
    families = family_words()
    ordered = sorted(fresh.items())
    parts = Part.objects.bulk_create(
        (
            Part(firm_id=firm, reference=text, reference_key=key, name=name, unit_id=unit or PIECE)
            for (firm, key), (text, name, _family, unit) in ordered
        ),
        batch_size=2000,
    )
    said = [details[2] for _key, details in ordered]
    PartFamily.objects.bulk_create(
        (
            PartFamily(part=part, family_id=families.get(fold(family), families[fold(UNCLASSIFIED)]), from_v=0)
            for part, family in zip(parts, said, strict=True)
        ),
        batch_size=2000,
    )


def family_words():
    """Return {folded name or code: family id}."""
    words = Family.objects.values_list("pk", "code", "name_fr", "name_ar", "name_en")
    return {fold(text): pk for pk, *texts in words for text in texts}


def roll_back(door, batch, user):
    """Take back every declaration of a file."""
    actions.roll_back(door, user, list(batch.declarations.select_related("head")))
