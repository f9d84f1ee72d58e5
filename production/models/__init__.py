"""The tables of production, by subject."""

from production.models.base import MEASURE_NAMES, MEASURES, SOLD
from production.models.declarations import Declaration, Head, OutputLine
from production.models.periods import Expected, PeriodState
from production.models.revisions import Revision
from production.models.staging import StagedLine
from production.models.sums import Cell, Posting, Standing
from production.models.trade import Range, TradeLine, TradeReturn

# Tables to which the application's database role may only add.
PROTECTED = ["production_outputline", "production_posting"]

__all__ = [
    "MEASURES",
    "MEASURE_NAMES",
    "PROTECTED",
    "SOLD",
    "Cell",
    "Declaration",
    "Expected",
    "Head",
    "OutputLine",
    "PeriodState",
    "Posting",
    "Range",
    "Revision",
    "StagedLine",
    "Standing",
    "TradeLine",
    "TradeReturn",
]
