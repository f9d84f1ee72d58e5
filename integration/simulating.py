"""What would happen to a rate if components changed, and the fewest that reach a step. Pure: no base, no request, no clock."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

from integration.counting import DECLARED, HUNDRED, IMPORTED, LOCAL, VALUE, ZERO, count, rate

EXACT = 15  # candidates up to which every set is looked at


@dataclass(frozen=True)
class Changes:
    """What is supposed. `local`, `foreign`: keys of items that would be made locally, or no longer; `amounts`, `points`: {key:
    value}; nothing supposed is the official rate.
    """

    local: frozenset = frozenset()
    foreign: frozenset = frozenset()
    amounts: dict = field(default_factory=dict)
    points: dict = field(default_factory=dict)

    def __bool__(self):
        return bool(self.local or self.foreign or self.amounts or self.points)

    def keys(self):
        """Return the keys of the items that something is supposed of."""
        return {*self.local, *self.foreign, *self.amounts, *self.points}

    def and_local(self, keys):
        """Return the same with some more items made locally."""
        return replace(self, local=self.local | keys) if keys else self

    def of(self, item):
        """Return an item as it would be."""
        said = {}
        if item.key in self.local:
            said = {"supply": LOCAL, "covered": True}
        elif item.key in self.foreign:
            said = {"supply": IMPORTED, "local": None, "content": None}
        if item.key in self.amounts:
            said["amount"] = self.amounts[item.key]
        if item.key in self.points:
            said["points"] = self.points[item.key]
        return replace(item, **said) if said else item


NOTHING_SUPPOSED = Changes()


@dataclass(frozen=True)
class Outcome:
    """A rate that is supposed: numerators low and high, denominator, what is over the ceiling of declarations."""

    low: Decimal
    high: Decimal
    denominator: Decimal
    over: Decimal = ZERO

    @property
    def value(self):
        """Return the rate in percent, what is not known counted as imported; None without a denominator."""
        return rate(self.low, self.denominator)

    @property
    def highest(self):
        """Return the rate in percent if all that is not known were local."""
        return rate(self.high, self.denominator)


class Forest:
    """Items by their trees, each summed once, so that what is supposed recounts only the trees that it touches."""

    def __init__(self, items, rule):
        self.rule, self.plain = rule, replace(rule, declared_most=None)
        self.size, self.tops, self.trees = len(items), _tops(items), {}
        for item in items:
            self.trees.setdefault(self.tops[item.key], []).append(item)
        self.sums, counted = defaultdict(lambda: NOTHING), count(items, self.plain)
        for line in counted.lines:
            top = self.tops[line.item.key]
            self.sums[top] = _added(self.sums[top], _sums_of(line))
        self.total = NOTHING
        for each in self.sums.values():
            self.total = _added(self.total, each)

    def __len__(self):
        """Return how much room it takes among the answers that are kept: an item takes about half a row."""
        return self.size // 2

    def __bool__(self):
        return True

    def summed(self, top, changes):
        """Return the sums of one tree as it would be."""
        total = NOTHING
        for line in count([changes.of(item) for item in self.trees[top]], self.plain).lines:
            total = _added(total, _sums_of(line))
        return total

    def supposed(self, changes):
        """Return the sums of all as they would be."""
        total = self.total
        for top in {self.tops[key] for key in changes.keys() if key in self.tops}:  # noqa: SIM118
            total = _added(_less(total, self.sums[top]), self.summed(top, changes))
        return total

    def outcome(self, changes=None):
        """Return the Outcome of what is supposed; the official rate where nothing is."""
        return self.made_of(self.supposed(changes) if changes else self.total)

    def made_of(self, sums):
        """Return the Outcome of sums."""
        weight, proved, declared, high, high_declared = sums
        denominator = weight if self.rule.basis == VALUE else HUNDRED if self.size else ZERO
        if self.rule.declared_most is None:
            return Outcome(proved + declared, high + high_declared, denominator)
        most = self.rule.declared_most * denominator / HUNDRED
        low = proved + min(declared, most)
        return Outcome(low, high + min(high_declared, most), denominator, max(declared - most, ZERO))


NOTHING = (ZERO,) * 5


def _sums_of(line):
    """Return (weight, low proved, low declared, high proved, high declared) of a line."""
    if line.item.evidence == DECLARED:
        return line.weight, ZERO, line.low, ZERO, line.high
    return line.weight, line.low, ZERO, line.high, ZERO


def _added(one, other):
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _less(one, other):
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _tops(items):
    """Return {key: key of the item on top of its tree}."""
    by_key, tops = {item.key: item for item in items}, {}
    for item in items:
        walked = []
        while item.key not in tops and item.parent in by_key:
            walked.append(item.key)
            item = by_key[item.parent]
        found = tops.setdefault(item.key, item.key)
        tops.update(dict.fromkeys(walked, found))
    return tops


@dataclass(frozen=True)
class Smallest:
    """The fewest candidates that reach a minimum, and the rate that they make. `keys` is None when not even all of them do.

    `exact`: every set was looked at; otherwise the set was found step by step, and no set of fewer than `at_least` can do.
    """

    keys: tuple | None
    value: Decimal | None
    exact: bool
    at_least: int = 0


def smallest_set(forest, candidates, minimum, changes=NOTHING_SUPPOSED):
    """Return the Smallest set of candidates (keys) that, made locally besides `changes`, bring the rate to `minimum` percent.

    Of several as small, the one of the highest rate, then the first by key. Up to EXACT candidates every set is looked at; beyond,
    the candidate that brings most is taken again and again, and the bound adds up the most that each could ever bring.
    """
    candidates = sorted(set(candidates), key=str)
    world = _World(forest, candidates, changes)
    if not world.outcome(()).denominator:
        return Smallest(None, None, exact=True)
    if world.reaches((), minimum):
        return Smallest((), world.value(()), exact=True)
    if len(candidates) <= EXACT:
        return _looked_at(world, candidates, minimum)
    return _step_by_step(world, candidates, minimum)


def _looked_at(world, candidates, minimum):
    best = None
    for size in range(world.bound(minimum) or len(candidates) + 1, len(candidates) + 1):
        for keys in combinations(candidates, size):
            found = world.outcome(keys)
            if found.low * 100 >= minimum * found.denominator and (best is None or found.low > best[0]):
                best = (found.low, keys)
        if best:
            return Smallest(best[1], world.value(best[1]), exact=True, at_least=size)
    return Smallest(None, None, exact=True)


def _step_by_step(world, candidates, minimum):
    chosen, left, at_least = (), set(candidates), world.bound(minimum)
    while left:
        chosen = (*chosen, world.best_after(chosen, left))
        left.discard(chosen[-1])
        if world.reaches(chosen, minimum):
            slim = _slimmed(world, chosen, minimum)
            return Smallest(slim, world.value(slim), exact=len(slim) == at_least, at_least=at_least or len(slim))
    return Smallest(None, None, exact=at_least is None, at_least=at_least or 0)


def _slimmed(world, chosen, minimum):
    """Leave out what the others make needless: the last to come may do without the first."""
    for key in chosen:
        rest = tuple(each for each in chosen if each != key)
        if world.reaches(rest, minimum):
            return _slimmed(world, rest, minimum)
    return chosen


class _World:
    """What sets of candidates bring. Each tree is counted once for each set of its own candidates."""

    def __init__(self, forest, candidates, changes):
        self.forest, self.changes, self.known, self.mine = forest, changes, {}, {}
        for key in candidates:
            if (top := forest.tops.get(key)) is not None:
                self.mine[top] = self.mine.get(top, frozenset()) | {key}
        self.rest = forest.supposed(changes)
        for top in self.mine:
            self.rest = _less(self.rest, self._tree(top, frozenset()))

    def _tree(self, top, keys):
        """Return the sums of one tree with some of its candidates made locally."""
        if (top, keys) not in self.known:
            self.known[top, keys] = self.forest.summed(top, self.changes.and_local(keys))
        return self.known[top, keys]

    def sums(self, keys):
        """Return the sums of all with these candidates made locally."""
        total = self.rest
        for top, mine in self.mine.items():
            total = _added(total, self._tree(top, mine.intersection(keys)))
        return total

    def outcome(self, keys):
        """Return the Outcome with these candidates made locally."""
        return self.forest.made_of(self.sums(keys))

    def after(self, total, chosen, key):
        """Return the sums with one more candidate; only its own tree is looked at. `total`: the sums with those that are chosen."""
        top = self.forest.tops.get(key)
        if top is None:
            return total
        mine = self.mine[top]
        before, made = self._tree(top, mine.intersection(chosen)), self._tree(top, mine.intersection((*chosen, key)))
        return _added(_less(total, before), made)

    def best_after(self, chosen, left):
        """Return the candidate that brings most beside those that are chosen."""
        total = self.sums(chosen)
        return max(sorted(left, key=str), key=lambda key: self.forest.made_of(self.after(total, chosen, key)).low)

    def value(self, keys):
        """Return the rate in percent."""
        return self.outcome(keys).value

    def reaches(self, keys, minimum):
        """Say whether a set reaches a rate."""
        found = self.outcome(keys)
        return found.low * 100 >= minimum * found.denominator

    def bound(self, minimum):
        """Return a number of candidates below which no set can reach a rate; None when not even all could."""
        most = []
        for top, mine in self.mine.items():
            for item in self.forest.trees[top]:
                if item.key in mine:
                    made = self.changes.and_local({item.key}).of(replace(item, parent=None))
                    most.append(count([made], self.forest.plain).low)
        found = self.outcome(())
        reached, needed = found.low, minimum * found.denominator / 100
        for number, gain in enumerate(sorted(most, reverse=True), 1):
            reached += gain
            if reached >= needed:
                return number
        return None


def gains(forest, keys, changes=NOTHING_SUPPOSED):
    """Return {key: points} that each item would bring by itself if it were made locally, besides what is supposed."""
    world = _World(forest, sorted(keys, key=str), changes)
    total = world.sums(())
    before = forest.made_of(total)
    if not before.denominator:
        return {}
    return {
        key: (forest.made_of(world.after(total, (), key)).low - before.low) * 100 / before.denominator for key in keys
    }
