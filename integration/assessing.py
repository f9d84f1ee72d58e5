"""Published assessments: a rate with all that it was counted from, frozen, so that it can be shown and counted again."""

from decimal import Decimal

from django.db import connection

from integration.counting import Content, Item, Purchase, Rule, count
from integration.models import Assessment, Component, ContentInput
from integration.resting import resting_of
from partstrack.numbers import plain

SPACE = 7_214_006  # of the advisory lock: one assessment of a programme at a time
OPTIONS = ("basis", "tier2", "default_import", "declared_most", "covered_only", "african")


def publish(door, user, reading, version, title=""):
    """Freeze a Reading inside an open write and return its Assessment. `version`: of the data that were read.

    ValueError: no rate can be said.
    """
    if reading.value is None:
        raise ValueError("There is no rate to publish.")
    programme, policy = reading.programme, reading.policy
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SPACE, programme.pk])
    last = Assessment.objects.filter(programme=programme).order_by("-number").values_list("number", flat=True).first()
    return Assessment.objects.create(
        programme=programme,
        policy=policy,
        number=(last or 0) + 1,
        day=reading.day,
        low=reading.count.low,
        high=reading.count.high,
        denominator=reading.count.denominator,
        value=reading.value,
        inputs=_inputs(reading),
        data_version=version,
        published_at=door.at,
        published_by=user,
        title=title,
    )


def recounted(assessment):
    """Return the Count of a published assessment, from what it froze alone."""
    kept = assessment.inputs
    options = {name: kept["rule"][name] for name in OPTIONS}
    for name in ("default_import", "declared_most"):
        options[name] = _number(options[name])
    return count([_item(row) for row in kept["items"]], Rule(left_out=frozenset(kept["rule"]["left_out"]), **options))


def _inputs(reading):
    policy, rule = reading.policy, reading.policy.rule
    rows = Component.objects.select_related("parent", "site", "exchange").in_bulk(
        [line.item.key for line in reading.count.lines]
    )
    rests = resting_of(reading.programme, reading.day)
    inputs = _purchases(rows.values())
    return {
        "programme": {
            "code": reading.programme.code,
            "approved_on": reading.programme.approved_on.isoformat() if reading.programme.approved_on else None,
        },
        "rule": {
            "code": policy.code,
            "method": policy.method,
            "edition": policy.edition,
            "source": policy.source,
            "left_out": sorted(rule.left_out),
            **{name: _text(getattr(rule, name)) for name in OPTIONS},
            "steps": [
                {
                    "months": rung.step.months_after_approval,
                    "minimum": plain(rung.minimum),
                    "due": rung.due_on.isoformat() if rung.due_on else None,
                    "reached": rung.reached,
                }
                for rung in reading.rungs
            ],
        },
        "items": [_frozen(line, rows[line.item.key], rests.get(line.item.key), inputs) for line in reading.count.lines],
    }


def _purchases(components):
    """Return {content: [what was bought for it]} as frozen."""
    found = {}
    contents = {row.content_id for row in components if row.content_id}
    for each in (
        ContentInput.objects.filter(content__in=contents).select_related("exchange").order_by("content_id", "pk")
    ):
        found.setdefault(each.content_id, []).append(
            {
                "kind": each.kind,
                "name": each.name,
                "value": plain(each.value),
                "currency": each.currency,
                "exchange": _exchange(each.exchange),
                "amount": plain(each.in_money),
                "imported_share": _text(each.imported_share),
            }
        )
    return found


def _frozen(line, row, rest, inputs):
    item = line.item
    content = None
    if item.content is not None:
        content = {"price": plain(item.content.price), "inputs": inputs.get(row.content_id, [])}
    return {
        "code": row.code,
        "name": {"fr": row.name_fr, "ar": row.name_ar, "en": row.name_en},
        "parent": row.parent.code if row.parent else None,
        "supply": item.supply,
        "nature": item.nature,
        "site": row.site.code if row.site else None,
        "quantity": plain(row.quantity),
        "value": _text(row.value),
        "currency": row.currency,
        "exchange": _exchange(row.exchange),
        "amount": _text(item.amount),
        "points": _text(item.points),
        "local": _text(item.local),
        "content": content,
        "african": item.african,
        "evidence": item.evidence,
        "covered": item.covered,
        "why": line.why,
        "low": plain(line.low),
        "high": plain(line.high),
        "covers": [
            {
                "kind": cover.kind,
                "title": cover.title,
                "now": cover.now,
                "until": cover.until.isoformat() if cover.until else None,
                "exposed": cover.exposed(rest.day),
            }
            for cover in (rest.covers if rest else ())
        ],
    }


def _item(row):
    content = row["content"]
    if content is not None:
        imports = [Decimal(each["amount"]) for each in content["inputs"] if each["kind"] == ContentInput.Kind.IMPORT]
        bought = [each for each in content["inputs"] if each["kind"] == ContentInput.Kind.LOCAL]
        purchases = tuple(Purchase(Decimal(each["amount"]), _number(each["imported_share"])) for each in bought)
        content = Content(Decimal(content["price"]), sum(imports, Decimal(0)), purchases)
    return Item(
        key=row["code"],
        supply=row["supply"],
        nature=row["nature"],
        parent=row["parent"],
        points=_number(row["points"]),
        amount=_number(row["amount"]),
        local=_number(row["local"]),
        content=content,
        african=row["african"],
        evidence=row["evidence"],
        covered=row["covered"],
    )


def _exchange(exchange):
    if exchange is None:
        return None
    return {"rate": plain(exchange.rate), "on": exchange.on.isoformat(), "source": exchange.source}


def _text(value):
    return plain(value) if isinstance(value, Decimal) else value


def _number(text):
    return None if text is None else Decimal(text)
