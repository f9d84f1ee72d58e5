"""Guessing is slowed, and the person is told for how long. The counters are allauth's, in the shared cache."""

import math
import time

from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.shortcuts import render

APP = "allauth.account"


def seconds_left(request, action, key=None):
    """Return the seconds until an action may be tried again, at least 1.

    `key`: what a limit per account counts by; without it only limits per address and per person are looked at.
    """
    moments = [_free_at(request, action, rate, key) for rate in get_rates(app=APP, action=action)]
    return max(1, math.ceil(max(moments, default=0) - time.time()))


def _free_at(request, action, rate, key):
    if rate.per == "key" and key is None:
        return 0
    counted = get_cache_key(request, app=APP, action=action, rate=rate, key=key)
    history = cache.get(counted, [])  # instants of the tries, the newest first
    return history[rate.amount - 1] + rate.duration if len(history) >= rate.amount else 0


def slowed(request, seconds):
    """Return the page 429 with the time left."""
    words = {"seconds": seconds, "minutes": math.ceil(seconds / 60)}
    answer = render(request, "account/slowed.html", words, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
