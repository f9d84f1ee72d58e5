"""What is remembered of a sender: what it was asked once, so that its next file is not asked again."""

from intake.models import SenderProfile

ANSWERS = ("decimal", "measure", "unit")


def remembered(kind, code):
    """Return what the firm of a code answered about this kind of file; {} when nothing is remembered."""
    profile = SenderProfile.objects.filter(kind=kind, firm__code=code or "").first()
    return dict(profile.answers) if profile else {}


def remember(firm, kind, answers):
    """Keep what a sender was asked once. An empty answer is forgotten."""
    profile, _made = SenderProfile.objects.get_or_create(firm=firm, kind=kind)
    profile.answers = {name: value for name, value in {**profile.answers, **answers}.items() if value}
    profile.version += 1
    profile.save()
