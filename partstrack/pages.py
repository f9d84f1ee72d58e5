"""Pages by their parts: a page states its right, its rows, its filters and its table; the rest is here.

A list and its file are the same query: the page filters and orders first, and asks "page or file" last.
"""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views import View
from django_tables2 import RequestConfig

from partstrack import downloads, faults, unchanged
from partstrack.figures import WrongCall
from partstrack.paging import Pages

PAGE_SIZE = 50


def arrange(request, table, per_page=PAGE_SIZE, pages=None):
    """Order a table as the address says, and cut it into pages (`pages`: of which kind) unless a file is asked for."""
    asks_file = bool(request.GET.get("format"))
    RequestConfig(request, paginate=False if asks_file else {"per_page": per_page, **(pages or {})}).configure(table)
    return table


def as_file(request, table, title, chips, totals=dict):
    """Return the table as the file that ?format= asks for, None when a page is asked for; 403 for who may not download."""
    wanted = request.GET.get("format", "")
    if wanted not in downloads.FORMATS:
        return None
    if not request.user.may("download"):
        raise PermissionDenied
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
        """Return {column name: total} over all pages. The filters of this request are in `self.filters`."""
        return {}

    def known(self):
        """Return how many rows there are where that is known without counting them, else None."""
        return

    def context(self, request):
        """Return more context for the template."""
        return {}

    def get(self, request, **kwargs):
        """Show the list, or give it as a file when the address says ?format=csv or ?format=xlsx."""
        filters = self.filters = self.filter_class(request.GET, queryset=self.rows(request), request=request)
        table = self.table_class(filters.qs, request=request)
        table.ask = getattr(request, "asked", None)
        arrange(request, table, pages=self._pages(request)).end_with_key()
        totals = partial(self.totals, filters.qs)  # asked in the snapshot of the rows
        if file := as_file(request, table, self.title, filters.chips(), totals):
            return file
        table.totals = self.totals(filters.qs)
        context = {
            "title": self.title,
            "help": self.heading_help,
            "table": table,
            "filter": filters,
            "chips": filters.chips(),
            "downloads": request.user.may("download"),
            **self.context(request),
        }
        return render(request, self.template, context)

    def _pages(self, request):
        return {"paginator_class": Pages, "request": request, "known": self.known()}
