"""Targets are set: each amount stays known from the data version on at which it was set."""

from production.models import TargetAmount


def record(door, target, batch=None):
    """Keep the amount that a target has now, inside an open write, under the version that this write takes."""
    amount = target.amount
    door.when_numbered(
        lambda version: TargetAmount.objects.create(target=target, amount=amount, from_v=version, batch=batch),
    )


def set_amount(door, target, amount, batch=None):
    """Set a target, new or known, to an amount (None: it is given up). `batch`: the file that says so."""
    if target.pk:
        target.version += 1
    target.amount = amount
    target.save()
    record(door, target, batch)
