"""People and firms: who may do what, and whose rows are whose."""

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partstrack.searching import trigrams

COMMAND_LINE = "cli"  # the account that commands act as: nobody signs in with it
ERASED = "@erased.invalid"  # ends the address of a pseudonym: no mail can be sent there
CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class Role(models.TextChoices):
    """What a person is in the house. A person may be several."""

    ANALYST = "analyst", _("Analyst")
    ADMIN = "admin", _("Admin")
    MANAGER = "manager", _("Manager")
    SUPPLIER = "supplier", _("Supplier")
    SYSTEM = "system", _("System administrator")


# A right and the roles that include it. A view names its right; nothing else decides.
RIGHTS = {
    "any": set(Role),  # pages whose parts state their own right
    "see": {Role.ANALYST, Role.ADMIN, Role.MANAGER, Role.SUPPLIER},
    "see_all": {Role.ANALYST, Role.ADMIN, Role.MANAGER},
    "name_people": {Role.ADMIN, Role.MANAGER, Role.SYSTEM},  # in files that leave
    "download": {Role.ANALYST, Role.ADMIN, Role.MANAGER, Role.SUPPLIER},
    "upload": {Role.ADMIN, Role.MANAGER, Role.SUPPLIER},
    "enter": {Role.ADMIN, Role.MANAGER},
    "approve": {Role.MANAGER},
    "close": {Role.MANAGER},
    "report": {Role.MANAGER},
    "oversee": {Role.ADMIN},  # jobs of everybody, the proof of all figures
    "people": {Role.SYSTEM},
}


class UserManager(BaseUserManager):
    """Make users by e-mail address."""

    def create_user(self, email, password=None, **fields):
        """Create a person; without a password they cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create a person with every role."""
        return self.create_user(email, password, is_superuser=True, roles=list(Role.values), **fields)

    def get_by_natural_key(self, email):
        """Find a person by address, whatever its case."""
        return self.get(email__iexact=email)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["password", "last_login"]
)
class User(AbstractBaseUser):
    """A person who signs in, or the account `cli` of the command line."""

    email = models.CharField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    roles = ArrayField(models.CharField(max_length=16, choices=Role), default=list, blank=True, verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fr")
    is_active = models.BooleanField(_("active"), default=True)
    is_superuser = models.BooleanField(default=False)
    # Whether signing in takes a code as well: accounts/second_factor.py writes it along with the secret, which no history keeps.
    second_factor = models.BooleanField(_("second factor"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email", "pk"]
        indexes = [trigrams("user_searched", "name", "email")]
        constraints = [
            models.CheckConstraint(
                condition=Q(roles__contained_by=list(Role.values)),
                name="user_roles_known",
                violation_error_message=_("Choose roles from the list."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def erased(self):
        """Whether name and address gave way to a pseudonym."""
        return self.email.endswith(ERASED)

    @property
    def is_staff(self):
        """Nobody works in the Django admin; superusers may."""
        return self.is_superuser

    def has_perm(self, perm, obj=None):
        """Django's own permissions are for superusers only; the product asks may()."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, label):
        """See has_perm."""
        return self.is_active and self.is_superuser

    def may(self, right):
        """Say whether one of this person's roles includes a right. KeyError: no such right."""
        roles = RIGHTS[right]
        return self.is_active and (self.is_superuser or any(role in roles for role in self.roles))

    def sees(self):
        """Return None when this person sees every firm, else the frozenset of firm ids that are theirs."""
        return scope(self)

    def role_names(self):
        """Return the person's roles in words."""
        return [Role(role).label for role in self.roles]


class FirmQuerySet(models.QuerySet):
    """Firms in the words of the trade."""

    def visible_to(self, user):
        """Return the firms this person may see."""
        return self.within(scope(user))

    def within(self, allowed):
        """Return those of a set of firm ids; None: all."""
        return self if allowed is None else self.filter(pk__in=allowed)

    def living(self):
        """Return firms that were not merged into another."""
        return self.filter(merged_into=None)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Firm(models.Model):
    """An organisation: maker, brand, distributor, vehicle maker, authority. Names keep their own script."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_ar = models.CharField(_("name in Arabic script"), max_length=160, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("parent firm"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    version = models.PositiveIntegerField(default=1)

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name"], name="firm_by_name"),
            trigrams("firm_searched", "code", "name", "name_ar"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="firm_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="firm_named", violation_error_message=_("Give the firm a name.")
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="firm_not_own_parent",
                violation_error_message=_("A firm cannot be its own parent."),
            ),
        ]

    def __str__(self):
        return self.name

    def name_in(self, language):
        """Return the name in the script of a language: Arabic where there is one."""
        return self.name_ar if language == "ar" and self.name_ar else self.name

    def belongs_to(self, other):
        """Say whether this firm is below another one, however far down."""
        above, seen = self, set()
        while above is not None and above.pk not in seen:
            if above.parent_id == other.pk:
                return True
            seen.add(above.pk)
            above = above.parent
        return False

    def name_on(self, day, language):
        """Return the name that it bore on a day, in the script of a language; `aliases` may be prefetched."""
        arabic = language == "ar" and bool(self.name_ar)
        former = [each for each in self.aliases.all() if each.until and each.until > day and each.arabic == arabic]
        return min(former, key=lambda each: each.until).name if former else self.name_in(language)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FirmAlias(models.Model):
    """Another spelling under which senders know a firm, or a name that it bore until a day (not included)."""

    firm = models.ForeignKey(Firm, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other name"), max_length=160, unique=True)
    until = models.DateField(_("its name until"), null=True, blank=True)

    class Meta:
        verbose_name = _("other name")
        ordering = ["name", "pk"]
        indexes = [trigrams("firm_alias_searched", "name")]

    def __str__(self):
        return self.name

    @property
    def arabic(self):
        """Whether it is written in Arabic script."""
        return any("\u0600" <= letter <= "\u06ff" for letter in self.name)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Member(models.Model):
    """A person who declares for a firm."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="members")

    class Meta:
        verbose_name = _("firm that a person declares for")
        ordering = ["firm", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "firm"],
                name="member_once",
                violation_error_message=_("This person already declares for this firm."),
            )
        ]

    def __str__(self):
        return f"{self.user} – {self.firm}"


def scope(user):
    """Return None when this person sees every firm, else the frozenset of firm ids that are theirs."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser or user.may("see_all"):
        return None
    if not hasattr(user, "_scope"):
        user._scope = frozenset(Member.objects.filter(user=user).values_list("firm_id", flat=True))
    return user._scope


def manageable(user):
    """Return the people whom a system administrator manages; those with every right manage each other."""
    people = User.objects.exclude(email=COMMAND_LINE)
    return people if user.is_superuser else people.filter(is_superuser=False)
