"""Play a plan of tests/worlds.py: in the database through the doors of the product, and beside it in plain lists.

The plain side knows the rules from the words of the design alone: who stands at once, who waits, what is refused.
Every step must be refused on both sides or on none.
"""

from dataclasses import dataclass, field

from catalogue.models import Family, Part
from office.door import Refused, write
from production import actions, expecting, ledger, periods
from production.models import Declaration
from suppliers.models import SitePlace
from tests import making, worlds
from tests.known import Closed, Confirmed, InFamily, Place, Stood, World

CLERKS = ("manager", "second", "admin")


@dataclass
class Paper:
    """A declaration on the plain side; `under`: the paper that stood when this one came to stand."""

    row: Declaration
    site: str
    month: object
    lines: list | None
    sender: str
    state: str
    two_people: bool
    under: object = None


@dataclass
class Played:
    """A world while it is played: the plain world, and the rows of the database that belong to it."""

    plan: worlds.Plan
    world: World = field(default_factory=World)
    people: dict = field(default_factory=dict)
    sites: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    brands: dict = field(default_factory=dict)
    files: list = field(default_factory=list)
    standing: dict = field(default_factory=dict)  # (site, month) -> paper
    open: dict = field(default_factory=dict)  # (site, month) -> paper
    versions: list = field(default_factory=list)

    def closed(self, month):
        """Say whether a month is closed now."""
        return any(each.month == month and each.to_v is None for each in self.world.closed)


def play(plan):
    """Play a plan from an empty ledger; returns what became of it."""
    game = Played(plan)
    _furnish(game)
    for plant in plan.plants:
        months = [month for month in plan.months if not plan.silent(plant.code, month)]
        _file(game, "admin", {(plant.code, month): plan.says(plant.code, month, "first") for month in months})
    for number, step in enumerate(plan.steps):
        STEPS[step.what](game, step, number)
    return game


def _furnish(game):
    plan = game.plan
    game.people = {
        "admin": making.person("admin@f.dz", making.ADMIN),
        "manager": making.person("manager@f.dz", making.MANAGER),
        "second": making.person("second@f.dz", making.MANAGER),
    }
    for code in sorted({plant.firm for plant in plan.plants}):
        game.people[code] = making.person(f"{code}@f.dz", making.SUPPLIER, firm=making.firm(code))
    game.brands = {code: making.brand(code) for code in worlds.BRANDS}
    for plant in plan.plants:
        _settle_plant(game, plant)
    for reference, (firm, family, unit) in plan.parts.items():
        game.parts[reference] = making.part(reference, making.firm(firm), family, unit)
        game.world.families.append(InFamily(reference, family, 0))
    with write(game.people["admin"], "beginning") as door:
        pass
    game.versions.append(door.version)


def _settle_plant(game, plant):
    made = game.sites[plant.code] = making.site(plant.code, of=plant.firm)
    places = [(plant.wilaya, None, plant.moves_on), (plant.moves_to, plant.moves_on, None)]
    kept = [place for place in places if place[0]]
    for wilaya, since, until in kept:
        SitePlace.objects.create(site=made, wilaya_id=wilaya, valid_from=since, valid_to=until)
    game.world.sites[plant.code] = Place(plant.firm, kept)


def _done(game, door):
    game.versions.append(door.version)
    return door.version


# Files --------------------------------------------------------------------------------------------------
def _file(game, sender, told, halves=1):
    """Send what {(site, month): lines or None} tells; months with an open declaration are left out."""
    told = {pair: lines for pair, lines in sorted(told.items()) if pair not in game.open}
    if not told:
        return
    user = game.people[sender]
    with write(user, "a file") as door:
        rows = _drafts(game, user, told)
        for half in range(halves):
            actions.settle(door, user, rows[half::halves])
    version, file = _done(game, door), []
    for row, ((site, month), lines) in zip(rows, told.items(), strict=True):
        paper = Paper(row, site, month, lines, sender, "waiting", game.closed(month))
        file.append(paper)
        if sender == "admin" and not paper.two_people:
            _stand(game, paper, version)
        else:
            game.open[site, month] = paper
    game.files.append(file)


def _drafts(game, user, told):
    """Write the drafts of what is told of one site; returns the declarations in order."""
    rows = {}
    for (_site, month), lines in told.items():
        named = [(game.parts[line.part], line.said, game.brands.get(line.brand), line.unit) for line in lines or ()]
        rows[f"{month:%Y-%m}"] = None if lines is None else named
    (code,) = {code for code, _month in told}
    return making.drafts(user, game.sites[code], rows, reason="corrected")


def _stand(game, paper, version):
    pair = (paper.site, paper.month)
    paper.state, paper.under = "standing", game.standing.get(pair)
    _replace(game, pair, paper, version)


def _replace(game, pair, paper, version):
    """Let what stands for a month end at a version, and a paper (or nothing) stand from it on."""
    for stood in game.world.stood:
        if (stood.site, stood.month) == pair and stood.to_v is None:
            stood.to_v = version
    game.standing.pop(pair, None)
    if paper:
        game.standing[pair] = paper
        game.world.stood.append(Stood(*pair, paper.lines, version, declaration=paper.row.pk))


def _restate(game, step, number, sender=None, halves=1):
    plant = game.plan.plants[step.which % len(game.plan.plants)]
    months = game.plan.months[step.first % game.plan.span :][: step.length]
    told = {(plant.code, month): game.plan.says(plant.code, month, number) for month in months}
    _file(game, sender or "admin", told, halves)


def _submit(game, step, number):
    _restate(game, step, number, sender=game.plan.plants[step.which % len(game.plan.plants)].firm)


def _twice(game, step, number):
    _restate(game, step, number, halves=2)


# Decisions ----------------------------------------------------------------------------------------------
def _attempt(game, refused, user, action):
    """Do something through the door; it must be refused exactly when the rules say so. Returns the version."""
    try:
        with write(user, "a step") as door:
            action(door)
    except Refused:
        assert refused, "the product refuses what the rules allow"
        return None
    assert not refused, "the product allows what the rules refuse"
    return _done(game, door)


def _waiting(game, step):
    papers = [paper for file in game.files for paper in file if paper.state == "waiting"]
    return papers[step.first % len(papers)] if papers else None


def _accept(game, step, number):
    paper, clerk = _waiting(game, step), CLERKS[step.who % 3]
    if not paper:
        return
    two = paper.two_people or game.closed(paper.month)
    stands = game.standing.get((paper.site, paper.month))
    moved = (stands and stands.row.pk) != paper.row.based_on_id
    refused = moved or (two and (clerk == "admin" or clerk == paper.sender))
    user = game.people[clerk]
    version = _attempt(game, refused, user, lambda door: actions.approve(door, user, paper.row))
    if version:
        del game.open[paper.site, paper.month]
        _stand(game, paper, version)


def _return(game, step, number):
    paper, user = _waiting(game, step), game.people["manager"]
    if paper:
        _attempt(game, False, user, lambda door: actions.send_back(door, user, paper.row, "see row 7"))
        paper.state = "returned"


def _roll_back(game, step, number):
    if not game.files:
        return
    file, user = game.files[-1 - step.which % len(game.files)], game.people["manager"]
    stood = [paper for paper in file if paper.state == "standing"]
    overtaken = any(game.standing.get((paper.site, paper.month)) is not paper for paper in stood)
    refused = overtaken or any(game.closed(paper.month) for paper in stood)
    rows = [paper.row for paper in file]
    version = _attempt(game, refused, user, lambda door: actions.roll_back(door, user, rows))
    if version:
        for paper in stood:
            _replace(game, (paper.site, paper.month), paper.under, version)
        for paper in file:
            if paper.state in {"waiting", "returned"}:
                del game.open[paper.site, paper.month]
            paper.state = "withdrawn"
        game.files.remove(file)


# Periods, expectations, families ------------------------------------------------------------------------
def _months(game, step):
    return game.plan.months[step.first % game.plan.span :][: step.length]


def _close(game, step, number, months=None):
    months, user = months or _months(game, step), game.people["manager"]
    version = _attempt(game, False, user, lambda door: periods.close(door, user, months, accept="late sites"))
    game.world.closed += [Closed(month, version) for month in months if not game.closed(month)]


def _close_all(game, step, number):
    _close(game, step, number, game.plan.months)


def _reopen(game, step, number):
    months, user = _months(game, step), game.people["manager"]
    version = _attempt(game, False, user, lambda door: periods.reopen(door, user, months, "more came in"))
    for each in game.world.closed:
        if each.month in months and each.to_v is None:
            each.to_v = version


def _expect(game, step, number):
    code = game.plan.plants[step.which % len(game.plan.plants)].code
    first = game.plan.months[step.first % game.plan.span]
    last = None if step.who < 3 else worlds.later(first, step.length)
    user = game.people["manager"]
    version = _attempt(game, False, user, lambda door: expecting.expect(door, game.sites[code], first, last))
    for each in game.world.confirmed:
        overlap = (last is None or each.first <= last) and (each.last is None or each.last >= first)
        if each.site == code and each.to_v is None and overlap:
            each.to_v = version
    game.world.confirmed.append(Confirmed(code, first, last, version))


def _reclassify(game, step, number):
    reference = sorted(game.parts)[step.which % len(game.parts)]
    family, user = worlds.FAMILIES[step.who % 3], game.people["manager"]
    row, into = Part.objects.get(pk=game.parts[reference].pk), Family.objects.get(code=family)
    version = _attempt(game, False, user, lambda door: ledger.reclassify(door, row, into))
    now = next(each for each in game.world.families if each.part == reference and each.to_v is None)
    if now.family != family:
        now.to_v = version
        game.world.families.append(InFamily(reference, family, version))


STEPS = {
    "restate": _restate,
    "submit": _submit,
    "twice": _twice,
    "accept": _accept,
    "return": _return,
    "roll back": _roll_back,
    "close": _close,
    "close all": _close_all,
    "reopen": _reopen,
    "expect": _expect,
    "reclassify": _reclassify,
}
