"""What a component rests on: certificates of its site, approvals of its reference, agreements with its maker.

The legal rate does not move with them. Beside it stands the exposed part: the points that rest on a paper that ended or ends
soon, with nothing to follow.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from integration.counting import LOCAL
from integration.models import Component
from suppliers.models import Agreement, Paper, Party

SOON = 90  # days
AGREEMENT = "agreement"  # beside the kinds of Standard


@dataclass(frozen=True)
class Cover:
    """Papers of one kind under which something stands: from the last of them that has begun, until when without a gap.

    `until`: the last day that is covered from the asked day on; None: no end is set. `now`: whether the asked day is covered.
    `keys`: of all the papers that follow each other.
    """

    kind: str
    title: str
    paper: Paper | Agreement
    now: bool
    until: date | None
    keys: frozenset = frozenset()

    def exposed(self, day):
        """Say whether it has ended, or ends within 90 days with nothing to follow."""
        return not self.now or (self.until is not None and self.until < day + timedelta(days=SOON))


@dataclass(frozen=True)
class Resting:
    """What a component rests on, on a day; nothing at all where no paper was ever given."""

    covers: tuple[Cover, ...]
    day: date

    @property
    def exposed(self):
        """Return the covers that ended or end soon."""
        return tuple(cover for cover in self.covers if cover.exposed(self.day))

    @property
    def covered(self):
        """Say whether certificates and approvals cover it today, all that it ever rested on."""
        papers = [cover for cover in self.covers if cover.kind != AGREEMENT]
        return bool(papers) and all(cover.now for cover in papers)


def resting(components, day):
    """Return {key: Resting} of the components of a QuerySet that are made locally at a known site; six questions at most."""
    rows = list(
        components.filter(supply=LOCAL)
        .exclude(site=None)
        .order_by("pk")
        .values_list("pk", "site_id", "site__firm_id", "family_id", "part_id")
    )
    papers, agreements = _papers(rows), _agreements(rows)
    known, found = {}, {}
    for key, site, firm, family, part in rows:
        words = (site, firm, family, part)
        if words not in known:
            mine = [each for each in papers[firm] if each.applies(site, family, part)]
            covers = [*_covers(mine, day), *_covers([each for each in agreements[firm] if each.applies(family)], day)]
            known[words] = Resting(tuple(covers), day)
        found[key] = known[words]
    return found


def resting_of(programme, day):
    """Return {key: Resting} of the components of a programme."""
    return resting(Component.objects.filter(programme=programme).valid_on(day), day)


@dataclass(frozen=True)
class _Paper:
    paper: Paper
    families: frozenset
    parts: frozenset
    stops: tuple

    def applies(self, site, family, part):
        """Say whether it speaks of a component: of its site and family, or of its very reference."""
        if self.parts:
            return part in self.parts
        return self.paper.site_id in {None, site} and (not self.families or family in self.families)

    @property
    def group(self):
        """Return what tells papers that follow each other: those of one standard."""
        return self.paper.standard.kind, self.paper.standard_id

    @property
    def title(self):
        """Return what the paper is called."""
        return str(self.paper)

    @property
    def begins(self):
        """Return its first day."""
        return self.paper.valid_from

    def spans(self):
        """Return the days that it covers, as [(first, last or None)]."""
        spans = [(self.paper.valid_from, self.paper.valid_to)]
        for stop in self.stops:
            spans = [piece for span in spans for piece in _without(span, stop.since, stop.until)]
        return spans


@dataclass(frozen=True)
class _Agreement:
    paper: Agreement
    families: frozenset

    def applies(self, family):
        """Say whether it speaks of a family; one that names none speaks of all."""
        return not self.families or family in self.families

    @property
    def group(self):
        """Return what tells agreements that follow each other: one in force is enough."""
        return AGREEMENT, None

    @property
    def title(self):
        """Return what the agreement is called."""
        return self.paper.title

    @property
    def begins(self):
        """Return its first day; one whose day is not known has begun."""
        return self.paper.valid_from or self.paper.signed_on or date.min

    def spans(self):
        """Return the days between which it is in force, as [(first, last or None)]."""
        ended = self.paper.ended_on - timedelta(days=1) if self.paper.ended_on else None
        ends = [end for end in (self.paper.valid_to, ended) if end]
        return [(self.begins, min(ends, default=None))]


def _without(span, since, until):
    """Return what is left of a span of days without those from `since` to before `until` (None: for ever)."""
    (first, last), eve, pieces = span, since - timedelta(days=1), []
    if first < since:
        pieces.append((first, eve if last is None else min(last, eve)))
    if until is not None and (last is None or until <= last):
        pieces.append((max(first, until), last))
    return pieces


def _covers(mine, day):
    """Return a Cover for each group of papers of which one has begun by a day."""
    groups = defaultdict(list)
    for each in mine:
        groups[each.group].append(each)
    found = []
    for (kind, _standard), papers in groups.items():
        begun = [each for each in papers if each.begins <= day]
        if begun:
            now, until = _until([span for each in papers for span in each.spans()], day)
            last = max(begun, key=lambda each: (each.begins, each.paper.pk))
            keys = frozenset(each.paper.pk for each in papers)
            found.append(Cover(kind, last.title, last.paper, now, until, keys))
    return found


def _until(spans, day):
    """Return (whether a day is covered, the last day of what covers it without a gap or None)."""
    until, now = None, False
    for first, last in sorted(spans, key=lambda span: span[0]):
        holds = first <= day and (last is None or last >= day)
        follows = now and until is not None and first <= until + timedelta(days=1)
        if holds or follows:
            if last is None:
                return True, None
            now, until = True, max(until or last, last)
    return now, until


def _papers(rows):
    firms = {row[2] for row in rows}
    found = defaultdict(list)
    papers = Paper.objects.filter(firm__in=firms, accepted=True).select_related("standard")
    for paper in papers.prefetch_related("paper_families", "paper_parts", "stops").order_by("pk"):
        families = frozenset(each.family_id for each in paper.paper_families.all())
        parts = frozenset(each.part_id for each in paper.paper_parts.all())
        found[paper.firm_id].append(_Paper(paper, families, parts, tuple(paper.stops.all())))
    return found


def _agreements(rows):
    firms = {row[2] for row in rows}
    found = defaultdict(list)
    parties = Party.objects.filter(firm__in=firms).order_by("pk").values_list("agreement_id", "firm_id")
    signed = Agreement.objects.contracts().filter(pk__in={agreement for agreement, _firm in parties})
    by_key = {each.pk: each for each in signed.prefetch_related("coverages")}
    for agreement, firm in parties:
        if each := by_key.get(agreement):
            found[firm].append(_Agreement(each, frozenset(row.family_id for row in each.coverages.all())))
    return found
