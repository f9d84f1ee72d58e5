"""The tables of production, by subject."""

from production.models.agreed import AgreedRange
from production.models.balance import BalanceNote
from production.models.base import MEASURE_NAMES, MEASURES, SOLD
from production.models.calendar import DueRule, Holiday, Season
from production.models.declarations import Declaration, Head, OutputLine
from production.models.notes import MonthNote
from production.models.periods import Expected, PeriodState, Reminder
from production.models.ranges import Exemption, Range, RangePart, RangeStart
from production.models.revisions import Revision
from production.models.staging import StagedLine
from production.models.sums import Cell, Posting, Standing
from production.models.targets import StagedTarget, Target, TargetAmount
from production.models.trade import Source, StagedTrade, TradeHead, TradeLine, TradeReturn, TradeStanding

# Tables to which the application's database role may only add.
PROTECTED = [
    "production_outputline",
    "production_posting",
    "production_reminder",
    "production_balancenoteevent",
    "production_targetamount",
    "production_targetevent",
    "production_monthnoteevent",
    "production_seasonevent",
    "production_rangeevent",
    "production_tradeline",
]

__all__ = [
    "MEASURES",
    "MEASURE_NAMES",
    "PROTECTED",
    "SOLD",
    "AgreedRange",
    "BalanceNote",
    "Cell",
    "Declaration",
    "DueRule",
    "Exemption",
    "Expected",
    "Head",
    "Holiday",
    "MonthNote",
    "OutputLine",
    "PeriodState",
    "Posting",
    "Range",
    "RangePart",
    "RangeStart",
    "Reminder",
    "Revision",
    "Season",
    "Source",
    "StagedLine",
    "StagedTarget",
    "StagedTrade",
    "Standing",
    "Target",
    "TargetAmount",
    "TradeHead",
    "TradeLine",
    "TradeReturn",
    "TradeStanding",
]
