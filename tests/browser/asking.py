"""Commands as a script calls them: arguments in, one JSON object and an exit code out."""

import json
from io import StringIO

from django.core.management import call_command


def ask(*arguments):
    """Call a command with --json; returns (what it answered, exit code)."""
    said = StringIO()
    try:
        call_command(*map(str, arguments), "--json", stdout=said)
    except SystemExit as end:
        return json.loads(said.getvalue()), end.code
    return json.loads(said.getvalue()), 0


def figure(name="produced", **question):
    """Ask a figure: figure(year=2019, supplier="W1")."""
    words = {"year", "base-year", "from", "to", "by", "as-of"}
    options = [f"--{word}={value}" for word, value in question.items() if word in words]
    filters = [f"--filter={word}={value}" for word, value in question.items() if word not in words]
    answer, code = ask("figure", name, *options, *filters)
    assert code == 0, answer
    return answer
