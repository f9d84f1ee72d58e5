"""Whose volumes a file holds: the supplier and site that its sender named, or that its rows name."""

import re
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, FirmAlias, scope
from partstrack.folding import fold
from partstrack.registry import Fault
from production.making import LONGEST_CODE, Made, code_of, of_known, of_new, taken
from suppliers.models import Site


@dataclass
class Target:
    """What the sender named for the whole file. `create`: suppliers, sites and parts may be made."""

    firm_id: int | None = None
    site_id: int | None = None
    named: bool = False
    create: bool = False
    made: Made | None = None
    faults: list = field(default_factory=list)

    def refuse(self, value, reason, remedy, flag=""):
        """Note why the file cannot be taken for this supplier or site."""
        self.faults.append(Fault("", None, None, value, reason, remedy, flag=flag))
        return self

    def make(self, made):
        """Let the file make its site."""
        self.made, self.site_id = made, made.number
        return self


def target(options, user):
    """Return the Target of a file's options: supplier code, site code, create."""
    found = Target(create=bool(options.get("create")) and user.may("enter"))
    if code := options.get("site"):
        return _named_site(found, code, options.get("supplier"), user)
    if code := options.get("supplier"):
        return _named_supplier(found, code, options.get("supplier_name") or code, user)
    return _own(found, user)


def _own(found, user):
    """Who declares for one firm of one site need not name it."""
    firms = scope(user)
    if firms is not None and len(firms) == 1:
        sites = list(Site.objects.filter(firm__in=firms, archived_at=None).order_by("pk")[:2])
        if len(sites) == 1:
            found.named, found.site_id, found.firm_id = True, sites[0].pk, sites[0].firm_id
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


def _named_supplier(found, code, name, user):
    firm = Firm.objects.visible_to(user).filter(code=code).first()
    found.named = True
    if firm is None:
        return _fresh_supplier(found, code, name)
    found.firm_id = firm.pk
    sites = list(Site.objects.filter(firm=firm, archived_at=None).order_by("pk").values_list("pk", flat=True)[:2])
    if len(sites) == 1:
        found.site_id = sites[0]
    elif len(sites) > 1:
        remedy = _("Add a column “Site” with the site's code.")
        return found.refuse(code, _("This supplier has several sites."), remedy, "--site CODE")
    elif not found.create:
        remedy = _("Add its site first, or let the file create it.")
        return found.refuse(code, _("This supplier has no site yet."), remedy, "--create")
    else:
        made, wrong = of_known(-1, firm, code)
        return found.refuse(code, *wrong) if wrong else found.make(made)
    return found


def _fresh_supplier(found, code, name):
    """A supplier that the file makes needs a code that can be one."""
    if not found.create:
        remedy = _("Correct the code, or let the file create the supplier.")
        return found.refuse(code, _("There is no such supplier."), remedy, "--create")
    if len(code) > LONGEST_CODE:
        remedy = format_lazy(_("Shorten it to {most} characters."), most=LONGEST_CODE)
        return found.refuse(code, _("This code is too long."), remedy)
    if not re.fullmatch(CODE, code):
        return found.refuse(
            code,
            _("A code has letters, digits, dots, dashes or underscores only."),
            _("Give the new supplier a code."),
        )
    made, wrong = of_new(-1, code, name, code)
    return found.refuse(code, *wrong) if wrong else found.make(made)


# Rows -----------------------------------------------------------------------------------------------


class Owners:
    """The sites that the rows of a file name, by supplier and site as written; looked up once.

    `firms`: {site id: firm id}, None for the firm of a site whose supplier is still to be made. `handed_over`: {site id: the
    month from which it is another firm's, None: never}.
    """

    def __init__(self, target, sites, suppliers):
        self.target, self.sites, self.suppliers, self.known = target, sites, suppliers, {}
        self.made = [target.made] if target.made else []
        rows = Site.objects.values_list("pk", "firm_id", "goes_on__continues_since")
        self.firms, self.handed_over = {}, {}
        for site, firm, since in rows:
            self.firms[site], self.handed_over[site] = firm, since
        self.firms |= {each.number: each.firm_id for each in self.made}

    @classmethod
    def of(cls, lines, target, user):
        """Read the sites this person may declare for, with every name they are known by."""
        named = any(row.supplier or row.site for row in lines) or not target.named
        return cls(target, *(_names(user) if named else ({}, {})))

    def owner_of(self, site):
        """Return what tells the firms of two sites apart: a firm's id, or the code of a supplier to be made."""
        return self.firms[site] or next(each.supplier for each in self.made if each.number == site)

    def site_of(self, row):
        """Return a site id (below zero: to be made), or (reason, remedy, flag) when it cannot be told."""
        key = (row.supplier, row.site)
        if key not in self.known:
            self.known[key] = self._find(*key)
        return self.known[key]

    def _find(self, supplier, site):
        if not supplier and not site:
            return self._of_target()
        if self.target.made and self._is(self.target.made, supplier, site):
            return self.target.made.number
        found = self.sites.get(("site", fold(site)), set()) if site else self.sites.get(("firm", fold(supplier)), set())
        if site and supplier:
            found = found & self.sites.get(("firm", fold(supplier)), set())
        if self.target.named and found and found != {self.target.site_id}:
            remedy = _("Send it apart, or choose no supplier.")
            return _("This row is of another supplier or site than the one chosen."), remedy, ""
        if len(found) == 1:
            return next(iter(found))
        if found:
            return _("This supplier has several sites."), _("Add a column “Site” with the site's code."), ""
        return self._unknown(supplier, site)

    def _of_target(self):
        if self.target.named:
            return self.target.site_id
        remedy = _("Choose the supplier, or add a column “Supplier”.")
        return _("The file names no supplier."), remedy, "--supplier CODE"

    def _is(self, made, supplier, site):
        """Say whether a row names a site that is to be made."""
        names = {fold(made.supplier), fold(made.name)}
        return (not supplier or fold(supplier) in names) and (not site or fold(site) == fold(made.site))

    def _unknown(self, supplier, site):
        """Let the file make a supplier that nobody knows, or one's first site; else say why it cannot be taken."""
        firm = self.suppliers.get(fold(supplier))
        if self.target.named or not supplier or (firm and self.sites[("firm", fold(supplier))]):
            return _("This supplier or site is not known."), _("Correct it, or enter the supplier first."), ""
        if not self.target.create and firm:
            remedy = _("Add its site first, or let the file create it.")
            return _("This supplier has no site yet."), remedy, "--create"
        if not self.target.create:
            remedy = _("Correct it, enter the supplier first, or let the file create it.")
            return _("This supplier or site is not known."), remedy, "--create"
        return self._make(firm, supplier, site)

    def _make(self, firm, supplier, site):
        twin = next((each for each in self.made if self._is(each, supplier, site)), None)
        if twin:
            return twin.number
        number, code = -len(self.made) - 1, firm.code if firm else code_of(supplier)
        place = code_of(site) if site else code
        if not (code and place):
            remedy = _("Write its code: letters, digits, dots, dashes or underscores.")
            return _("No code can be made of this name."), remedy, ""
        made, wrong = self._made(number, firm, code, supplier, place)
        if wrong:
            return *wrong, ""
        self.made.append(made)
        self.firms[number] = made.firm_id
        return number

    def _made(self, number, firm, code, name, site):
        """Return (Made, None), or (None, why not); two names of the file never share a code."""
        sames = [each for each in self.made if each.supplier == code]
        if any(fold(each.name) != fold(name) for each in sames if not firm) or site in {e.site for e in self.made}:
            return None, taken(code)
        return of_known(number, firm, site) if firm else of_new(number, code, name, site)


def _names(user):
    """Return ({("firm"|"site", folded name): {site ids}}, {folded name: firm}) of what this person may see."""
    sites, suppliers, aliases = {}, {}, {}
    for firm, name in FirmAlias.objects.values_list("firm_id", "name"):
        aliases.setdefault(firm, []).append(name)
    for firm in Firm.objects.visible_to(user).filter(merged_into=None):
        for text in filter(None, (firm.code, firm.name, firm.name_ar, *aliases.get(firm.pk, ()))):
            suppliers.setdefault(fold(text), firm)
            sites.setdefault(("firm", fold(text)), set())
    for site in Site.objects.visible_to(user).filter(archived_at=None).select_related("firm"):
        firm = site.firm
        for text in (firm.code, firm.name, firm.name_ar, *aliases.get(firm.pk, ())):
            sites.setdefault(("firm", fold(text)), set()).add(site.pk)
        for text in (site.code, site.name, site.name_ar):
            sites.setdefault(("site", fold(text)), set()).add(site.pk)
    return sites, suppliers
