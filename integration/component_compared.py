"""A file of components set beside those that stand: what is new, what changes, what ends, what cannot be."""

from dataclasses import dataclass, field

from django.db.models import F
from django.utils.translation import gettext as _

from intake.models import StagedRecord
from integration import component_rows as cells
from integration.counting import LOCAL
from integration.models import MONEY, Component
from suppliers.models import Site

COLUMNS = (
    *cells.SAME,
    "family_id",
    "supply",
    "site_id",
    "origin_id",
    "part_id",
    "exchange_id",
    "valid_from",
    "valid_to",
)
LABELS = {name: title for name, title, *_rest in cells.WORDS}


@dataclass
class World:
    """What stands when a file is compared: components by programme and code, sites' firms, rates."""

    rows: dict = field(default_factory=dict)  # (programme, code): [Component] by first day
    firms: dict = field(default_factory=dict)  # site: firm
    rates: cells.Rates = None

    @classmethod
    def of(cls, programmes):
        """Read it, by three questions."""
        world = cls(rates=cells.Rates(), firms=dict(Site.objects.values_list("pk", "firm_id")))
        rows = Component.objects.filter(programme__in=programmes).order_by(F("valid_from").asc(nulls_first=True), "pk")
        for row in rows.annotate(inside=F("parent__code")):
            world.rows.setdefault((row.programme_id, row.code), []).append(row)
        return world


class Compared:
    """Sets the rows of a file beside what stands."""

    def __init__(self, reader, batch, today):
        self.reader, self.batch, self.today = reader, batch, today
        self.world = World.of({values.get("programme") for *_place, values in reader.found} - {None})
        texts = {values.get("reference") for *_place, values in reader.found}
        self.parts = cells.references(texts)
        self.codes = {(values.get("programme"), values.get("code")) for *_place, values in reader.found}
        self.staged, self.changes, self.seen, self.inside = [], [], {}, {}
        self.counts = dict.fromkeys(("new", "changed", "unchanged"), 0)

    def run(self):
        """Compare every row, then look for components that would lie inside themselves."""
        for each in self.reader.found:
            self._row(*each)
        self._rings()

    def _refuse(self, place, name, why, remedy=None):
        self.reader.refuse(*place[:2], name, place[2], why, remedy or _("Correct the row, or set it aside."))

    def _row(self, sheet, row, filled, values):
        place = (sheet, row, filled)
        programme, code = values.get("programme"), values.get("code")
        if programme is None or not code:
            self._refuse(
                place, "programme" if programme is None else "code", _("The programme and the code are needed.")
            )
            return
        before, ends = self._standing(programme, code, values.get("valid_from"))
        key = (programme, code, values.get("valid_from") or (before and before.valid_from))
        if key in self.seen:
            self._refuse(
                place, "code", _("This component stands more than once in the file."), _("Keep one row for each.")
            )
            return
        self.seen[key] = place
        made = self._made(place, values, before, programme, code)
        if made is None:
            return
        wrong = cells.problem(made) or self._overlap(made, before, ends)
        if wrong:
            self._refuse(place, *wrong)
        else:
            self._stage(place, made, before, ends, values)

    def _standing(self, programme, code, first):
        """Return (the row of a code that a line speaks of or None, the row that ends when a new one begins or None)."""
        rows = self.world.rows.get((programme, code), [])
        valid = [each for each in rows if _holds(each, first or self.today)]
        if first is None:
            return (valid[0] if valid else rows[-1] if rows else None), None
        same = [each for each in rows if each.valid_from == first]
        if same:
            return same[0], None
        return None, valid[0] if valid else None

    def _made(self, place, values, before, programme, code):
        """Return the component as it would be, or None when something it names is not there."""
        made = Component(programme_id=programme, code=code, **({} if before else cells.MADE))
        for name in COLUMNS if before else ():
            setattr(made, name, getattr(before, name))
        for name in cells.SAME:
            if name in values:
                setattr(made, name, values[name])
        for name in ("family", "site", "origin"):
            if name in values:
                setattr(made, f"{name}_id", values[name])
        for name in ("supply", "valid_from", "valid_to"):
            if name in values:
                setattr(made, name, values[name])
        if not self._reference(place, values, made) or not self._assembly(place, values, before, programme, code):
            return None
        return made if self._exchange(place, values, made) else None

    def _reference(self, place, values, made):
        if "reference" not in values:
            return True
        text = values["reference"]
        made.part_id = self.parts.get((self.world.firms.get(made.site_id), cells.reference_key(text))) if text else None
        if text and (made.part_id is None or made.supply != LOCAL):
            self._refuse(place, "reference", _("The firm of this site has no part of this reference."))
            return False
        return True

    def _assembly(self, place, values, before, programme, code):
        inside = values.get("inside", getattr(before, "inside", None)) or None
        if inside and (programme, inside) not in self.codes and (programme, inside) not in self.world.rows:
            self._refuse(place, "inside", _("The programme has no component of this code."))
            return False
        self.inside[programme, code] = (inside, place)
        return True

    def _exchange(self, place, values, made):
        if made.currency == MONEY:
            made.exchange_id = None
            return True
        if made.exchange_id and not {"currency", "rate_on"} & values.keys():
            return True
        found = self.world.rates.of(made.currency, values.get("rate_on") or made.valid_from)
        if found is None:
            said = _("No rate of %(currency)s is entered up to that day.") % {"currency": made.currency}
            self._refuse(
                place, "rate_on" if "rate_on" in values else "currency", said, _("Enter the exchange rate first.")
            )
            return False
        made.exchange_id = found.pk
        return True

    def _overlap(self, made, before, ends):
        for each in self.world.rows.get((made.programme_id, made.code), []):
            if each is before or each is ends:
                continue
            starts_late = made.valid_to and each.valid_from and each.valid_from >= made.valid_to
            ends_early = made.valid_from and each.valid_to and each.valid_to <= made.valid_from
            if not starts_late and not ends_early:
                return (
                    "valid_from",
                    _("The programme already has a component with that code in these days."),
                    _("Correct the days."),
                )
        return None

    def _stage(self, place, made, before, ends, values):
        sheet, row, _cells = place
        inside = self.inside[made.programme_id, made.code][0]
        after = {name: cells.as_text(getattr(made, name)) for name in COLUMNS} | {"inside": inside}
        old = (
            {name: cells.as_text(getattr(before, name)) for name in COLUMNS} | {"inside": before.inside}
            if before
            else {}
        )
        changed = [name for name in after if not before or not _same(after[name], old[name])]
        what = "new" if before is None else "changed" if changed else "unchanged"
        self.counts[what] += 1
        if what == "unchanged":
            return
        told = {"part": made.code, "sheet": sheet, "row": row, "made": before is None}
        if before is None:
            self.changes.append({"measure": "", "old": "", "new": made.name_fr, **told})
        else:
            self.changes += [
                {
                    "measure": str(LABELS.get(name.removesuffix("_id"), name)),
                    "old": old[name],
                    "new": after[name],
                    **told,
                }
                for name in changed
            ]
        after |= {"programme_id": made.programme_id, "code": made.code, "ends": ends.pk if ends else None}
        after["ends_seen"] = ends.version if ends else None
        staged = StagedRecord(batch=self.batch, sheet=sheet, row=row, before=old, after=after)
        if before:
            staged.key, staged.seen = before.pk, before.version
        self.staged.append(staged)

    def _rings(self):
        """Refuse the components that would lie inside themselves."""
        above = {key: rows[-1].inside for key, rows in self.world.rows.items()}
        above |= {key: inside for key, (inside, _place) in self.inside.items()}
        for (programme, code), (inside, place) in self.inside.items():
            walked, here = {code}, inside
            while here and here not in walked:
                walked.add(here)
                here = above.get((programme, here))
            if here == code:
                self._refuse(place, "inside", _("This component would lie inside itself."))


def _holds(row, day):
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to > day)


def _same(one, other):
    """Compare two values as they are kept; numbers by their worth: 4.0 is 4.000."""
    if one == other:
        return True
    try:
        return cells.Decimal(one) == cells.Decimal(other)
    except (TypeError, ArithmeticError):
        return False
