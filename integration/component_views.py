"""The pages of a programme's components: the whole list and its file, the form."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intake.sending import SendPage
from integration.component_forms import ComponentFileForm, ComponentForm
from integration.component_rows import FIELDS
from integration.component_tables import WHY, ComponentFilters, ComponentList
from integration.models import Component
from integration.rates import kept_reading
from integration.resting import resting
from integration.views import OfProgramme, programme_of
from office.asking import ask
from office.door import guarded
from partstrack.pages import ListPage, Page


class ComponentListPage(ListPage):
    """Every component of a programme, with what it brings today."""

    title = _("Components")
    table_class = ComponentList
    filter_class = ComponentFilters
    template = "integration/component_list.html"

    def get(self, request, code):
        """Show the list of one programme, or give it as a file."""
        self.programme = programme_of(request.user, code)
        asked = ask(request.user, request.moment, {}, {})
        request.reading = self.reading = kept_reading(asked, self.programme, asked.on)
        return super().get(request)

    def rows(self, request):
        """Return the components, ended ones too."""
        rows = Component.objects.visible_to(request.user).filter(programme=self.programme)
        return rows.select_related("family", "site__firm", "parent", "exchange", "origin", "part")

    def context(self, request):
        """Add the programme and its rate."""
        return {
            "programme": self.programme,
            "reading": self.reading,
            "may_enter": request.user.may("enter"),
            "trail": [
                (self.programme.name_in(get_language()), reverse("programme", args=[self.programme.code])),
                (self.title, ""),
            ],
        }


class ComponentPage(Page):
    """One component: what it is, what it brings today, what it rests on, its documents."""

    def get(self, request, code, pk):
        """Show the component, or 404 when it is not theirs."""
        programme = programme_of(request.user, code)
        rows = Component.objects.visible_to(request.user).filter(programme=programme)
        rows = rows.select_related("family", "site__firm", "parent", "exchange", "origin", "part", "content__part")
        component = get_object_or_404(rows, pk=pk)
        component.programme = programme
        asked = ask(request.user, request.moment, {}, {})
        reading = kept_reading(asked, programme, asked.on)
        line = reading.count.by_key.get(component.pk) if reading.count else None
        rests = resting(Component.objects.filter(pk=component.pk), asked.on).get(component.pk)
        context = {
            "programme": programme,
            "component": component,
            "reading": reading,
            "line": line,
            "points": reading.count.points(line) if line else None,
            "why": WHY[line.why] if line else "",
            "covers": [(cover, cover.exposed(asked.on)) for cover in rests.covers] if rests else [],
            "children": rows.filter(parent=component).order_by("code", "pk"),
            "certifications": component.certification_starts.select_related("owner"),
            "may_enter": request.user.may("enter"),
            "trail": [
                (programme.name_in(get_language()), reverse("programme", args=[code])),
                (component.name_in(get_language()), ""),
            ],
        }
        return render(request, "integration/component.html", context)


class ComponentEntry(OfProgramme):
    """Add or change a component."""

    model, form_class = Component, ComponentForm
    adds = {"exchange": "exchange_new", "content": "content_new"}
    title_new, title_edit = _("New component"), _("Change the component")

    def besides(self, row):
        """Keep assembly and reference in a copy."""
        return {"inside": row.parent.code if row.parent else "", "reference": row.part.reference if row.part else ""}

    def save(self, door, user, form):
        """Write the component; one of the same code that is still valid ends on the first day of a new one."""
        for before in form.ends:
            before.valid_to = form.cleaned_data["valid_from"]
            guarded(before, before.version)
        return super().save(door, user, form)

    def address(self, row):
        """Lead to the component."""
        return reverse("component", args=[row.programme.code, row.pk])

    def back(self, row):
        """Lead back to the component, or to the programme."""
        return self.address(row) if row.pk else reverse("programme", args=[row.programme.code])

    def above(self, row):
        """Lead back to the programme, and to the component."""
        programme = row.programme
        steps = [(programme.name_in(get_language()), reverse("programme", args=[programme.code]))]
        return [*steps, (row.name_in(get_language()), self.address(row))] if row.pk else steps


class ComponentUpload(SendPage):
    """Send a file of components."""

    kind, form_class, back = "components", ComponentFileForm, "programme_list"
    title = _("Upload a file of components")

    @property
    def steps(self):
        """Return what is said of the file: its columns too, an asterisk at those that it needs."""
        titles = gettext(", ").join(f"{each.title} *" if each.required else str(each.title) for each in FIELDS)
        return (
            _("One row for each component: the code of the vehicle programme, its own code, then what is known of it."),
            f"{gettext('Columns that are understood:')} {titles}",
            _("A blank cell changes nothing; “effacer” empties a value. A component is taken out by its last day."),
            _("With a first day, a row is what holds from that day on: what went on before ends."),
        )
