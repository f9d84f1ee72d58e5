"""What every page's frame needs."""

from partstrack import registry


def frame(request):
    """Give the templates the moment and the navigation entries this person may open."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    rail = sorted((item for item in registry.all_of("rail") if user.may(item.right)), key=lambda item: item.order)
    return {"moment": request.moment, "rail": rail}
