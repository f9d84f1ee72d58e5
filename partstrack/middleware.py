"""What every request passes: it gets a reference, the language is the person's, answers stay private."""

import secrets

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control


def chosen_language(request):
    """Return the language of the cookie, else French: the first language here whatever the browser prefers."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class Faults:
    """Give every request a short reference, shown on a fault's page and written in the log."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reference = secrets.token_hex(4)
        return self.get_response(request)


class Compressed(GZipMiddleware):
    """Send pages compressed. Files go as they are: they are long, and a workbook is compressed already."""

    def process_response(self, request, response):
        """Compress a page for a browser that takes it so."""
        return response if response.streaming else super().process_response(request, response)


class Language:
    """Speak the language of the person's cookie; French when there is none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = chosen_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response


class Private:
    """Keep pages of signed-in people out of shared and disk caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
