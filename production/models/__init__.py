"""The tables of production, by subject."""

from production.models.balance import BalanceNote
from production.models.base import MEASURE_NAMES, MEASURES, SOLD
from production.models.calendar import DueRule, Holiday, Season
from production.models.declarations import Declaration, Head, OutputLine
from production.models.notes import MonthNote
from production.models.periods import Expected, PeriodState, Reminder
from production.models.revisions import Revision
from production.models.staging import StagedLine
from production.models.sums import Cell, Posting, Standing
from production.models.targets import Target, TargetAmount
from production.models.trade import Range, TradeLine, TradeReturn

# Tables to which the application's database role may only add.
PROTECTED = ["production_outputline", "production_posting", "production_reminder", "production_balancenoteevent"]
PROTECTED += [
    "production_targetamount",
    "production_targetevent",
    "production_monthnoteevent",
    "production_seasonevent",
]

__all__ = [
    "MEASURES",
    "MEASURE_NAMES",
    "PROTECTED",
    "SOLD",
    "BalanceNote",
    "Cell",
    "Declaration",
    "DueRule",
    "Expected",
    "Head",
    "Holiday",
    "MonthNote",
    "OutputLine",
    "PeriodState",
    "Posting",
    "Range",
    "Reminder",
    "Revision",
    "Season",
    "StagedLine",
    "Standing",
    "Target",
    "TargetAmount",
    "TradeLine",
    "TradeReturn",
]
