"""What every page's frame needs."""

from partstrack import registry


def frame(request):
    """Give the templates the moment, the navigation entries this person may open, and how many notices wait."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    rail = sorted((item for item in registry.all_of("rail") if user.may(item.right)), key=lambda item: item.order)
    return {
        "moment": request.moment,
        "rail": rail,
        "unseen": getattr(request, "unseen", 0) if user.may("see") else None,
    }
