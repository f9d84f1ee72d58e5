"""The moment of a request."""

from django.utils.functional import SimpleLazyObject

from office import clock


class Now:
    """Give each request its moment: version, business day, demonstration. Read once, when first asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.moment = SimpleLazyObject(clock.moment)
        return self.get_response(request)
