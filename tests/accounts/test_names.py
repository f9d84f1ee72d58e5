"""Names of people: out of files unless they are asked for, erased when they are old, replaced when somebody left."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.models import User
from intake.models import Batch
from office.models import Download
from production.models import Declaration
from tests import making
from tests.accounts.test_people import OWN, supplier, system  # noqa: F401
from tests.browser.asking import ask
from tests.making import declare, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared(moment):
    """June 2026 of a site, declared by Nour, who signed a letter of 2019 as well."""
    author = making.person("nour@example.org", making.ADMIN)
    author.name = "Nour Meziane"
    author.save()
    site = making.site("A")
    declare(author, site, monthly(making.part("A-1", site.firm), {"2026-06": 10}))
    Batch.objects.create(
        kind="output",
        name="a.csv",
        sha256="0",
        size=1,
        author=author,
        received_at=datetime(2019, 5, 2, tzinfo=UTC),
        received_on="2019-05-02",
        sender="Nour Meziane",
    )
    return author


def in_file(client, query):
    """Return the register of revisions as a file."""
    answer = client.get(f"/production/revisions/?format=csv{query}")
    return answer.status_code, b"".join(answer.streaming_content).decode() if answer.streaming else ""


def test_a_file_names_people_only_when_somebody_who_may_asks_for_it(declared, client, manager, analyst):
    client.force_login(manager)
    plain, named = in_file(client, ""), in_file(client, "&people=1")
    assert ("Nour Meziane" in plain[1], "Nour Meziane" in named[1]) == (False, True)
    assert [bool(each.filters) for each in Download.objects.order_by("pk")] == [False, True]
    client.force_login(analyst)
    assert in_file(client, "&people=1")[0] == 403
    assert in_file(client, "")[0] == 200


def test_columns_with_names_alone_make_no_file(declared, client, manager):
    client.force_login(manager)
    assert client.get("/production/revisions/?format=csv&columns=who").status_code == 404


def test_old_names_are_erased_in_one_write_and_young_ones_stay(declared):
    Declaration.objects.update(sender="Nour Meziane", received_on="2026-07-01")
    User.objects.filter(pk=declared.pk).update(last_login=datetime(2024, 1, 1, tzinfo=UTC))
    dry, _code = ask("forget", "--dry-run")
    assert (dry["state"], dry["senders_of_files"], dry["senders_of_declarations"], dry["sign_ins"]) == (
        "checked",
        1,
        0,
        1,
    )
    assert Batch.objects.get().sender == "Nour Meziane"
    assert [ask("forget")[0]["state"] for _time in range(2)] == ["done", "unchanged"]
    assert (Batch.objects.get().sender, User.objects.get(pk=declared.pk).last_login) == ("", None)
    assert Declaration.objects.get().sender == "Nour Meziane"


def test_somebody_who_left_becomes_a_pseudonym_everywhere_and_what_they_did_stays(declared, client, system):  # noqa: F811
    address = reverse("user_erase", args=[declared.pk])
    said = {"reason": "left the firm", "own_password": OWN}
    assert client.get(address).status_code == 200
    for wrong in ({"own_password": "guess"}, {"reason": ""}, {"reason": "nour meziane left"}):
        assert client.post(address, said | wrong).status_code == 200
    assert [client.post(address, said).url for _click in range(2)] == [reverse("user_list")] * 2
    person = User.objects.get(pk=declared.pk)
    assert (person.name, person.is_active, person.has_usable_password()) == (f"Personne n° {person.pk}", False, False)
    assert Declaration.objects.get().author == person
    assert Batch.objects.get().sender == person.name
    events = apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj=person.pk)
    assert set(events.values_list("name", "email")) == {(person.name, person.email)}
    assert events.latest("pgh_id").pgh_context.metadata["reason"] == "left the firm"


def test_nobody_erases_themselves(client, system):  # noqa: F811
    assert client.get(reverse("user_erase", args=[system.pk])).status_code == 404
