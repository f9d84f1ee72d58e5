"""Values in the words of one language, for files: where a page has markup, a file has isolates."""

from datetime import date
from decimal import Decimal

from partstrack import numbers, periods


class Wording:
    """Numbers, changes, months and days as one language writes them. Takes the exact texts of a report."""

    def __init__(self, language):
        self.language = language
        self.direction = "rtl" if language == "ar" else "ltr"

    def number(self, text, places=None):
        """Return 1 234,5; a dash for nothing."""
        return "–" if text is None else self.isolate(numbers.show(Decimal(text), self.language, places))

    def rate(self, text):
        """Return 74,1 % of a rate that is already x 100."""
        return "–" if text is None else self.isolate(numbers.show_percent(Decimal(text), self.language))

    def change(self, text, unit="percent"):
        """Return +14,3 %, or +4,1 for points: the word is the text's."""
        if text is None:
            return "–"
        show = numbers.show_points if unit == "points" else numbers.show_percent_signed
        return self.isolate(show(Decimal(text), self.language))

    def day(self, text):
        """Return 22/09/2026 of "2026-09-22"."""
        return self.isolate(f"{date.fromisoformat(text):%d/%m/%Y}")

    def month(self, text, style="abbr"):
        """Return the month "2026-08" in words."""
        return periods.month_name(periods.from_iso(text), self.language, style)

    def span(self, window, style="long"):
        """Return {"from", "to"} in words: janvier – août 2026."""
        if window is None:
            return "–"
        first, last = periods.from_iso(window["from"]), periods.from_iso(window["to"])
        return periods.span_label(first, last, self.language, style)

    def isolate(self, text):
        """Return the text so that it keeps its order in a line of this language."""
        return numbers.isolate(text) if self.direction == "rtl" else text
