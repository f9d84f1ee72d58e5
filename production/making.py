"""The suppliers and sites that a file makes. Until it is applied such a site has a number below zero."""

import re
from dataclasses import asdict, dataclass

from django.db import connection
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm
from suppliers.models import Site, Supplier

LONGEST_CODE = Firm._meta.get_field("code").max_length
LONGEST_NAME = Firm._meta.get_field("name").max_length
ADDRESS = "new"  # the address of an empty form, so no code
MAKING_LOCK = 7_201_002  # advisory lock: two files never make the same supplier or part


@dataclass(frozen=True)
class Made:
    """A site to be made: its number among the staged rows, its code, its supplier; `firm_id` of one that is known.

    `is_supplier`: the supplier itself need not be made.
    """

    number: int
    site: str
    supplier: str
    name: str
    firm_id: int | None = None
    is_supplier: bool = False


def code_of(text):
    """Return a supplier's or site's name as the code it gets: itself where it can be one, else made of its letters."""
    if re.fullmatch(CODE, text) and len(text) <= LONGEST_CODE:
        return text
    return slugify(text)[:LONGEST_CODE].strip("-_").upper()


def of_known(number, firm, site):
    """Return (Made, None) of the first site of a firm, or (None, why not)."""
    known = Supplier.objects.filter(firm=firm).exists()
    return _unless_taken(Made(number, site, firm.code, firm.name, firm.pk, known))


def of_new(number, code, name, site):
    """Return (Made, None) of the first site of a supplier that nobody knows, or (None, why not)."""
    if code == ADDRESS or Firm.objects.filter(code=code).exists():
        return None, taken(code)
    return _unless_taken(Made(number, site, code, name[:LONGEST_NAME]))


def _unless_taken(made):
    if Site.objects.filter(code=made.site).exists():
        return None, taken(made.site)
    return made, None


def taken(code):
    """Return (reason, remedy) of a code that somebody has."""
    reason = format_lazy(_("The code {code} is taken."), code=code)
    return reason, _("Enter the supplier and its site first, with other codes.")


def one_at_a_time():
    """Let only one file at a time make suppliers, sites and parts, until the end of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING_LOCK])


def to_make(batch):
    """Return the Made of a file that was checked."""
    return [Made(**each) for each in batch.result.get("made", ())]


def made_meanwhile(batch):
    """Say whether somebody made, since the file was checked, a supplier or a site that it is to make."""
    found = to_make(batch)
    firms = [each.supplier for each in found if each.firm_id is None]
    return (
        Firm.objects.filter(code__in=firms).exists()
        or Site.objects.filter(code__in=[each.site for each in found]).exists()
        or Site.objects.filter(firm__in=[each.firm_id for each in found if each.firm_id], archived_at=None).exists()
    )


def create(batch):
    """Make the suppliers and sites of a file that was checked; return {number: site id}."""
    sites = {}
    for each in to_make(batch):
        firm, _new = Firm.objects.get_or_create(code=each.supplier, defaults={"name": each.name})
        Supplier.objects.get_or_create(firm=firm)
        sites[each.number] = Site.objects.create(code=each.site, name=each.name, firm=firm).pk
        if batch.options.get("supplier") == each.supplier:
            batch.firm = firm
    return sites


def said(made, numbers):
    """Return (counts of suppliers and sites, what to keep) of the sites to be made that staged rows name."""
    used = [each for each in made if each.number in numbers]
    suppliers = {each.supplier for each in used if not each.is_supplier}
    return {"suppliers": len(suppliers), "sites": len(used)}, [asdict(each) for each in used]
