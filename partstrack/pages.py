"""Pages by their parts: a page states its right, its rows, its filters and its table; the rest is here.

A list and its file are the same query: the page filters and orders first, and asks "page or file" last.
"""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django_tables2 import RequestConfig

from partstrack import choosing, downloads, faults, registry, unchanged
from partstrack.conditions import Conditions
from partstrack.figures import WrongCall
from partstrack.kept import once
from partstrack.paging import Pages

PAGE_SIZE = choosing.USUAL_SIZE


def arrange(request, table, per_page=PAGE_SIZE, pages=None):
    """Show the columns, the order and the page that the address says (`pages`: of which kind); a file is not cut."""
    choosing.choose(table, request.GET)
    table.usual_size, per_page = per_page, choosing.size(request.GET) or per_page
    table.size = per_page
    table.may_name = bool(table.people) and request.user.may("name_people")
    asks_file = bool(request.GET.get("format"))
    RequestConfig(request, paginate=False if asks_file else {"per_page": per_page, **(pages or {})}).configure(table)
    return table


def as_file(request, table, title, chips, totals=dict):
    """Return the table as the file that ?format= asks for, None when a page is asked for; 403 for who may not download.

    People are named in it only when ?people=1 asks for that, by who may; the file and the log of downloads say so.
    """
    wanted = request.GET.get("format", "")
    if wanted not in downloads.FORMATS:
        return None
    if not request.user.may("download"):
        raise PermissionDenied
    if table.people and request.GET.get("people"):
        if not table.may_name:
            raise PermissionDenied
        table.naming, chips = True, [*chips, (_("Names of people"), _("in the file"))]
    if not table.file_columns():
        raise WrongCall(_("Only names of people are chosen, and they stay out of files: choose another column."))
    return downloads.answer(request, table, wanted, str(title), chips, totals)


class Page(View):
    """A page that only people with `right` may open. The right is stated here and nowhere else.

    `marked`: the page shows nothing but the data of the ledger (and what `shows(request)` returns), so that a browser that
    has it is told so by a 304. Never where a form of the page writes: its key would come back.
    """

    right = "see"
    marked = False

    def shows(self, request):
        """Return what a marked page shows besides the data of the ledger, as plain values."""
        return ()

    def dispatch(self, request, *args, **kwargs):
        """Refuse with 403 whoever lacks the right, before anything is read.

        An address that asks for what is not there is 404, whether nobody has it or only somebody else; a question with
        a code that is not there is told which one, and how the page is opened without it.
        """
        if not request.user.may(self.right):
            raise PermissionDenied
        if tidied := choosing.tidied(request.GET):
            return redirect(f"{request.path}?{tidied.urlencode()}")
        etag = unchanged.mark(request, *self.shows(request)) if self.marked else ""
        try:
            answer = unchanged.same(request, etag) or super().dispatch(request, *args, **kwargs)
        except WrongCall as error:
            return faults.unasked(request, str(error))
        return unchanged.marked(answer, etag)


class ListPage(Page):
    """A list with filters as chips, sort, totals over all pages, and the same rows as csv or xlsx.

    A subclass gives `title`, `table_class`, `filter_class` and `rows(request)`; `totals(rows)` may return
    {column name: value} recomputed from the base; `context(request)` may add to the template's context. Rows that
    are those of a situation say its question in `request.asked`: the file's control lines then say it too.
    """

    title = ""
    table_class = None
    filter_class = None
    template = "list.html"
    heading_help = ""

    def rows(self, request):
        """Return the QuerySet of this page, already limited to what the person may see."""
        raise NotImplementedError

    def totals(self, rows):
        """Return {column name: total} over all pages. The filters and conditions asked are in `self.filters`, `self.conditions`."""
        columns = {name: self.table_class.base_columns[name].accessor or name for name in self.table_class.summed}
        sums = {f"sum_{name}": Sum(str(path).replace(".", "__")) for name, path in columns.items()}
        found = rows.order_by().aggregate(**sums) if sums else {}
        return {name.removeprefix("sum_"): total for name, total in found.items() if total is not None}

    def _totals_once(self, request, rows):
        """Return the totals, recomputed once for a state of the data: another page or order has the same."""
        said = [(name, tuple(values)) for name, values in sorted(request.GET.lists()) if name not in choosing.PASSING]
        words = (request.path, request.user.pk, request.moment.today, tuple(said))
        return once(request.moment, "totals", words, partial(self.totals, rows))

    def known(self):
        """Return how many rows there are where that is known without counting them, else None."""
        return

    def context(self, request):
        """Return more context for the template."""
        return {}

    def get(self, request, **kwargs):
        """Show the list, or give it as a file when the address says ?format=csv or ?format=xlsx."""
        table = self.listed(request)
        rows, chips = table.data.data, [*self.filters.chips(), *self.conditions.chips()]
        arrange(request, table, pages=self._pages(request)).end_with_key()
        table.ticked = request.user.may("enter") and registry.bulk(request.resolver_match.url_name) is not None
        if file := as_file(
            request, table, self.title, chips, partial(self.totals, rows)
        ):  # in the snapshot of the rows
            return file
        table.totals = self._totals_once(request, rows)
        context = {
            "title": self.title,
            "help": self.heading_help,
            "table": table,
            "filter": self.filters,
            "conditions": self.conditions,
            "chips": chips,
            "tools": [(tool.template, tool.build(request)) for tool in registry.all_of("list_tools")],
            "downloads": request.user.may("download"),
            **self.context(request),
        }
        return render(request, self.template, context)

    def listed(self, request, shown=True):
        """Return the table with every row that passes the filters and conditions of the address. `shown`: their form is, too."""
        self.filters = self.filter_class(request.GET, queryset=self.rows(request), request=request)
        if not shown:
            self.filters.sparing()
        table = self.table_class(self.filters.qs, request=request)
        table.ask = getattr(request, "asked", None)
        table.among = choosing.among(request)
        self.conditions = Conditions(table, request.GET)
        table.data.data = self.conditions.narrowed(self.filters.qs)
        return table

    def _pages(self, request):
        return {"paginator_class": Pages, "request": request, "known": self.known()}
