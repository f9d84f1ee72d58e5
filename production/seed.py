"""A base of any size to measure with: invented suppliers, parts and volumes, the same ones at every call.

Volumes take the way of every volume: drafts, lines, what stands, sums and postings, one version a month, dated in the
month after. Only the parsing of files is left out. How many sums there are does not depend on how many lines there are.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Firm
from catalogue.models import Family, Part
from office.door import Refused, write
from office.models import Ledger
from partstrack.periods import shift
from places.models import Wilaya
from production import ledger
from production.models import Declaration, Head
from suppliers.models import Site

RECEIVED_DAY = 10  # of the month after
ANALYZED_EVERY = 12  # months


@dataclass(frozen=True)
class Plan:
    """How much: `lines` in all, over `sites` x `months` up to `until`, in `families`; and the objects of lists."""

    lines: int
    sites: int
    months: int
    families: int
    until: date
    suppliers: int = 0
    parts: int = 0

    @property
    def parts_each(self):
        """How many parts every declaration names: at least one a family, so that the sums are as many at any size."""
        return max(self.families, -(-self.lines // (self.sites * self.months))) if self.lines else 0

    @property
    def firms(self):
        """How many suppliers there are, each with a site; the first ones declare."""
        return max(self.sites if self.lines else 0, self.suppliers, 1 if self.parts else 0)


def seed(user, plan):
    """Fill an empty base. Returns what was made, as counts. Refused where there is anything already."""
    if any(model.objects.exists() for model in (Firm, Site, Part, Head)):
        raise Refused("There is data already: a volume is made in an empty installation only.")
    _set_the_clock(plan)
    with transaction.atomic():
        _keep_no_history()
        _suppliers(plan)
        _analyze()  # of a table that was empty a moment ago PostgreSQL believes that it still is
        _parts(plan)
    with write(user, "Volume: suppliers and parts", at=_received(plan, plan.months + 1)):
        pass
    _analyze()
    if plan.lines:
        _run(DECLARED, declared=plan.parts_each * plan.sites)
        for back in reversed(range(plan.months)):
            _month(user, plan, back)
            if back % ANALYZED_EVERY == ANALYZED_EVERY - 1:
                _analyze()
    _analyze()
    return {
        "suppliers": plan.firms,
        "parts": Part.objects.count(),
        "declarations": Declaration.objects.count(),
        "lines": plan.parts_each * plan.sites * plan.months if plan.lines else 0,
    }


def _received(plan, back):
    """Return the instant at which the month so many months before the last one was received."""
    month = shift(plan.until, 1 - back)
    return timezone.make_aware(datetime.combine(month.replace(day=RECEIVED_DAY), time(9)))


def _set_the_clock(plan):
    """Versions are dated as received, so the ledger goes back to before the first of them; nothing is dated yet."""
    Ledger.objects.filter(pk=1, version=0).update(at=_received(plan, plan.months + 2))


def _run(sql, **names):
    with connection.cursor() as cursor:
        cursor.execute(sql, names)


def _keep_no_history():
    """Nobody asks for the history of rows that are all of one instant, and it takes longer than they do."""
    names = ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered())
    _run("SELECT set_config('pgtrigger.ignore', %(names)s, true)", names=f"{{{names}}}")


def _suppliers(plan):
    """Each supplier has one site, in one of the wilayas by turns."""
    wilayas = list(islice(Wilaya.objects.order_by("code").values_list("code", flat=True), 58))
    _run(
        """
        INSERT INTO accounts_firm (code, name, name_ar, version)
        SELECT 'S' || lpad(n::text, 7, '0'), 'Fournisseur ' || lpad(n::text, 7, '0'), 'مورد ' || lpad(n::text, 7, '0'), 1
        FROM generate_series(1, %(firms)s) AS n;
        INSERT INTO suppliers_supplier (firm_id, status, language, email, note, version)
        SELECT id, 'active', 'fr', '', '', 1 FROM accounts_firm ORDER BY code;
        INSERT INTO suppliers_site (code, name, name_ar, firm_id, version)
        SELECT code, replace(name, 'Fournisseur', 'Usine'), replace(name_ar, 'مورد', 'مصنع'), id, 1
        FROM accounts_firm ORDER BY code;
        INSERT INTO suppliers_siteplace (site_id, wilaya_id, commune)
        SELECT id, (%(wilayas)s)[1 + substr(code, 2)::int %% cardinality(%(wilayas)s)], '' FROM suppliers_site ORDER BY code;
        """,
        firms=plan.firms,
        wilayas=wilayas,
    )


def _parts(plan):
    """The parts that are declared belong to the suppliers that declare; further ones are spread over all suppliers."""
    families = list(Family.objects.order_by("position", "pk").values_list("pk", flat=True)[: plan.families])
    declared = plan.parts_each * plan.sites
    _run(
        """
        INSERT INTO catalogue_part (firm_id, reference, reference_key, name, name_ar, unit_id, version)
        SELECT f.id, 'R-' || lpad(n::text, 8, '0'), 'R' || lpad(n::text, 8, '0'), 'Pièce ' || n, 'قطعة ' || n, 'piece', 1
        FROM generate_series(0, %(parts)s - 1) AS n
        JOIN accounts_firm f ON f.code = 'S' || lpad(
            (1 + CASE WHEN n < %(declared)s THEN n / %(each)s ELSE n %% %(firms)s END)::text, 7, '0')
        ORDER BY n;
        INSERT INTO catalogue_partfamily (part_id, family_id, from_v)
        SELECT id, (%(families)s)[1 + substr(reference_key, 2)::int %% cardinality(%(families)s)], 0
        FROM catalogue_part ORDER BY id;
        """,
        parts=max(declared, plan.parts),
        declared=declared,
        each=plan.parts_each or 1,
        firms=plan.firms,
        families=families,
    )


def _month(user, plan, back):
    """Declare one month of every site, in one write."""
    month = shift(plan.until, -back)
    sites = list(Site.objects.order_by("code").values_list("pk", flat=True)[: plan.sites])
    with write(user, f"Volume of {month:%Y-%m}", at=_received(plan, back)) as door:
        heads = list(ledger.lock([(site, month) for site in sites]).values())
        names = {
            "heads": heads,
            "user": user.pk,
            "at": door.at,
            "day": door.today,
            "each": plan.parts_each,
            "nth": back,
        }
        _run(DRAFTS, **names)
        _run(LINES, **names)
        _run(ACCEPT, **names)
        ledger.stand(door, heads, list(Declaration.objects.filter(head__in=heads).values_list("pk", flat=True)))


DRAFTS = """
INSERT INTO production_declaration (head_id, revision, kind, state, reason, author_id, received_on, channel, sender,
    comment, four_eyes)
SELECT head, 1, 'actual', 'draft', '', %(user)s, %(day)s, '', '', '', false FROM unnest(%(heads)s) AS head ORDER BY head
"""

# Which site declares which part; `n` is the number of the part.
DECLARED = """
CREATE TEMP TABLE IF NOT EXISTS volume_declared (site_id bigint, part_id bigint, n int);
TRUNCATE volume_declared;
INSERT INTO volume_declared
SELECT t.id, p.id, substr(p.reference_key, 2)::int
FROM catalogue_part p JOIN suppliers_site t ON t.firm_id = p.firm_id
WHERE substr(p.reference_key, 2)::int < %(declared)s;
ANALYZE volume_declared;
"""

# Amounts are whole, move with part, supplier and month, and grow slowly.
LINES = """
WITH declared AS MATERIALIZED (
    SELECT d.id, h.site_id, h.month FROM production_head h JOIN production_declaration d ON d.head_id = h.id
    WHERE h.id = ANY(%(heads)s)
)
INSERT INTO production_outputline (declaration_id, site_id, month, part_id, unit_id, produced, scrapped,
    sold_after_market, exported, source_sheet)
SELECT d.id, d.site_id, d.month, v.part_id, 'piece', a.produced, a.produced %% 7, a.produced * 3 / 4,
    CASE WHEN v.n %% 5 = 0 THEN a.produced / 10 END, ''
FROM declared d
JOIN volume_declared v ON v.site_id = d.site_id
CROSS JOIN LATERAL (
    SELECT 300 + (v.n * 37 + %(nth)s * 53) %% 500 + v.n %% 11 - 2 * least(%(nth)s, 100) AS produced
) AS a
ORDER BY d.id, v.part_id
"""

ACCEPT = """
UPDATE production_declaration SET state = 'approved', submitted_by_id = %(user)s, submitted_at = %(at)s,
    decided_by_id = %(user)s, decided_at = %(at)s
WHERE head_id = ANY(%(heads)s)
"""


def _analyze():
    """Tell PostgreSQL how full the tables are now."""
    _run("ANALYZE")
