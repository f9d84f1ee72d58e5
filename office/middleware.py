"""The moment of a request, and how many notices its person has not seen."""

from django.utils.functional import SimpleLazyObject

from office import clock, notices


class Now:
    """Give each request its moment: version, business day, demonstration; and its unseen notices. Read once, when first asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.moment = SimpleLazyObject(clock.moment)
        request.unseen = SimpleLazyObject(lambda: notices.unseen(request.user))
        return self.get_response(request)
