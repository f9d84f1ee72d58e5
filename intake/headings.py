"""What the words of a sheet mean: a heading is a field, a month or a total; a title says unit, measure, month."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from intake.sheets import DATE, FORMULA, TEXT, text_of
from partstrack.folding import fold
from partstrack.periods import is_month_name, parse_month, part_of_year

LONGEST = 120  # longer texts are sentences, not headings

_TOTAL_WORDS = (
    "total;totaux;total général;grand total;total cumulé;total annuel;total année;sous-total;somme;cumul;cumulé;"
    "cumul annuel;ensemble;subtotal;sub total;sum;overall total;ytd;"
    "المجموع;مجموع;المجموع الكلي;المجموع العام;المجموع الجزئي;مجموع جزئي;مجموع كلي;"
    "الإجمالي;إجمالي;الإجمالي العام;الحاصل"
)
_TOTAL_BEGINNINGS = "total;totaux;sous-total;grand total;subtotal;cumul;المجموع;مجموع;إجمالي;الإجمالي"
# Words between a total and what it sums up: "Total des freins", "Total famille freins".
_OF_WORDS = (
    "de;du;des;d;la;le;les;l;pour;of;for;the;famille;fournisseur;site;usine;mois;année;family;supplier;plant;month;year;"
    "العائلة;عائلة;الفئة;فئة;المورد;مورد;الموقع;شهر;سنة"
)
_UNIT_WORDS = (
    "pièce;pièces;pce;pcs;pc;piece;pieces;unité;unités;u;unit;units;en pièces;en unités;nombre;nb;jeu;jeux;set;sets;"
    "kit;kits;litre;litres;l;liter;liters;kg;kilo;kilos;kilogramme;kilogrammes;kilogram;kilograms;tonne;tonnes;"
    "paire;paires;pair;pairs;قطعة;قطع;وحدة;وحدات;طقم;أطقم;لتر;كلغ;كغ;كيلوغرام"
)
_TOTALS = frozenset(map(fold, _TOTAL_WORDS.split(";")))
_TOTAL_STARTS = tuple(f"{fold(word)} " for word in _TOTAL_BEGINNINGS.split(";"))
_OF = frozenset(map(fold, _OF_WORDS.split(";")))
_UNITS = frozenset(map(fold, _UNIT_WORDS.split(";")))
_YEAR = re.compile(r"(?:annee |exercice |year |fy |سنه |السنه )?((?:19|20)[0-9]{2})")
_TOTAL_OF_YEAR = re.compile(r" (?:annee )?(?:19|20)[0-9]{2}$")
_UNIT_LABEL = re.compile(
    r"(?:unit[ée]s?(?: de mesure)?|units?(?: of measure)?|الوحد[ةه]|وحد[ةه](?: القياس)?)\s*[:=：]\s*(.+)", re.IGNORECASE
)
_MONTH_LABEL = re.compile(
    r"(?:au titre du |pour le )?(?:mois|p[ée]riode|month|period|شهر|الشهر|الفترة)"
    r"\s*[:=：]?\s*(?:de\s|d[’'])?\s*(.+)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]\s*")
# A trade that sells afterwards is not a quantity sold.
_NOT_SOLD = re.compile(r"\b(?:apres ventes?|after sales?|after market|ما بعد البيع)\b")


@dataclass(frozen=True)
class Heading:
    """What one heading says. At most one of field, month, bare_month, span is set.

    `span`: a year, half-year or quarter as (numbers of its months, year or None).
    """

    field: str | None = None
    month: date | None = None
    bare_month: str | None = None
    measure: str | None = None
    unit: str | None = None
    span: tuple | None = None


NOTHING = Heading()


@dataclass
class Vocabulary:
    """The fields of a kind of file and what senders call them.

    `groups`: names that a total may bear, folded; `wide`: a month may be a heading.
    """

    fields: tuple
    groups: frozenset = frozenset()
    wide: bool = True
    by_heading: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)

    def __post_init__(self):
        for known in self.fields:
            for heading in (*known.headings, str(known.title), known.name):
                self.by_heading.setdefault(fold(heading), known.name)
        self.by_heading.pop("", None)
        self.roles = {known.name: known.role for known in self.fields}
        self.measures = [(words, name) for words, name in self.by_heading.items() if self.roles[name] == "measure"]

    def with_role(self, role):
        """Return the names of the fields of a role, in the order of the kind."""
        return [known.name for known in self.fields if known.role == role]

    def field_of(self, name):
        """Return the field of that name."""
        return next(known for known in self.fields if known.name == name)

    def read(self, cell):
        """Return the Heading of a cell; NOTHING for what is no heading."""
        if cell is None or cell == FORMULA or len(cell) > LONGEST:
            return NOTHING
        if cell not in self.seen:
            heading = self._read(cell)
            self.seen[cell] = heading if self.wide or heading.field else NOTHING
        return self.seen[cell]

    def could_be(self, cell, name):
        """Return whether a cell is a heading of that field."""
        return cell is not None and len(cell) <= LONGEST and self.by_heading.get(fold(cell[1:])) == name

    def _read(self, cell):
        if cell[0] == DATE:
            month = month_of_cell(cell)
            return Heading(month=month) if month else NOTHING
        text = text_of(cell)
        if month := parse_month(text):
            return Heading(month=month)
        if span := span_of(text):
            return Heading(span=span)
        if cell[0] != TEXT:
            return NOTHING
        return self._read_text(text)

    def _read_text(self, text):
        words = fold(text)
        if words in self.by_heading:
            return Heading(field=self.by_heading[words])
        if is_month_name(text):
            return Heading(bare_month=text)
        if (match := _BRACKETS.fullmatch(text)) and fold(match[2]) in _UNITS:
            inner = self._read_text(match[1])
            return replace(inner, unit=match[2].strip())
        return self._read_month_beside_measure(text)

    def _read_month_beside_measure(self, text):
        """Read "Produit 01/2025", "janv. 2025 – vendu" and "Vendu T1 2025"."""
        words = text.split()
        for cut in range(1, min(len(words), 8)):
            sides = " ".join(words[:cut]), " ".join(words[cut:])
            for said, rest in (sides, sides[::-1]):
                name = self.by_heading.get(fold(said))
                period = rest.strip(" -–—:/")
                month = parse_month(period)
                span = None if month else part_of_year(period)
                if self.roles.get(name) == "measure" and (month or span):
                    return Heading(month=month, span=span, measure=name)
        return NOTHING

    def measure_in(self, text):
        """Return the one measure that a title speaks of, None when it names none or several."""
        words = f" {_NOT_SOLD.sub(' ', fold(text))} "
        found = {name for said, name in self.measures if f" {said} " in words}
        return found.pop() if len(found) == 1 else None


def month_of_cell(cell):
    """Return the month that a cell says: a date, 01/2025, janvier 2025; None when it says none or could say two."""
    if cell is None or cell == FORMULA:
        return None
    if cell[0] != DATE:
        return parse_month(cell[1:])
    try:
        return parse_month(date.fromisoformat(cell[1:11]))
    except ValueError:
        return None


def is_total(text):
    """Return whether a label says that its row sums others up: "Total", "TOTAL GÉNÉRAL", "Total 2025", "المجموع"."""
    words = fold(text) if len(text) <= LONGEST else ""
    return words in _TOTALS or _TOTAL_OF_YEAR.sub("", words) in _TOTALS


def begins_like_total(text):
    """Return whether a label begins like a total: "Total freins" does, and so does the oil "Total Quartz"."""
    return is_total(text) or (len(text) <= LONGEST and fold(text).startswith(_TOTAL_STARTS))


def totals_of(text):
    """Return what a label may sum up: "des freins" and "freins" of "Total des freins"; nothing for no total."""
    words = text.split()
    cut = max((n for n in range(1, len(words)) if fold(" ".join(words[:n])) in _TOTALS), default=len(words))
    found = []
    while words[cut:]:
        found.append(" ".join(words[cut:]).strip(" :-–—()"))
        cut = cut + 1 if fold(words[cut]) in _OF else len(words)
    return found


def is_unit(text):
    """Return whether a text is a unit that is counted: "pièces", "litres"."""
    return fold(text) in _UNITS


def is_period(text):
    """Return whether a text names a month, a quarter, a half-year or a year."""
    return bool(parse_month(text) or span_of(text) or is_month_name(text))


def is_total_heading(text):
    """Return whether a heading says that its column sums others up: a total, a year, a quarter, a half-year."""
    return begins_like_total(text) or span_of(text) is not None


def span_of(text):
    """Return the year, half-year or quarter that a text consists of, as (numbers of its months, year or None)."""
    if year := year_in(text):
        return tuple(range(1, 13)), year
    return part_of_year(text)


def year_in(text):
    """Return the year that a label consists of ("2025", "Année 2025"), else None."""
    match = _YEAR.fullmatch(fold(text)) if len(text) <= LONGEST else None
    return int(match[1]) if match else None


@dataclass(frozen=True)
class Titles:
    """What stands above a table. Measure, year and month are None when not said or said in two ways."""

    units: tuple[str, ...]
    measure: str | None
    year: int | None
    month: date | None


def read_titles(rows, sheet_name, vocabulary):
    """Return the Titles of the rows above a header (lists of cells); the sheet's name counts where they are silent."""
    cells = [cell for row in rows for cell in row if cell is not None and len(cell) <= 2 * LONGEST]
    texts = [text_of(cell) for cell in cells]
    pairs = [*texts, *_label_beside_value(rows)]
    return Titles(
        units=tuple(dict.fromkeys(_labelled(_UNIT_LABEL, pairs))),
        measure=_only(map(vocabulary.measure_in, texts)) or vocabulary.measure_in(sheet_name),
        year=_only(_years(texts)) or _only(_years([sheet_name])),
        month=_only(_months(cells, pairs)) or parse_month(sheet_name.strip()),
    )


def _label_beside_value(rows):
    """ "Unité" in one cell and "pièce" in the next read as "Unité : pièce"."""
    for row in rows:
        said = [text_of(cell) for cell in row if cell is not None]
        yield from (f"{label.rstrip(' :')} : {value}" for label, value in pairwise(said))


def _labelled(pattern, texts):
    for text in texts:
        match = pattern.fullmatch(text.strip())
        if match and match[1].strip():
            yield match[1].strip()


def _months(cells, pairs):
    yield from map(month_of_cell, cells)
    yield from map(parse_month, _labelled(_MONTH_LABEL, pairs))


def _years(texts):
    for text in texts:
        yield from (int(year) for year in re.findall(r"(?<![0-9/.-])(?:19|20)[0-9]{2}(?![0-9/.-])", text))


def _only(values):
    """Return the one value said, None when there is none or more than one."""
    said = {value for value in values if value}
    return said.pop() if len(said) == 1 else None
