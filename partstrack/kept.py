"""Answers of figures, and what they read, are kept as long as the data do not change, and never shown to whom they are not for.

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
from django.utils.functional import SimpleLazyObject
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
            return self._answers[key][0]

    def put(self, key, answer, weight):
        """Keep an answer of so many rows, and let go of those that were not asked for longest.

        One that would take more than half of the room is not kept: it would drive out what others share.
        """
        if weight > self.most // 2:
            return
        with self._lock:
            self._let_go(key)
            self._answers[key] = (answer, weight)
            self.held += weight
            while self.held > self.most and self._answers:
                self._let_go(next(iter(self._answers)))

    def clear(self):
        """Let go of everything."""
        with self._lock:
            self._answers.clear()
            self.held = 0

    def _let_go(self, key):
        _answer, weight = self._answers.pop(key, (None, 0))
        self.held -= weight


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
            KEPT.put(key, answer, 1 + len(answer.groups or ()))
        rows = answer.queryset
        # Whoever reads rows keeps them alone.
        return answer if rows is None else replace(answer, queryset=SimpleLazyObject(lambda: rows.all()))

    return answered


def once(ask, name, words, read, weight=len):
    """Return `read()`, read once for a state of the data: what several figures need. Nobody changes what this returns.

    `words`: all that it depends on besides the state of the data, hashable; `weight(found)`: how many rows it holds.
    """
    if not ask.data or not KEPT.most:
        return read()
    key = (name, ask.data, words)
    found = KEPT.get(key)
    if found is None:
        found = read()
        KEPT.put(key, found, 1 + weight(found))
    return found


def each_once(ask, name, words, keys, read):
    """Return {key: found} of several things that figures need, each read once for a state of the data.

    `read(keys)` returns {key: found} of those that are not kept yet, all of them, in one go.
    """
    if not ask.data or not KEPT.most:
        return read(keys)
    found = {key: KEPT.get((name, ask.data, words, key)) for key in keys}
    absent = [key for key, each in found.items() if each is None]
    for key, each in read(absent).items() if absent else ():
        KEPT.put((name, ask.data, words, key), each, 1 + len(each))
        found[key] = each
    return found


def words_of(ask):
    """Return all that a question says, hashable."""
    said = {field.name: getattr(ask, field.name) for field in fields(ask)}
    return tuple(sorted(said.pop("filters").items())), *said.values()


def _key(name, ask):
    return (name, get_language(), words_of(ask))
