"""Who and what the files of the demonstration speak of: partners and their sites, brands, parts, who is expected."""

from accounts.models import Firm, Member, Role
from catalogue.models import Brand, Family, Part, PartFamily, reference_key
from production import expecting
from reports.demo import volumes
from reports.demo.people import ACCOUNTS
from suppliers.models import Site, SitePlace, Supplier


def enter(door, people):
    """Enter the reference data. `people`: {role: user}; those of a supplier become members of their firm."""
    firms = _firms()
    sites = _sites(firms)
    _brands()
    _parts(firms)
    for expectation in volumes.expectations():
        expecting.expect(door, sites[expectation.site], expectation.from_month, by=people[Role.ADMIN])
    for account in ACCOUNTS:
        if account.firm:
            Member.objects.create(user=people[account.role], firm=firms[account.firm])


def _firms():
    """Make a firm and a supplier for each partner; returns {code: firm}."""
    partners = volumes.partners()
    firms = Firm.objects.bulk_create(Firm(code=each.code, name=each.name, name_ar=each.name_ar) for each in partners)
    Supplier.objects.bulk_create(Supplier(firm=firm, joined_on=volumes.FIRST_MONTH) for firm in firms)
    return {firm.code: firm for firm in firms}


def _sites(firms):
    """Make each partner's one site, in its wilaya since ever; returns {code: site}."""
    partners = volumes.partners()
    sites = Site.objects.bulk_create(
        Site(code=each.site, name=each.name, name_ar=each.name_ar, firm=firms[each.code]) for each in partners
    )
    SitePlace.objects.bulk_create(
        SitePlace(site=site, wilaya_id=each.wilaya) for site, each in zip(sites, partners, strict=True)
    )
    return {site.code: site for site in sites}


def _brands():
    Brand.objects.bulk_create(Brand(code=each.code, name=each.name, name_ar=each.name_ar) for each in volumes.brands())


def _parts(firms):
    """Make every part, in its family from the first data version on."""
    families = Family.objects.in_bulk(field_name="code")
    details = volumes.parts()
    parts = Part.objects.bulk_create(
        Part(
            firm=firms[each.site],
            reference=each.reference,
            reference_key=reference_key(each.reference),
            name=each.name_fr,
            name_ar=each.name_ar,
            unit_id=each.unit,
        )
        for each in details
    )
    PartFamily.objects.bulk_create(
        PartFamily(part=part, family=families[each.family], from_v=0) for part, each in zip(parts, details, strict=True)
    )
