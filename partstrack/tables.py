"""The one table class: what stands on the screen stands in the file."""

import django_tables2


class FileColumn(django_tables2.Column):
    """A column of the file alone: on the screen its words stand in another one."""

    file_only = True

    def __init__(self, **options):
        super().__init__(visible=False, orderable=False, **options)


class Table(django_tables2.Table):
    """A table whose order always ends with the primary key, and whose columns also make the file.

    `file_value_<column>(record)` gives the typed value of a column for a file where the screen shows more
    than text (a link, a chip); else the record's own value is taken. `empty_text` teaches the next step.
    """

    totals = {}
    empty_text = ""
    ask = None  # the question whose situation the rows show; None: as they are now

    class Meta:
        template_name = "parts/table.html"
        attrs = {"class": "table"}

    def __init__(self, *args, request=None, **kwargs):
        """Show the class's own `empty_text`: the library would take it from Meta only.

        The request is kept for the page to configure the table with: given on, it would count every row at once.
        """
        super().__init__(*args, empty_text=type(self).empty_text, **kwargs)
        self.request = request

    def end_with_key(self):
        """End the order with the primary key, so that equal rows keep their place between pages and files."""
        rows = self.data.data
        if hasattr(rows, "query"):
            ordering = rows.query.order_by or tuple(rows.model._meta.ordering)
            names = [name for name in ordering if name not in {"pk", "-pk"}]
            falling = names and all(isinstance(name, str) and name.startswith("-") for name in names)
            self.data.data = rows.order_by(*names, "-pk" if falling else "pk")  # one index serves both directions

    def paginate(self, *args, **kwargs):
        """Cut into pages what is ordered to its end."""
        self.end_with_key()
        super().paginate(*args, **kwargs)

    def file_columns(self):
        """Return the visible columns that belong in a file."""
        return [
            column
            for column in self.columns.iterall()
            if getattr(column.column, "file_only", False)
            or (column.visible and not getattr(column.column, "screen_only", False))
        ]

    def file_row(self, row):
        """Return the typed values of one bound row, column by column."""
        return [self._file_value(row, column) for column in self.file_columns()]

    def _file_value(self, row, column):
        own = getattr(self, f"file_value_{column.name}", None)
        if own is not None:
            return own(row.record)
        value = column.accessor.resolve(row.record, quiet=True)
        if getattr(value, "_meta", None) is not None:
            return str(value)
        display = getattr(row.record, f"get_{column.name}_display", None)
        return str(display()) if display else value
