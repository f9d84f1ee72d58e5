"""A map of equal tiles: one square a wilaya, shaded in four steps. Geography is not mirrored for Arabic."""

from dataclasses import dataclass
from decimal import Decimal

SIDE = 26  # pixels of a tile in the drawing's own measure
GAP = 2.5


@dataclass(frozen=True)
class Cell:
    """What is drawn: a code at a column and row (halves are allowed), its value or None for "not said"."""

    code: str
    column: Decimal | float
    row: Decimal | float
    value: Decimal | int | None
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """A cell with its place in the drawing and its shade: 0 nothing, 1 lightest … 4 darkest."""

    cell: Cell
    shade: int
    x: str
    y: str
    middle_x: str
    middle_y: str


@dataclass(frozen=True)
class Step:
    """An entry of the legend: values from `low` to `high`, both included."""

    shade: int
    low: Decimal | int
    high: Decimal | int


@dataclass(frozen=True)
class TileMap:
    """A drawing of tiles. `rows` are the cells by value, for the table beside it."""

    tiles: tuple[Tile, ...]
    steps: tuple[Step, ...]
    rows: tuple[Cell, ...]
    width: str
    height: str
    side: int = SIDE
    has_empty: bool = True


def build(cells, classes=4):
    """Return the TileMap of cells; `classes` shades hold about as many wilayas each."""
    cells = tuple(cells)
    steps = shades([cell.value for cell in cells if cell.value], classes)
    left, top = min((cell.column for cell in cells), default=0), min((cell.row for cell in cells), default=0)
    right, foot = max((cell.column for cell in cells), default=0), max((cell.row for cell in cells), default=0)
    return TileMap(
        tiles=tuple(_tile(cell, steps, left, top) for cell in cells),
        steps=steps,
        rows=tuple(sorted(cells, key=lambda cell: (-(cell.value or 0), cell.code))),
        width=_pixels(right - left, SIDE),
        height=_pixels(foot - top, SIDE),
        has_empty=any(not cell.value for cell in cells),
    )


def shades(values, classes=4):
    """Return the steps that cut values above 0 into classes of about equal count; equal values stay together."""
    ordered = sorted(values)
    distinct = sorted(set(values))
    if len(distinct) <= classes:
        bounds = distinct
    else:
        bounds = sorted({ordered[len(ordered) * number // classes - 1] for number in range(1, classes + 1)})
    starts = (
        [distinct[0], *(min(value for value in distinct if value > bound) for bound in bounds[:-1])] if bounds else []
    )
    darkest_first = classes - len(bounds) + 1
    return tuple(
        Step(darkest_first + place, low, high) for place, (low, high) in enumerate(zip(starts, bounds, strict=True))
    )


def _tile(cell, steps, left, top):
    shade = next((step.shade for step in steps if cell.value and cell.value <= step.high), 0)
    x, y = cell.column - left, cell.row - top
    return Tile(cell, shade, _pixels(x), _pixels(y), _pixels(x, SIDE / 2), _pixels(y, SIDE / 2))


def _pixels(count, more=0):
    return f"{float(count) * (SIDE + GAP) + more:g}"
