"""What any page can carry: the data version, the log of writes and of downloads, keys against double sending."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, Member, Role, scope


class Ledger(models.Model):
    """The one row that says which version the data is at. Only the write door moves it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    demo_today = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ledger_one_row")]

    def __str__(self):
        return f"v{self.version}"


class Write(models.Model):
    """One confirmed write: the version it made, when, by whom and why. Rows are only ever added."""

    version = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["version"]

    def __str__(self):
        return f"v{self.version}"


class Key(models.Model):
    """A form that was sent. The same form sent again finds its result here instead of writing twice."""

    key = models.CharField(max_length=64, primary_key=True)
    result = models.CharField(max_length=400, blank=True)

    def __str__(self):
        return self.key


class Download(models.Model):
    """A file that left: who, what, with which filters, how many rows, and which data version it shows.

    A report says besides its kind, its year and the day of its situation, so that one can ask what changed since.
    """

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    filters = models.TextField(blank=True)
    rows = models.PositiveIntegerField()
    version = models.BigIntegerField()
    report = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    as_of = models.DateField(null=True)

    class Meta:
        verbose_name = _("download")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.name


class AttachmentQuerySet(models.QuerySet):
    """Attachments in the words of the office."""

    def visible_to(self, user):
        """Return the attachments of the firms this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(firm__in=allowed)


class Attachment(models.Model):
    """A scan or document that proves something: known by its content, served only to those who see its firm."""

    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    file = models.FileField(upload_to="attachments/%Y/%m", max_length=255)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="attachment_sha256")]

    def __str__(self):
        return self.name


class SavedViewQuerySet(models.QuerySet):
    """Saved views in the words of the office."""

    def visible_to(self, user):
        """Return the views of this person, and those that others let them see.

        A group is the people with one of its owner's roles or, for suppliers, those who declare for the same firm. A view says names in
        its own name and filters, so people of suppliers see no view from outside their firm, whomever it is for.
        """
        own, shared = Q(owner=user), ~Q(audience=SavedView.Audience.MINE)
        firm = Q(owner__in=Member.objects.filter(firm__in=_firms(user)).values("user"))
        if not user.may("see_all"):
            return self.filter(own | (shared & firm))
        roles = Q(audience=SavedView.Audience.GROUP, owner__roles__overlap=_house_roles(user))
        return self.filter(own | Q(audience=SavedView.Audience.EVERYONE) | roles)

    def removable_by(self, user):
        """Return the views that this person may delete: their own; who enters data may delete those for everyone too."""
        own, everyone = Q(owner=user), Q(audience=SavedView.Audience.EVERYONE)
        return self.visible_to(user).filter(own | everyone if user.may("enter") else own)


def _firms(user):
    return Member.objects.filter(user=user).values("firm")


def _house_roles(user):
    """Return the roles by which people of the house make a group: to declare for a firm makes none."""
    return [role for role in user.roles if role != Role.SUPPLIER]


class SavedView(models.Model):
    """A list as somebody wants to find it again: its columns, order, filters, conditions and page size, under a name.

    `page`: the name of the list's address; `query`: what stands behind it. It holds no rows: who opens it sees their own.
    """

    class Audience(models.TextChoices):
        """Who finds it in the menu of the list."""

        MINE = "mine", _("Only me")
        GROUP = "group", _("My group")
        EVERYONE = "everyone", _("Everyone")

    name = models.CharField(_("name of the view"), max_length=80)
    page = models.CharField(max_length=60)
    query = models.CharField(max_length=4000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="+"
    )
    audience = models.CharField(_("who finds it"), max_length=8, choices=Audience, default=Audience.MINE)
    version = models.PositiveIntegerField(default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="view_named", violation_error_message=_("Give the view a name.")
            ),
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="view_name_once",
                violation_error_message=_("You have a view of this name on this list already."),
            ),
        ]

    def __str__(self):
        return self.name


PROTECTED = ["office_write", "office_download"]
