"""The pages of the network."""

from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.asking import ask
from office.entry import EntryPage
from partstrack.pages import ListPage, Page
from places.vintages import default_vintage
from workshops.cards import coverage_map
from workshops.figures import territorial_coverage, workshops
from workshops.filters import WorkshopFilters
from workshops.forms import MembershipForm, PlaceForm, RollOutForm, TrainingForm, WorkshopForm
from workshops.models import Membership, RollOut, Training, Workshop, WorkshopPlace
from workshops.tables import WorkshopTable

LATEST = 20


class WorkshopList(ListPage):
    """The network: coverage, map, workshops, and what they were given."""

    right = "see_all"
    title = _("Workshops")
    table_class = WorkshopTable
    filter_class = WorkshopFilters
    template = "workshops/list.html"

    def rows(self, request):
        """Return the workshops with the place and membership of the asked day."""
        self.read(request)
        rows = Workshop.objects.visible_to(request.user).select_related("firm")
        return rows.with_membership(self.day).with_wilaya(self.number, self.day)

    def read(self, request):
        """Read day, vintage and brand of the address; what cannot be understood counts as not said."""
        form = WorkshopFilters(request.GET, queryset=Workshop.objects.none(), request=request).form
        form.is_valid()
        self.day = form.cleaned_data.get("on") or request.moment.today
        self.number = int(form.cleaned_data.get("vintage") or default_vintage(self.day))
        self.brand = form.cleaned_data.get("brand") or ""

    def query(self):
        """Return day, vintage and brand as a figure's address says them."""
        words = {"on": self.day.isoformat(), "vintage": self.number, "brand": self.brand}
        return urlencode({word: value for word, value in words.items() if value})

    def context(self, request):
        """Add coverage, map, training and equipment."""
        filters = {"vintage": str(self.number), "brand": self.brand}
        asked = ask(request.user, request.moment, {"on": self.day.isoformat(), "by": "wilaya"}, filters)
        answer = territorial_coverage(asked)
        return {
            "coverage": answer,
            "active": workshops(asked.but(by=None)),
            "coverage_url": f"{reverse('figure', args=['territorial_coverage'])}?{self.query()}",
            "active_url": f"{reverse('figure', args=['workshops'])}?{self.query()}",
            "map": coverage_map(answer, self.number),
            "training": training(request.user),
            "equipment": equipment(request.user),
            "may_enter": request.user.may("enter"),
        }


class WorkshopPage(Page):
    """One workshop: its places, memberships, training and equipment."""

    right = "see_all"

    def get(self, request, code):
        """Show the workshop."""
        workshop = get_object_or_404(Workshop.objects.visible_to(request.user).select_related("firm"), code=code)
        context = {
            "workshop": workshop,
            "workshop_places": workshop.places.select_related("wilaya", "commune"),
            "memberships": workshop.memberships.select_related("brand"),
            "trainings": workshop.trainings.all(),
            "roll_outs": workshop.roll_outs.all(),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "workshops/workshop.html", context)


def training(user):
    """Return the sessions a person may see, newest first, and their sums: count, hours, hours of trainees.

    `counted` sessions have their attendees counted; the hours of trainees are theirs alone.
    """
    sessions = Training.objects.visible_to(user)
    sums = sessions.aggregate(
        count=Count("pk"),
        taught=Sum("hours"),
        counted=Count("pk", filter=Q(attendees__isnull=False)),
        trainee=Sum(F("hours") * F("attendees")),
    )
    newest = sessions.select_related("workshop").order_by(F("day").desc(nulls_last=True), "pk")
    return {"sessions": newest[:LATEST], **sums}


def equipment(user):
    """Return (kind, planned, delivered) of the equipment a person may see."""
    rows = RollOut.objects.visible_to(user).order_by("kind").values("kind")
    counted = rows.annotate(planned=Count("pk"), delivered=Count("delivered_on"))
    return [(RollOut.Kind(row["kind"]).label, row["planned"], row["delivered"]) for row in counted]


class WorkshopEntry(EntryPage):
    """Add or change a workshop."""

    copies = True
    form_class = WorkshopForm
    title_new = _("New workshop")
    title_edit = _("Change the workshop")

    def row(self, request, code=None):
        """Return the workshop of a code, or a new one."""
        return get_object_or_404(Workshop.objects.visible_to(request.user), code=code) if code else Workshop()

    def address(self, row):
        """Lead to the workshop."""
        return reverse("workshop", args=[row.code])

    def besides(self, row):
        """A copy is where the workshop is and belongs to the same brand, since a day of its own."""
        place, membership = row.places.last(), row.memberships.last()
        return {
            "wilaya": place and place.wilaya_id,
            "commune": place and place.commune_id,
            "brand": membership and membership.brand_id,
        }

    def back(self, row):
        """Lead back to the workshop, or to the list."""
        return self.address(row) if row.pk else reverse("workshop_list")


class OfWorkshop(EntryPage):
    """Add or change a row of one workshop."""

    copies = True
    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the workshop."""
        workshop = get_object_or_404(Workshop.objects.visible_to(request.user), code=code)
        if pk is None:
            return self.model(workshop=workshop)
        return get_object_or_404(self.model, pk=pk, workshop=workshop)

    def address(self, row):
        """Lead to the workshop."""
        return reverse("workshop", args=[row.workshop.code])


class MembershipEntry(OfWorkshop):
    """Add or change a membership."""

    model, form_class = Membership, MembershipForm
    title_new, title_edit = _("New membership"), _("Change the membership")


class PlaceEntry(OfWorkshop):
    """Add or change a place."""

    model, form_class = WorkshopPlace, PlaceForm
    title_new, title_edit = _("New place of the workshop"), _("Change the place of the workshop")


class TrainingEntry(EntryPage):
    """Add or change a training session."""

    adds = {"workshop": "workshop_new"}
    copies = True
    form_class = TrainingForm
    title_new, title_edit = _("New training session"), _("Change the training session")

    def row(self, request, pk=None):
        """Return the session of that number, or a new one."""
        return get_object_or_404(Training.objects.visible_to(request.user), pk=pk) if pk else Training()

    def address(self, row):
        """Lead to the network."""
        return reverse("workshop_list") + "#training"


class RollOutEntry(EntryPage):
    """Add or change a piece of equipment."""

    adds = {"workshop": "workshop_new"}
    copies = True
    form_class = RollOutForm
    title_new, title_edit = _("New equipment"), _("Change the equipment")

    def row(self, request, pk=None):
        """Return the equipment of that number, or a new one."""
        return get_object_or_404(RollOut.objects.visible_to(request.user), pk=pk) if pk else RollOut()

    def address(self, row):
        """Lead to the network."""
        return reverse("workshop_list") + "#equipment"
