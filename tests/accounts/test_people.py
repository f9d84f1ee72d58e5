"""People: made and changed by a system administrator, who gives their own password with it."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.forms import printed
from accounts.models import Member, Role, User
from tests import making

pytestmark = pytest.mark.django_db
OWN = "the password of the system"


@pytest.fixture
def system(client, moment):
    """A system administrator, signed in."""
    person = User.objects.create_user("system@example.org", OWN, roles=[Role.SYSTEM])
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return person


@pytest.fixture
def supplier():
    """Somebody who declares for P05."""
    return making.person("p05@example.org", Role.SUPPLIER, firm=making.firm("P05"))


def words(person=None, **changes):
    """Return what the form of a person sends."""
    said = {
        "email": "new@example.org",
        "name": "",
        "roles": [Role.ANALYST],
        "firms": [],
        "own_password": OWN,
        "seen": "",
    }
    if person:
        firms = list(person.memberships.values_list("firm_id", flat=True))
        said |= {"email": person.email, "roles": person.roles, "firms": firms, "is_active": "on", "seen": seen(person)}
    return said | changes


def seen(person):
    """Return the print that the form of a person carries."""
    return printed(User.objects.get(pk=person.pk))


def change(client, person, **changes):
    """Send the form of a person."""
    return client.post(reverse("user_edit", args=[person.pk]), words(person, **changes))


def test_a_person_is_made_with_roles_and_a_password(client, system):
    answer = client.post(reverse("user_new"), words(email="New@Example.org", name="Nour", password="a good long one"))
    made = User.objects.get(email="new@example.org")
    assert answer.url == reverse("user_list")
    assert (made.name, made.roles, made.is_active, made.check_password("a good long one")) == (
        "Nour",
        ["analyst"],
        True,
        True,
    )


def test_a_person_made_without_a_password_cannot_sign_in(client, system):
    client.post(reverse("user_new"), words())
    assert not User.objects.get(email="new@example.org").has_usable_password()


def test_a_supplier_is_made_with_firms(client, system):
    firms = [making.firm("P05").pk, making.firm("P06").pk]
    client.post(reverse("user_new"), words(roles=[Role.SUPPLIER], firms=firms))
    made = User.objects.get(email="new@example.org")
    assert set(made.memberships.values_list("firm_id", flat=True)) == set(firms)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "SYSTEM@example.org"}, "email"),
        ({"email": "no address"}, "email"),
        ({"roles": ["emperor"]}, "roles"),
        ({"roles": ["supplier"]}, "firms"),
        ({"password": "short"}, "password"),
        ({"own_password": "not mine at all"}, "own_password"),
        ({"own_password": ""}, "own_password"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(client, system, changes, field):
    answer = client.post(reverse("user_new"), words(**changes))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.filter(email="new@example.org").count() == 0


def test_only_suppliers_have_firms(client, system):
    answer = client.post(reverse("user_new"), words(firms=[making.firm("P05").pk]))
    assert list(answer.context["form"].errors) == ["firms"]


def test_roles_and_firms_change_at_once(client, system, supplier):
    change(client, supplier, roles=[Role.SUPPLIER], firms=[making.firm("P06").pk])
    assert list(Member.objects.filter(user=supplier).values_list("firm__code", flat=True)) == ["P06"]
    change(client, supplier, roles=[Role.ANALYST], firms=[])
    supplier.refresh_from_db()
    assert (supplier.roles, supplier.memberships.count()) == (["analyst"], 0)


def test_a_person_who_is_deactivated_is_out_at_the_next_request(client, system, supplier):
    theirs = Client()
    theirs.force_login(supplier, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert theirs.get(reverse("me")).status_code == 200
    said = words(supplier)
    del said["is_active"]
    client.post(reverse("user_edit", args=[supplier.pk]), said)
    assert theirs.get(reverse("me")).status_code == 302


def test_a_role_that_is_taken_is_gone_at_the_next_request(client, system, analyst):
    theirs = Client()
    theirs.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert theirs.get(reverse("figure_list")).status_code == 200
    change(client, analyst, roles=[])
    assert theirs.get(reverse("figure_list")).status_code == 403


def test_a_password_stays_when_none_is_given(client, system):
    person = User.objects.create_user("other@example.org", "the one of before", roles=[Role.ADMIN])
    change(client, person, name="Other")
    person.refresh_from_db()
    assert (person.name, person.check_password("the one of before")) == ("Other", True)


def test_nobody_shuts_themselves_out(client, system):
    answer = change(client, system, roles=[Role.ANALYST])
    assert list(answer.context["form"].errors) == ["roles"]
    said = words(system)
    del said["is_active"]
    answer = client.post(reverse("user_edit", args=[system.pk]), said)
    assert list(answer.context["form"].errors) == ["is_active"]
    system.refresh_from_db()
    assert (system.roles, system.is_active) == (["system"], True)


def test_the_second_of_two_who_change_a_person_sees_both_versions(client, system, supplier):
    read = seen(supplier)
    change(client, supplier, name="First")
    answer = change(client, supplier, name="Second", seen=read)
    assert answer.status_code == 409
    label = answer.context["form"].fields["name"].label
    assert answer.context["differences"] == [(label, "First", "Second")]
    assert User.objects.get(pk=supplier.pk).name == "First"
    change(client, supplier, name="Second", seen=answer.context["form"]["seen"].value())
    assert User.objects.get(pk=supplier.pk).name == "Second"


def test_a_form_without_the_print_is_refused(client, system, supplier):
    said = words(supplier)
    del said["seen"]
    assert client.post(reverse("user_edit", args=[supplier.pk]), said).status_code == 400


def test_guessing_the_administrators_password_is_slowed(client, system, supplier):
    codes = [change(client, supplier, own_password="guess").status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_a_change_stands_in_the_history_with_who_made_it(client, system, supplier):
    change(client, supplier, name="Changed")
    event = apps.get_model("accounts", "UserEvent").objects.filter(name="Changed").get()
    assert event.pgh_context.metadata["user"] == system.pk


def test_the_list_shows_people_and_finds_them(client, system, supplier, analyst):
    page = client.get(reverse("user_list"))
    assert [row.record.email for row in page.context["table"].rows] == [
        "analyst@example.org",
        "p05@example.org",
        "system@example.org",
    ]
    for query, found in (("?role=supplier", "p05"), ("?q=ANALYST", "analyst"), ("?active=no", None)):
        rows = client.get(reverse("user_list") + query).context["table"].rows
        assert [row.record.email for row in rows] == ([f"{found}@example.org"] if found else [])


def test_the_account_of_the_command_line_and_superusers_are_not_managed_here(client, system):
    User.objects.get_or_create(email="cli")
    root = User.objects.create_superuser("root@example.org", "the root of all things")
    listed = [row.record.email for row in client.get(reverse("user_list")).context["table"].rows]
    assert listed == ["system@example.org"]
    for hidden in (User.objects.get(email="cli"), root):
        assert client.get(reverse("user_edit", args=[hidden.pk])).status_code == 404
        assert change(client, hidden, name="Mine").status_code == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN, Role.MANAGER, Role.SUPPLIER])
def test_nobody_else_sees_people(client, moment, role):
    person = making.person("x@example.org", role, firm=making.firm("P05"))
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in (reverse("user_list"), reverse("user_new"), reverse("user_edit", args=[person.pk])):
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)


def test_ones_own_page_says_who_one_is(client, moment, supplier):
    client.force_login(supplier, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("me"))
    assert [firm.code for firm in page.context["firms"]] == ["P05"]
    assert "p05@example.org" in page.content.decode()
