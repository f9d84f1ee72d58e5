"""Targets are set: each amount stays known from the data version on at which it was set."""

from production.models import TargetAmount


def record(door, target):
    """Keep the amount that a target has now, inside an open write, under the version that this write takes."""
    amount = target.amount
    door.when_numbered(
        lambda version: TargetAmount.objects.create(target=target, amount=amount, from_v=version),
    )
