"""What would happen to a rate if components changed, and the fewest that reach a step. Pure: no base, no request, no clock."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

from integration.counting import DECLARED, IMPORTED, LOCAL, ZERO, count

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


def simulated(items, changes, rule):
    """Return the Count of items as they would be."""
    return count([changes.of(item) for item in items] if changes else items, rule)


@dataclass(frozen=True)
class Smallest:
    """The fewest candidates that reach a minimum, and the rate that they make. `keys` is None when not even all of them do.

    `exact`: every set was looked at; otherwise the set was found step by step, and no set of fewer than `at_least` can do.
    """

    keys: tuple | None
    value: Decimal | None
    exact: bool
    at_least: int = 0


def smallest_set(items, rule, candidates, minimum):
    """Return the Smallest set of candidates (keys) that, made locally, bring the rate to `minimum` percent.

    Of several as small, the one of the highest rate, then the first by key. Up to EXACT candidates every set is looked at; beyond,
    the candidate that brings most is taken again and again, and the bound adds up the most that each could ever bring.
    """
    candidates = sorted(set(candidates), key=str)
    world = _World(items, rule, candidates)
    if world.denominator == 0:
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
            low = world.low(keys)
            if low * 100 >= minimum * world.denominator and (best is None or low > best[0]):
                best = (low, keys)
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
    """What sets of candidates bring. Trees without candidates are counted once; each other tree once for each of its sets."""

    def __init__(self, items, rule, candidates):
        self.rule, self.candidates = rule, candidates
        plain = replace(rule, declared_most=None)
        trees, self.tree_of = _trees(items, set(candidates))
        rest = trees.pop(None, [])
        self.trees, self.plain, self.known = trees, plain, {}
        counted = count(rest, plain)
        self.rest = _split(counted)
        self.mine = {}
        for key in candidates:
            if key in self.tree_of:
                tree = self.tree_of[key]
                self.mine[tree] = self.mine.get(tree, frozenset()) | {key}
        whole = count(items, plain)
        self.denominator = whole.denominator
        self.ceiling = None if rule.declared_most is None else rule.declared_most * self.denominator / 100

    def _tree(self, tree, keys):
        """Return (low that was proved, low on declarations) of one tree with some of its candidates made locally."""
        words = (tree, keys)
        if words not in self.known:
            self.known[words] = _split(simulated(self.trees[tree], Changes(local=keys), self.plain))
        return self.known[words]

    def low(self, keys):
        """Return the numerator with these candidates made locally."""
        proved, declared = self.rest
        for tree, mine in self.mine.items():
            one, other = self._tree(tree, mine.intersection(keys))
            proved, declared = proved + one, declared + other
        return proved + (declared if self.ceiling is None else min(declared, self.ceiling))

    def best_after(self, chosen, left):
        """Return the candidate that brings most beside those that are chosen; each is asked in its own tree only."""
        now = {tree: self._tree(tree, mine.intersection(chosen)) for tree, mine in self.mine.items()}
        proved = self.rest[0] + sum((one for one, _other in now.values()), ZERO)
        declared = self.rest[1] + sum((other for _one, other in now.values()), ZERO)

        def low(key):
            tree = self.tree_of.get(key)
            if tree is None:
                return proved
            one, other = self._tree(tree, self.mine[tree].intersection((*chosen, key)))
            said = declared - now[tree][1] + other
            return proved - now[tree][0] + one + (said if self.ceiling is None else min(said, self.ceiling))

        return max(sorted(left, key=str), key=low)

    def value(self, keys):
        """Return the rate in percent."""
        return self.low(keys) * 100 / self.denominator

    def reaches(self, keys, minimum):
        """Say whether a set reaches a rate."""
        return self.low(keys) * 100 >= minimum * self.denominator

    def bound(self, minimum):
        """Return a number of candidates below which no set can reach a rate; None when not even all could."""
        most = []
        for tree, mine in self.mine.items():
            for key in mine:
                item = next(each for each in self.trees[tree] if each.key == key)
                made = Changes(local=frozenset([key])).of(replace(item, parent=None))
                most.append(count([made], self.plain).low)
        reached, needed = self.low(()), minimum * self.denominator / 100
        for number, gain in enumerate(sorted(most, reverse=True), 1):
            reached += gain
            if reached >= needed:
                return number
        return None


def _split(counted):
    """Return (low of what was proved, low of what was only declared)."""
    declared = sum((line.low for line in counted.lines if line.item.evidence == DECLARED), ZERO)
    return counted.low - declared, declared


def _trees(items, candidates):
    """Return ({top: its items}, {candidate: top}); the items of trees without candidates under None."""
    by_key = {item.key: item for item in items}
    tops = {}

    def top(item):
        walked = []
        while item.key not in tops and item.parent in by_key:
            walked.append(item.key)
            item = by_key[item.parent]
        found = tops.setdefault(item.key, item.key)
        for key in walked:
            tops[key] = found
        return found

    for item in items:
        top(item)
    held = {tops[key] for key in candidates if key in tops}
    trees = defaultdict(list)
    for item in items:
        trees[tops[item.key] if tops[item.key] in held else None].append(item)
    return trees, {key: tops[key] for key in candidates if key in tops}


def gains(items, rule, keys):
    """Return {key: points} that each item would bring by itself if it were made locally, as things stand."""
    world = _World(items, rule, sorted(keys, key=str))
    if not world.denominator:
        return {}
    before = world.low(())
    return {key: (world.low((key,)) - before) * 100 / world.denominator for key in keys}
