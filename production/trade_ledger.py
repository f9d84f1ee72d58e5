"""How a trade return starts and stops standing: the only code that writes heads, returns, lines and standings of trade."""

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from office.door import Refused
from production.models import TradeHead, TradeLine, TradeReturn, TradeStanding
from production.models.trade import FACTS, KEY

GOODS = (*KEY, *FACTS)
ORIGIN = ("batch_id", "source_sheet", "source_row")


def lock(keys):
    """Lock the heads of (source, firm id or None, month), made when missing. Returns {key: TradeHead}."""
    keys = set(keys)
    made = [TradeHead(source=source, firm_id=firm, month=month) for source, firm, month in keys]
    TradeHead.objects.bulk_create(made, ignore_conflicts=True)
    sources, months = {key[0] for key in keys}, {key[2] for key in keys}
    rows = TradeHead.objects.filter(source__in=sources, month__in=months).order_by("pk")
    wanted = [head.pk for head in rows if head_key(head) in keys]
    locked = TradeHead.objects.filter(pk__in=wanted).select_for_update(no_key=True).order_by("pk")
    return {head_key(head): head for head in locked}


def head_key(head):
    """Return what makes a head one."""
    return head.source, head.firm_id, head.month


def moved_since(heads, version):
    """Say whether something else began or ceased to stand on these heads after a version."""
    later = Q(from_v__gt=version) | Q(to_v__gt=version)
    return TradeStanding.objects.filter(later, head__in=list(heads)).exists()


def standing_lines(keys):
    """Return {(head key, line key): TradeLine} of what stands now on the heads of these keys."""
    keys = set(keys)
    standing = TradeStanding.objects.filter(
        to_v=None, head__source__in={key[0] for key in keys}, head__month__in={key[2] for key in keys}
    )
    lines = TradeLine.objects.filter(trade_return__in=standing.values("trade_return"))
    found = {}
    for line in lines.select_related("trade_return__head", "range__brand", "range__family", "family", "part"):
        head = head_key(line.trade_return.head)
        if head in keys:
            found[head, line.key] = line
    return found


def write_returns(door, batch, user, goods):
    """Write one return a head, a whole snapshot, and let it stand. `goods`: {head key: [unsaved TradeLine]}."""
    heads = lock(goods)
    ids = [head.pk for head in heads.values()]
    based_on = dict(TradeStanding.objects.filter(head__in=ids, to_v=None).values_list("head_id", "trade_return_id"))
    last = dict(TradeReturn.objects.filter(head__in=ids).values_list("head_id").annotate(last=Max("revision")))
    returns = TradeReturn.objects.bulk_create(
        TradeReturn(
            head=head,
            revision=last.get(head.pk, 0) + 1,
            based_on_id=based_on.get(head.pk),
            reason=(batch.options.get("reason") or batch.name)[:400],
            batch=batch,
            author=user,
        )
        for head in heads.values()
    )
    for made, lines in zip(returns, map(goods.get, heads), strict=True):
        for line in lines:
            line.trade_return = made
    TradeLine.objects.bulk_create((line for lines in goods.values() for line in lines), batch_size=1000)
    _stand(door, {made.head_id: made.pk for made in returns})
    return returns


def _stand(door, standing):
    """Let returns stand from this version on: {head id: return id, or None for nothing}."""

    def number(version):
        TradeStanding.objects.filter(head__in=standing, to_v=None).update(to_v=version)
        TradeStanding.objects.bulk_create(
            TradeStanding(head_id=head, trade_return_id=made, from_v=version)
            for head, made in sorted(standing.items())
            if made
        )

    door.when_numbered(number)


def roll_back(door, batch):
    """Take back the returns of a file: what stood before stands again, under a new version. Nothing is deleted.

    Refused when one of its months was sent again since.
    """
    returns = list(TradeReturn.objects.filter(batch=batch).select_related("head__firm").order_by("head"))
    lock(head_key(made.head) for made in returns)
    standing = set(
        TradeStanding.objects.filter(to_v=None, trade_return__in=returns).values_list("trade_return", flat=True)
    )
    overtaken = [made.head for made in returns if made.pk not in standing]
    if overtaken:
        raise Refused(
            *(
                _("%(importer)s, %(month)s was sent again since: take that back first.")
                % {"importer": head.firm.code if head.firm else _("all importers"), "month": f"{head.month:%Y-%m}"}
                for head in overtaken
            )
        )
    _stand(door, {made.head_id: made.based_on_id for made in returns})
