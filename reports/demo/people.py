"""The people of the demonstration: one of each role. Nobody has a password: the sign-in page has a button for each."""

from dataclasses import dataclass

from accounts.models import Role, User


@dataclass(frozen=True)
class Account:
    """An account of the demonstration; `firm` is the code of the firm that a supplier's user declares for."""

    email: str
    name: str
    role: Role
    firm: str = ""


ACCOUNTS = (
    Account("analyste@demo.invalid", "Analyste démo", Role.ANALYST),
    Account("admin@demo.invalid", "Admin démo", Role.ADMIN),
    Account("manager@demo.invalid", "Manager démo", Role.MANAGER),
    Account("fournisseur@demo.invalid", "Fournisseur démo", Role.SUPPLIER, firm="P05"),
    Account("systeme@demo.invalid", "Administration système démo", Role.SYSTEM),
)


def open_accounts():
    """Make the accounts, or bring them back to what they were; returns {role: user}."""
    return {account.role: _open(account) for account in ACCOUNTS}


def _open(account):
    user = User.objects.filter(email=account.email).first() or User(email=account.email)
    user.name, user.roles, user.is_active, user.is_superuser = account.name, [str(account.role)], True, False
    user.set_unusable_password()
    user.save()
    return user


def existing():
    """Return the accounts of the demonstration that can be used, in their order."""
    known = set(User.objects.filter(is_active=True).values_list("email", flat=True))
    return [account for account in ACCOUNTS if account.email in known]
