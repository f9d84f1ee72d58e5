"""bin/manage figure NAME: ask any figure, as the pages do."""

from django.utils.translation import gettext as _

from office import clock
from office.asking import ask
from office.commands import Command as Base
from office.commands import filters
from office.door import Refused
from partstrack import registry
from partstrack.figures import WrongCall


class Command(Base):
    help = "Answer a figure: value, growth, coverage, and its rows by a dimension."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?")
        parser.add_argument("--list", action="store_true", help="list the figures")
        for word in ("year", "from", "to", "base-year", "by", "as-of", "on"):
            parser.add_argument(f"--{word}", dest=word)
        parser.add_argument("--filter", action="append", default=[], metavar="KEY=VALUE")
        super().add_arguments(parser)

    def run(self, user, options):
        if options["list"] or not options["name"]:
            return {"figures": [self._described(each) for each in registry.all_of("figures")]}
        figure = registry.figure(options["name"])
        if not user.may(figure.right):
            raise Refused(_("Your role does not include this figure."))
        if options["year"] and (options["from"] or options["to"]):
            raise WrongCall("Give --year, or --from and --to, not both.")
        question = ask(user, clock.moment(), options, filters(options["filter"]), parts=True)
        return figure.compute(question).as_json()

    def _described(self, figure):
        return {
            "name": figure.name,
            "title": str(figure.title),
            "definition": str(figure.definition),
            "unit": figure.unit,
            "by": list(figure.dims),
            "filters": list(figure.filters),
        }
