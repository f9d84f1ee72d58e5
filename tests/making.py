"""Short ways to make what tests need: people, sites, parts, declarations. All through the doors of the product."""

from datetime import date
from decimal import Decimal

from accounts.models import Firm, Member, Role, User
from catalogue.models import Brand, Family, Part, PartFamily, reference_key
from office.door import write
from production import actions, ledger
from production.models import Declaration, Expected, OutputLine
from suppliers.models import Site, SitePlace, Supplier


def month(text):
    """Return the month that "2026-08" says."""
    year, number = text.split("-")
    return date(int(year), int(number), 1)


def person(email, *roles, firm=None):
    """Make a user without a password; one of a firm declares for it."""
    user = User.objects.create(email=email, password="!", roles=[str(role) for role in roles])
    if firm:
        Member.objects.create(user=user, firm=firm)
    return user


def firm(code):
    """Return the supplier firm of that code, made when missing."""
    found, fresh = Firm.objects.get_or_create(code=code, defaults={"name": code})
    if fresh:
        Supplier.objects.create(firm=found)
    return found


def site(code, of=None, wilaya=None):
    """Make a site of a firm (default: one of the same code), in a wilaya when one is given."""
    made = Site.objects.create(code=code, name=code, firm=firm(of or code))
    if wilaya:
        SitePlace.objects.create(site=made, wilaya_id=wilaya)
    return made


def part(reference, of, family="brakes", unit="piece"):
    """Make a part of a firm, in a family since ever."""
    made = Part.objects.create(firm=of, reference=reference, reference_key=reference_key(reference), unit_id=unit)
    PartFamily.objects.create(part=made, family=Family.objects.get(code=family), from_v=0)
    return made


def brand(code):
    """Make a brand."""
    return Brand.objects.create(code=code, name=code)


def expect(where, first, last=None):
    """Confirm since ever that a site declares from a month to a month."""
    last = last and month(last)
    return Expected.objects.create(site=where, first=month(first), last=last, from_v=0)


def drafts(author, site, rows, reason="", received=date(2026, 1, 1)):
    """Write drafts of a site, locked: `rows` is {"2026-08": [(part, {measure: amount})] or None for nil}."""
    months = [month(text) for text in rows]
    heads = ledger.lock([(site.pk, each) for each in months])
    revisions = actions.next_revisions(heads.values())
    standing = ledger.standing_ids(heads.values())
    made = Declaration.objects.bulk_create(
        _draft(author, heads[site.pk, each], lines, revisions, standing, reason, received)
        for each, lines in zip(months, rows.values(), strict=True)
    )
    OutputLine.objects.bulk_create(
        line(declaration, site, each, *row)
        for declaration, each, lines in zip(made, months, rows.values(), strict=True)
        for row in lines or ()
    )
    return made


def _draft(author, head, lines, revisions, standing, reason, received):
    return Declaration(
        head_id=head,
        revision=revisions[head],
        based_on_id=standing.get(head),
        kind=Declaration.Kind.NIL if lines is None else Declaration.Kind.ACTUAL,
        reason=reason or ("corrected" if revisions[head] > 1 else ""),
        author=author,
        received_on=received,
    )


def line(declaration, where, when, what, amounts, sold_as=None, unit=None):
    """Return an unsaved line: amounts are {measure: Decimal or text}."""
    exact = {name: None if amount is None else Decimal(amount) for name, amount in amounts.items()}
    return OutputLine(
        declaration=declaration, site=where, month=when, part=what, brand=sold_as, unit_id=unit or what.unit_id, **exact
    )


def declare(author, site, rows, reason="", at=None):
    """Send a file of a site through the write door, as drafts() takes it. Returns its declarations."""
    with write(author, reason or "file", at=at) as door:
        made = drafts(author, site, rows, reason)
        actions.settle(door, author, made)
    return made


def monthly(what, amounts, measure="produced"):
    """Return rows for declare(): one amount of one part a month, from {"2026-08": amount}."""
    return {text: [(what, {measure: amount})] for text, amount in amounts.items()}


ADMIN, MANAGER, ANALYST, SUPPLIER = Role.ADMIN, Role.MANAGER, Role.ANALYST, Role.SUPPLIER
