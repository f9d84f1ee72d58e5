"""What makes the file of a supplier complete, as far as this floor knows; the apps above add their own steps."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from partstrack import registry
from partstrack.registry import Step
from suppliers.models import Agreement, Contact, LegalNumber, Paper, Party, Registration, SitePlace, Supplier


def _at(name):
    """Return a function that leads to a page of a supplier."""
    return lambda supplier: reverse(name, args=[supplier.firm.code])


def _firms_of(rows):
    """Return a function that finds the suppliers whose firm has a row among some."""

    def done(suppliers, day):
        return suppliers.filter(firm__in=rows().values("firm")).values_list("pk", flat=True)

    return done


def _placed(suppliers, day):
    places = SitePlace.objects.of_living_sites().values("site__firm")
    return suppliers.filter(firm__in=places).values_list("pk", flat=True)


def _registered(suppliers, day):
    kinds = [kind.value for kind in (LegalNumber.Kind.RC, LegalNumber.Kind.NIF)]
    for kind in kinds:
        suppliers = suppliers.filter(firm__in=LegalNumber.objects.filter(kind=kind).values("firm"))
    return suppliers.values_list("pk", flat=True)


def _joined(suppliers, day):
    return suppliers.exclude(joined_on=None).values_list("pk", flat=True)


def _signed(suppliers, day):
    contracts = Agreement.objects.in_force_on(day).values("pk")
    firms = Party.objects.filter(agreement__in=contracts).values("firm")
    return suppliers.filter(firm__in=firms).values_list("pk", flat=True)


def _certified(suppliers, day):
    papers = Paper.objects.certificates().valid_on(day).values("firm")
    return suppliers.filter(firm__in=papers).values_list("pk", flat=True)


STEPS = [
    Step(
        "office",
        _("Registered office"),
        _("Enter the registered office and its wilaya"),
        _firms_of(lambda: Registration.objects.exclude(wilaya=None)),
        _at("registration"),
        10,
    ),
    Step("numbers", _("RC and NIF"), _("Enter the trade register and the tax number"), _registered, _at("number_new"), 20),
    Step(
        "contact",
        _("Contact"),
        _("Name a person to speak with"),
        _firms_of(lambda: Contact.objects.filter(left_on=None)),
        _at("contact_new"),
        30,
    ),
    Step("site", _("Site with its wilaya"), _("Say in which wilaya its site is"), _placed, _at("supplier"), 40),
    Step("joined", _("Joining month"), _("Say from when it declares"), _joined, _at("supplier_edit"), 50),
    Step(
        "agreement",
        _("Agreement in force"),
        _("Enter the agreement that binds both sides"),
        _signed,
        lambda supplier: reverse("agreement_new"),
        54,
    ),
    Step(
        "certificate",
        _("Valid certificate"),
        _("Enter the quality certificate of its site"),
        _certified,
        lambda supplier: f"{reverse('paper_new')}?{urlencode({'supplier': supplier.firm.code})}",
        56,
    ),
    Step(
        "people",
        _("People who declare"),
        _("Have a system administrator give somebody of the firm an account"),
        _firms_of(lambda: Member.objects.filter(user__is_active=True)),
        _at("supplier"),
        60,
    ),
]  # fmt: skip


def steps():
    """Return every step, in order."""
    return sorted(registry.all_of("onboarding"), key=lambda step: step.order)


def done_by(keys, day):
    """Return {name of a step: keys of those that have it on a day} of some suppliers: one query a step, however many."""
    suppliers = Supplier.objects.filter(pk__in=list(keys)).order_by()
    return {step.name: set(step.done(suppliers, day)) for step in steps()}


def progress(supplier, day):
    """Return [(step, whether it is done, its address)] of one supplier."""
    done = done_by([supplier.pk], day)
    return [(step, supplier.pk in done[step.name], step.url(supplier)) for step in steps()]
