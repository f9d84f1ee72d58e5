"""The spans of localisation projects as they are drawn: planned, done, late, expected. Pure: steps come in, rows go out."""

from partstrack.charts_spans import AHEAD, DONE, LATE, PLANNED, Row
from suppliers.schedule import lateness


def of_stages(found, today, named):
    """Return a Row each stage of one project that has a day. `named(step)`: (its label, what its tip says).

    A stage lasts from the one before it until itself; what lies behind its planned day is late. The first that was not
    reached is what is worked on until `today`; from there on days are those that may be expected.
    """
    rows, before, ended, going = [], None, None, False
    for step in found:
        spans = []
        if step.planned:
            spans.append((PLANNED, min(before or step.planned, step.planned), step.planned))
            before = step.planned
        if step.actual:
            spans += _worked(min(ended or step.actual, step.actual), step.actual, step.planned)
            ended = step.actual
        elif step.planned:
            if step.overdue or not going:
                spans += _worked(step.planned if going else min(ended or today, today), today, step.planned)
            spans.append((AHEAD, min(max(ended or today, today), step.expected), step.expected))
            ended, going = step.expected, True
        if step.planned or step.actual:
            rows.append(Row(*named(step), _long(spans), _known([step.planned]), _known([step.actual])))
    return rows


def _worked(first, last, planned):
    """Return the spans of work from one day to another, what lies behind the planned day as late."""
    cut = last if planned is None else min(max(planned, first), last)
    return [(DONE, first, cut), (LATE, cut, last)]


def latest_first(pairs):
    """Return [(project, its steps)] of those that have a day, the latest first."""
    dated = [(project, found) for project, found in pairs if any(step.planned or step.actual for step in found)]
    return sorted(dated, key=lambda pair: (-lateness(pair[1]), pair[0].code))


def of_projects(pairs, today, named):
    """Return a Row each project, in the order given. `named(project, found)`: (its label, what its tip says).

    Work runs from the first stage that was reached until the last one, or until `today` while one is still to come; it is
    late from the first planned day that passed unreached.
    """
    rows = []
    for project, found in pairs:
        planned, reached = _known(step.planned for step in found), _known(step.actual for step in found)
        expected = _known(step.expected for step in found)
        spans = [(PLANNED, min(planned), max(planned))] if planned else []
        overdue = min((step.planned for step in found if step.overdue), default=None)
        if reached:
            until = today if expected else max(reached)
            spans.append((DONE, min(reached), until if overdue is None else max(min(overdue, until), min(reached))))
        if overdue:
            spans.append((LATE, overdue, today))
        if expected:
            spans.append((AHEAD, today, max(expected)))
        rows.append(Row(*named(project, found), _long(spans), planned, reached, project.phase_out_on))
    return rows


def _known(days):
    return tuple(day for day in days if day)


def _long(spans):
    """Return the spans that last: those of no day would be drawn as a line."""
    return tuple(span for span in spans if span[1] < span[2])
