"""bin/manage rate METHOD: count a rate from typed numbers or from a list of items, by the code of the pages."""

from pathlib import Path

from django.utils.translation import gettext as _

from integration.calculating import items_of
from integration.figures import rule_of
from integration.methods import METHODS, Refused, listed, worked
from office import clock
from office.asking import ask
from office.commands import Command as Base
from office.commands import RefusedCall
from partstrack.figures import WrongCall, text
from partstrack.numbers import Ambiguous, NotANumber, parse_number

NUMBERS = {number.name: number for method in METHODS.values() for number in method.numbers}
MANY = {number.name for method in METHODS.values() for number in method.numbers if number.many}


class Command(Base):
    help = "Count a rate by a method: from numbers, or from a list of items in a file. Nothing is kept."

    def add_arguments(self, parser):
        parser.add_argument("method", nargs="?", help=", ".join(METHODS))
        parser.add_argument("--list", action="store_true", help="list the methods and their numbers")
        for name, number in NUMBERS.items():
            many = {"nargs": "+"} if name in MANY else {}
            parser.add_argument(
                f"--{name.replace('_', '-')}", dest=name, metavar="X", help=str(number.title).replace("%", "%%"), **many
            )
        parser.add_argument("--items", metavar="FILE", help="a workbook or csv: one row for each item")
        parser.add_argument("--rule", metavar="CODE", help="with --items: count as a rule of calculation says")
        super().add_arguments(parser)

    def run(self, user, options):
        if options["list"] or not options["method"]:
            return {"methods": [_described(method) for method in METHODS.values()]}
        if options["method"] not in METHODS:
            raise WrongCall(f"There is no method {options['method']!r}. There are: {', '.join(METHODS)}.")
        method = METHODS[options["method"]]
        given = [name for name in NUMBERS if options[name] is not None]
        if options["items"]:
            if given:
                raise WrongCall("Give numbers or --items, not both.")
            return self._listed(user, method, options)
        taken = [number.name for number in method.numbers]
        if strange := [name for name in given if name not in taken]:
            words = ", ".join(f"--{name.replace('_', '-')}" for name in taken)
            raise WrongCall(f"{method.name} does not take --{strange[0].replace('_', '-')}. It takes {words}.")
        if options["rule"]:
            raise WrongCall("--rule goes with --items.")
        try:
            found = worked(method, {number.name: self._said(number, options[number.name]) for number in method.numbers})
        except Refused as refusal:
            raise RefusedCall(_refused(method, [_fault(refusal)])) from None
        return _answer(method, found)

    def _said(self, number, said):
        """Return what a method takes: one number, or several."""
        if said is None:
            return None
        several = said if isinstance(said, list) else [said]
        if len(several) > 1 and not number.many:
            raise WrongCall(f"--{number.name.replace('_', '-')} takes one number here.")
        read = [self._read(number.name, each) for each in several]
        return read if number.many else read[0]

    def _read(self, name, said):
        try:
            return parse_number(said)
        except Ambiguous:
            remedy = _("Write it without a mark of thousands, as 2875 or 2.8750.")
            raise Refused(name, _("“%(text)s” can be read in two ways.") % {"text": said}, remedy) from None
        except NotANumber:
            raise WrongCall(f"--{name.replace('_', '-')}: {said!r} is no number.") from None

    def _listed(self, user, method, options):
        path = Path(options["items"])
        if not path.is_file():
            raise WrongCall(f"There is no file {options['items']!r}.")
        policy = rule_of(ask(user, clock.moment(), {}, {"rule": options["rule"]}))
        if policy and policy.method != method.name:
            raise WrongCall(f"The rule {policy.code!r} is of {policy.method}, not of {method.name}.")
        items, faults = items_of([path.read_bytes()], path.name, user)
        if faults:
            raise RefusedCall(_refused(method, [_of_cell(fault) for fault in faults]))
        try:
            found, counted = listed(method, items, policy.rule if policy else None)
        except Refused as refusal:
            raise RefusedCall(_refused(method, [_fault(refusal)])) from None
        lines = [
            {"key": str(line.item.key), "why": line.why, "low": text(line.low), "high": text(line.high)}
            for line in counted.lines
        ]
        return _answer(method, found) | {"rule": policy.code if policy else None, "items": lines}


def _described(method):
    numbers = [f"--{number.name.replace('_', '-')}" for number in method.numbers]
    return {
        "name": method.name,
        "title": str(method.title),
        "formula": method.symbols,
        "source": method.source,
        "numbers": numbers,
        "items": method.rule is not None,
    }


def _answer(method, found):
    return {
        "state": "done",
        "method": method.name,
        "title": str(method.title),
        "formula": method.symbols,
        "source": method.source,
        "unit": "percent",
        "value": text(found.value),
        "lowest": text(found.value),
        "highest": text(found.highest),
        "numerator": text(found.low),
        "denominator": text(found.denominator),
        "working": [{"what": str(what), "amount": text(amount)} for what, amount in found.steps],
        "faults": [],
    }


def _refused(method, faults):
    return {"state": "refused", "method": method.name, "value": None, "faults": faults}


def _fault(refusal):
    return {
        "sheet": "",
        "row": None,
        "column": refusal.name,
        "value": "",
        "reason": str(refusal.reason),
        "remedy": str(refusal.remedy),
    }


def _of_cell(fault):
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "reason": str(fault.reason),
        "remedy": str(fault.remedy),
    }
