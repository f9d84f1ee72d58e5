"""Suppliers and other firms, agreements and events by codes and names; wilayas, which lead to the suppliers there."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from partstrack.registry import Hit, Search
from partstrack.searching import found_by, holding
from places.models import Wilaya, WilayaAlias
from suppliers.models import Agreement, Event, LegalNumber, Paper, Party, Project


def suppliers(user, said, limit):
    """Return the suppliers whose firm has every word in its code and names, or in another name of it."""
    firms = Firm.objects.visible_to(user).filter(supplier__isnull=False)
    named = holding(firms, said.words, "code", "name", "name_ar").values("pk")
    called = holding(FirmAlias.objects.filter(firm__in=firms.values("pk")), said.words, "name").values("firm")
    found = found_by(firms.select_related("supplier").prefetch_related("aliases"), limit, named, called)
    return [_supplier(firm, said) for firm in found]


def _supplier(firm, said):
    title = firm.name_in(get_language())
    names = [firm.name, firm.name_ar, *(alias.name for alias in firm.aliases.all())]
    archived = [str(_("Archived"))] if firm.supplier.archived_at else []
    others = sorted({*names} - {title, ""})
    exact = said.is_exactly(firm.code, *names)
    return Hit(title, reverse("supplier", args=[firm.code]), firm.code, " · ".join([*archived, *others]), exact)


def firms(user, said, limit):
    """Return the firms that are no suppliers, by code, names and other names; and every firm by a legal number."""
    rows = Firm.objects.visible_to(user).living()
    others = rows.filter(supplier=None)
    named = holding(others, said.words, "code", "name", "name_ar").values("pk")
    called = holding(FirmAlias.objects.filter(firm__in=others.values("pk")), said.words, "name").values("firm")
    numbers = holding(LegalNumber.objects.filter(firm__in=rows.values("pk")), said.words, "number").values("firm")
    found = found_by(rows.select_related("supplier").prefetch_related("legal_numbers"), limit, named, called, numbers)
    return [_organisation(firm, said) for firm in found]


def _organisation(firm, said):
    address = reverse("supplier" if hasattr(firm, "supplier") else "firm", args=[firm.code])
    numbers = [number.number for number in firm.legal_numbers.all()]
    exact = said.is_exactly(firm.code, firm.name, firm.name_ar, *numbers)
    return Hit(firm.name_in(get_language()), address, firm.code, " · ".join(numbers), exact)


def more_firms(said):
    """Return the address of the list of organisations with these words."""
    return f"{reverse('firm_list')}?{urlencode({'q': said.text})}"


def more_suppliers(said):
    """Return the address of the list of suppliers with these words."""
    return f"{reverse('supplier_list')}?{urlencode({'q': said.text})}"


def wilayas(user, said, limit):
    """Return the wilayas with these words in their code, names or other spellings; they lead to their suppliers."""
    rows = Wilaya.objects.all()
    named = holding(rows, said.words, "code", "name_fr", "name_ar").values("pk")
    called = holding(WilayaAlias.objects.all(), said.words, "name").values("wilaya")
    return [
        Hit(
            wilaya.name_in(get_language()),
            f"{reverse('supplier_list')}?{urlencode({'wilaya': wilaya.code})}",
            wilaya.code,
            str(_("Suppliers with a site there")),
            said.is_exactly(wilaya.code, wilaya.name_fr, wilaya.name_ar),
        )
        for wilaya in found_by(rows, limit, named, called)
    ]


def agreements(user, said, limit):
    """Return the agreements with every word in code and title, or in the names of a party that this person may see."""
    rows = Agreement.objects.visible_to(user)
    parties = holding(Firm.objects.visible_to(user), said.words, "code", "name", "name_ar").values("pk")
    named = holding(rows, said.words, "code", "title").values("pk")
    signed = Party.objects.visible_to(user).filter(firm__in=parties).values("agreement")
    return [
        Hit(
            row.title,
            reverse("agreement", args=[row.code]),
            row.code,
            f"{row.get_kind_display()} · {row.get_state_display()}",
            said.is_exactly(row.code, row.title),
        )
        for row in found_by(rows, limit, named, signed)
    ]


def events(user, said, limit):
    """Return the events with every word in code and title."""
    rows = Event.objects.visible_to(user)
    named = holding(rows, said.words, "code", "title").values("pk")
    return [
        Hit(row.title, reverse("event", args=[row.code]), row.code, str(row.year), said.is_exactly(row.code, row.title))
        for row in found_by(rows, limit, named)
    ]


def papers(user, said, limit):
    """Return the papers with every word in number, body and scope."""
    rows = Paper.objects.visible_to(user)
    named = holding(rows, said.words, "number", "body", "scope").values("pk")
    return [
        Hit(
            str(row),
            reverse("paper", args=[row.pk]),
            row.number,
            row.firm.name_in(get_language()),
            said.is_exactly(row.number),
        )
        for row in found_by(rows.select_related("standard", "firm"), limit, named)
    ]


def projects(user, said, limit):
    """Return the projects with every word in code and title."""
    rows = Project.objects.visible_to(user)
    named = holding(rows, said.words, "code", "title").values("pk")
    return [
        Hit(
            row.title,
            reverse("project", args=[row.code]),
            row.code,
            row.get_state_display(),
            said.is_exactly(row.code, row.title),
        )
        for row in found_by(rows, limit, named)
    ]


SEARCH = [
    Search("supplier", _("Suppliers"), suppliers, order=10, more=more_suppliers),
    Search("firm", _("Organisations"), firms, order=15, more=more_firms),
    Search("agreed", _("Agreements"), agreements, order=50),
    Search("event", _("Events"), events, order=52),
    Search("project", _("Projects"), projects, order=51),
    Search("paper", _("Papers"), papers, order=53),
    Search("wilaya", _("Wilayas"), wilayas, order=80),
]
