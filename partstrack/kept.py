"""Answers of figures are kept as long as the data do not change, and never shown to whom they are not for.

What is kept is the answer to a question: numbers, never a page with its tokens, buttons and messages. The question carries
all that an answer depends on: whose firms, filters, months, situation, today; beside it stand the language and the state of
the data (`Ask.data`), which every write moves. So nothing is ever taken out because it became wrong: it is not found any more.
In the memory of each process, bounded by the number of rows that answers hold; what was not asked for longest goes first.
"""

from collections import OrderedDict
from dataclasses import fields, replace
from functools import wraps
from threading import Lock

from django.conf import settings
from django.utils.translation import get_language


class Kept:
    """Answers by question. `most`: how many rows (groups, and one an answer) they may hold together."""

    def __init__(self, most):
        self.most, self.held = most, 0
        self._answers, self._lock = OrderedDict(), Lock()

    def get(self, key):
        """Return the answer to a question, None when there is none."""
        with self._lock:
            if key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return self._answers[key]

    def put(self, key, answer):
        """Keep an answer, and let go of those that were not asked for longest."""
        with self._lock:
            self._let_go(key)
            self._answers[key] = answer
            self.held += _weight(answer)
            while self.held > self.most and self._answers:
                self._let_go(next(iter(self._answers)))

    def clear(self):
        """Let go of everything."""
        with self._lock:
            self._answers.clear()
            self.held = 0

    def _let_go(self, key):
        answer = self._answers.pop(key, None)
        self.held -= _weight(answer) if answer is not None else 0


def _weight(answer):
    return 1 + len(answer.groups or ())


KEPT = Kept(settings.KEPT_ROWS)


def kept(name, compute):
    """Return `compute(ask)` of a figure, with its answers kept. A question that carries no state of the data is asked anew."""

    @wraps(compute)
    def answered(ask):
        if not ask.data or not KEPT.most:
            return compute(ask)
        key = _key(name, ask)
        answer = KEPT.get(key)
        if answer is None:
            answer = compute(ask)
            KEPT.put(key, answer)
        rows = answer.queryset
        return answer if rows is None else replace(answer, queryset=rows.all())  # whoever reads rows keeps them alone

    return answered


def _key(name, ask):
    words = {field.name: getattr(ask, field.name) for field in fields(ask)}
    return (name, get_language(), tuple(sorted(words.pop("filters").items())), *words.values())
