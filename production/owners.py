"""Whose volumes a file holds: the supplier and site that its sender named, or that its rows name."""

import re
from dataclasses import dataclass, field

from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, FirmAlias
from partstrack.folding import fold
from partstrack.registry import Fault
from suppliers.models import Site, Supplier

LONGEST_CODE = Firm._meta.get_field("code").max_length
MAKING_LOCK = 7_201_002  # advisory lock: two files never make the same supplier or part


@dataclass
class Target:
    """What the sender named for the whole file. `create`: the supplier or its site may be made."""

    firm_id: int | None = None
    site_id: int | None = None
    named: bool = False
    create: bool = False
    faults: list = field(default_factory=list)

    def refuse(self, value, reason, remedy):
        """Note why the file cannot be taken for this supplier or site."""
        self.faults.append(Fault("", None, None, value, reason, remedy))
        return self


def target(options, user):
    """Return the Target of a file's options: supplier code, site code, create."""
    found = Target(create=bool(options.get("create")) and user.may("enter"))
    if code := options.get("site"):
        return _named_site(found, code, options.get("supplier"), user)
    if code := options.get("supplier"):
        return _named_supplier(found, code, user)
    return found


def _named_site(found, code, supplier, user):
    site = Site.objects.visible_to(user).filter(code=code).select_related("firm").first()
    if site is None:
        return found.refuse(code, _("There is no such site."), _("Use the code of a site that exists."))
    if supplier and site.firm.code != supplier:
        return found.refuse(
            code, _("This site belongs to another supplier."), _("Name the site's own supplier, or leave it out.")
        )
    found.named, found.site_id, found.firm_id = True, site.pk, site.firm_id
    return found


def _named_supplier(found, code, user):
    firm = Firm.objects.visible_to(user).filter(code=code).first()
    found.named = True
    if firm is None:
        if found.create:
            return _fresh_supplier(found, code)
        return found.refuse(
            code,
            _("There is no such supplier."),
            _("Correct the code, or let the file create the supplier (--create)."),
        )
    found.firm_id = firm.pk
    sites = list(Site.objects.filter(firm=firm, archived_at=None).order_by("pk").values_list("pk", flat=True)[:2])
    if len(sites) == 1:
        found.site_id = sites[0]
    elif len(sites) > 1:
        return found.refuse(code, _("This supplier has several sites."), _("Name the site the file is about (--site)."))
    elif not found.create:
        return found.refuse(
            code, _("This supplier has no site yet."), _("Add its site first, or let the file create it (--create).")
        )
    return found


def _fresh_supplier(found, code):
    """A supplier that the file makes needs a code that can be one."""
    if len(code) > LONGEST_CODE:
        remedy = format_lazy(_("Shorten it to {most} characters."), most=LONGEST_CODE)
        return found.refuse(code, _("This code is too long."), remedy)
    if not re.fullmatch(CODE, code):
        return found.refuse(
            code,
            _("A code has letters, digits, dots, dashes or underscores only."),
            _("Give the new supplier a code."),
        )
    return found


def one_at_a_time():
    """Let only one file at a time make suppliers, sites and parts, until the end of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING_LOCK])


def named(batch):
    """Return (firm, first site) of the supplier that a file names, each None while there is none."""
    firm = Firm.objects.filter(code=batch.options.get("supplier") or "").first()
    return firm, firm and Site.objects.filter(firm=firm, archived_at=None).order_by("pk").first()


def create(batch):
    """Make the supplier and first site that a file may create; return the site, None when there is nothing to make."""
    code = batch.options.get("supplier")
    if not code or batch.options.get("site"):
        return None
    name = batch.options.get("supplier_name") or code
    firm, _made = Firm.objects.get_or_create(code=code, defaults={"name": name})
    Supplier.objects.get_or_create(firm=firm)
    site = Site.objects.filter(firm=firm, archived_at=None).order_by("pk").first()
    if site is None:
        site = Site.objects.create(code=code, name=name, firm=firm)
    batch.firm = firm
    return site


class Owners:
    """The sites that the rows of a file name, by supplier and site as written; looked up once."""

    def __init__(self, target, sites):
        self.target, self.sites, self.known = target, sites, {}

    @classmethod
    def of(cls, lines, target, user):
        """Read the sites this person may declare for, with every name they are known by."""
        named = any(row.supplier or row.site for row in lines) or not target.named
        return cls(target, _names(user) if named else {})

    def site_of(self, row):
        """Return a site id (None: the site to be made), or (reason, remedy) when it cannot be told."""
        key = (row.supplier, row.site)
        if key not in self.known:
            self.known[key] = self._find(*key)
        return self.known[key]

    def _find(self, supplier, site):
        if not supplier and not site:
            if self.target.named:
                return self.target.site_id
            return _("The file names no supplier."), _(
                "Choose the supplier, or add a column “Supplier” (--supplier CODE)."
            )
        found = self.sites.get(("site", fold(site)), set()) if site else self.sites.get(("firm", fold(supplier)), set())
        if site and supplier:
            found = found & self.sites.get(("firm", fold(supplier)), set())
        if self.target.named and found and found != {self.target.site_id}:
            return _("This row is of another supplier or site than the one chosen."), _(
                "Send it apart, or choose no supplier."
            )
        if len(found) == 1:
            return next(iter(found))
        if found:
            return _("This supplier has several sites."), _("Add a column “Site” with the site's code.")
        return _("This supplier or site is not known."), _("Correct it, or enter the supplier first.")


def _names(user):
    """Return {("firm"|"site", folded name): {site ids}} of what this person may see."""
    names = {}
    aliases = {}
    for firm, name in FirmAlias.objects.values_list("firm_id", "name"):
        aliases.setdefault(firm, []).append(name)
    for site in Site.objects.visible_to(user).filter(archived_at=None).select_related("firm"):
        firm = site.firm
        for text in (firm.code, firm.name, firm.name_ar, *aliases.get(firm.pk, ())):
            names.setdefault(("firm", fold(text)), set()).add(site.pk)
        for text in (site.code, site.name, site.name_ar):
            names.setdefault(("site", fold(text)), set()).add(site.pk)
    return names
