"""The slow, obvious twin of "since the report": every version between the two is walked through, site-month by site-month."""

from dataclasses import replace
from decimal import Decimal

from tests import naive
from tests.known import SAID_BY, Known

BY_LINE = ("family", "part", "brand")


def since(name, world, then, now):
    """Return (window, value then, value now, {(site, month, cause): difference}) of two questions about one volume."""
    months = Known(world, then, SAID_BY[name]).up_to or Known(world, now, SAID_BY[name]).up_to
    if not months:
        return None, None, None, {}
    fixed = {"year": None, "first": months[0], "last": months[-1]}
    values = [naive.volume(name, world, replace(each, by=None, **fixed))["value"] for each in (then, now)]
    walk = Walk(name, world, then, now)
    found = {}
    for month in months:
        for code in walk.sites:
            for cause, amount in walk.causes(code, month).items():
                if amount:
                    found[code, month, cause] = amount
    return (months[0], months[-1]), *values, found


class Walk:
    """One volume between two versions, in the words of the earlier and the later question."""

    def __init__(self, name, world, then, now):
        self.world, self.now, self.measures = world, now, SAID_BY[name]
        plain = {key: code for key, code in now.filters.items() if key not in BY_LINE}
        self.before, self.after = (Known(world, replace(each, filters=plain), self.measures) for each in (then, now))
        self.sites = self.after.sites
        self.versions = range(then.version + 1, now.version + 1)

    def causes(self, code, month):
        """Return {cause: difference} of a site's month; nothing when it was outside the perimeter then and now."""
        was_outside, is_outside = self.before.outside(code, month), self.after.outside(code, month)
        if was_outside and is_outside:
            return {}
        found = {}
        for version in self.versions:
            cause = self.cause(code, month, version)
            amount = self.sum_at(code, month, version) - self.sum_at(code, month, version - 1)
            found[cause] = found.get(cause, Decimal(0)) + amount
        if was_outside:
            found["joined"] = self.sum_at(code, month, self.versions.start - 1)
        if is_outside:
            found["left"] = -self.sum_at(code, month, self.versions.stop - 1)
        return found

    def cause(self, code, month, version):
        """Say why a site's month may have moved at a version: another declaration stands, else a family changed."""
        now, before = self.stood_at(code, month, version), self.stood_at(code, month, version - 1)
        if now is before:
            return "reclassified"
        if now is None or any(
            now.declaration == each.declaration and each.from_v < version for each in self.of(code, month)
        ):
            return "rolled_back"
        return "corrected" if before else "late"

    def of(self, code, month):
        """Return all that ever stood for a site's month."""
        return [each for each in self.world.stood if (each.site, each.month) == (code, month)]

    def stood_at(self, code, month, version):
        """Return what stood for a site's month at a version, or None."""
        return next((each for each in self.of(code, month) if held(each, version)), None)

    def sum_at(self, code, month, version):
        """Return what the lines that stood at a version say, where they pass the filters of the question."""
        stood, total = self.stood_at(code, month, version), Decimal(0)
        for line in (stood.lines if stood else None) or ():
            family = next(each.family for each in self.world.families if each.part == line.part and held(each, version))
            is_of = {"family": family, "part": line.part, "brand": line.brand}
            if line.unit == self.after.unit and all(
                self.now.filters.get(key, is_of[key]) == is_of[key] for key in BY_LINE
            ):
                total += sum((line.said.get(measure) or Decimal(0) for measure in self.measures), Decimal(0))
        return total


def held(row, version):
    """Say whether a row held at a version."""
    return row.from_v <= version and (row.to_v is None or row.to_v > version)
