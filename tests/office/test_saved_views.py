"""Saved views: who finds which, who may change or delete it, and that it opens the list as it was."""

import pytest

from office.models import SavedView
from tests import making

pytestmark = pytest.mark.django_db
MINE, GROUP, EVERYONE = SavedView.Audience.values


def view(owner, audience=MINE, name="v", page="line_list", query="columns=part%2Cproduced&sort=-produced"):
    return SavedView.objects.create(owner=owner, audience=audience, name=name, page=page, query=query)


@pytest.fixture
def people(admin, manager, analyst, supplier_user):
    return {
        "analyst": analyst,
        "other": making.person("second@example.org", making.ANALYST),
        "admin": admin,
        "manager": manager,
        "supplier": supplier_user,
        "colleague": making.person("p05b@example.org", making.SUPPLIER, firm=making.firm("P05")),
        "rival": making.person("p09@example.org", making.SUPPLIER, firm=making.firm("P09")),
    }


@pytest.mark.parametrize(
    ("owner", "audience", "finders"),
    [
        ("analyst", MINE, {"analyst"}),
        ("analyst", GROUP, {"analyst", "other"}),
        ("analyst", EVERYONE, {"analyst", "other", "admin", "manager"}),
        ("supplier", MINE, {"supplier"}),
        ("supplier", GROUP, {"supplier", "colleague"}),
        ("admin", GROUP, {"admin"}),
    ],
)
def test_a_view_is_found_by_those_it_is_for_and_does_not_exist_for_others(signed_in, people, owner, audience, finders):
    made = view(people[owner], audience)
    found = {role for role, user in people.items() if signed_in(user).get(f"/views/{made.pk}/").status_code == 302}
    assert found == finders
    listed = {role for role, user in people.items() if SavedView.objects.visible_to(user).exists()}
    assert listed == finders


def test_views_of_lists_that_one_may_not_open_are_neither_named_nor_opened(signed_in, people, admin):
    shut = view(admin, EVERYONE, "of the people", page="user_list", query="")
    gone = view(admin, EVERYONE, "of a list that is no more", page="no_such_list", query="")
    listed, found = {}, {}
    for role, roles in {"analyst": [], "all": ["analyst", "system"]}.items():
        user = people["analyst"] if role == "analyst" else making.person("all@example.org", *roles)
        browser = signed_in(user)
        listed[role] = {row.pk for row in browser.get("/views/").context["table"].data.data}
        found[role] = browser.get(f"/views/{shut.pk}/").status_code
    assert listed == {"analyst": {gone.pk}, "all": {shut.pk, gone.pk}}
    assert found == {"analyst": 404, "all": 302}


def test_only_its_owner_changes_a_view_and_who_enters_data_deletes_those_for_everyone(signed_in, people):
    made = view(people["analyst"], EVERYONE)
    may = {
        role: tuple(signed_in(user).get(f"/views/{made.pk}/{door}/").status_code for door in ("edit", "delete"))
        for role, user in people.items()
    }
    assert may == {
        "analyst": (200, 200),
        "other": (404, 404),
        "admin": (404, 200),
        "manager": (404, 200),
        **dict.fromkeys(("supplier", "colleague", "rival"), (404, 404)),
    }


def save(client, query, **fields):
    page = client.get("/views/new/", {"list": "line_list", "query": query})
    form = page.context["form"]
    data = {"key": form["key"].value(), "query": form["query"].value(), "name": "v", "audience": MINE, **fields}
    return client.post(f"/views/new/?list=line_list&query={query}", data)


def test_a_list_is_saved_in_one_form_of_its_query_and_opened_as_it_was(signed_in, analyst):
    client = signed_in(analyst)
    answer = save(client, "sort=-produced&page=3&columns=part,produced&q=&where=produced:ge:1&format=csv")
    made = SavedView.objects.get()
    assert made.query == "columns=part%2Cproduced&sort=-produced&where=produced%3Age%3A1"
    opened = client.get(answer.url)
    assert (answer.url, opened.url) == (f"/views/{made.pk}/", f"/production/lines/?{made.query}&view={made.pk}")
    page = client.get(opened.url)
    assert page.context["tools"][0][1]["current"] == made and not page.context["tools"][0][1]["changed"]
    assert client.get(opened.url + "&q=x").context["tools"][0][1]["changed"]


def test_a_form_sent_twice_saves_once_and_a_name_is_taken_once_a_list(signed_in, analyst):
    client = signed_in(analyst)
    save(client, "q=1", key="k1")
    save(client, "q=1", key="k1")
    assert SavedView.objects.count() == 1
    again = save(client, "q=2", key="k2")
    assert again.status_code == 200 and "déjà une vue de ce nom" in again.content.decode()


def test_a_view_is_saved_over_with_what_is_on_the_screen(signed_in, analyst):
    made, client = view(analyst), signed_in(analyst)
    form = client.get(f"/views/{made.pk}/edit/", {"query": "q=new"}).context["form"]
    data = {name: form[name].value() for name in ("key", "version", "query", "name", "audience")}
    assert client.post(f"/views/{made.pk}/edit/?query=q%3Dnew", data).status_code == 302
    made.refresh_from_db()
    assert (made.query, made.version) == ("q=new", 2)


def test_a_view_whose_columns_are_gone_opens_with_a_note(signed_in, analyst):
    made = view(analyst, query="columns=part%2Cgone")
    page = signed_in(analyst).get(f"/views/{made.pk}/", follow=True)
    assert page.status_code == 200 and "«\u00a0gone\u00a0»" in page.content.decode()


def test_a_view_shows_its_reader_their_own_rows(signed_in, people, admin):
    for code in ("P05", "P09"):
        site = making.site(code)
        making.declare(admin, site, {"2026-08": [(making.part(f"{code}-1", site.firm), {"produced": 1})]})
    made = view(people["supplier"], GROUP, query="where=part%3Ahas%3AP0")
    page = signed_in(people["colleague"]).get(f"/views/{made.pk}/", follow=True)
    assert [row.record.part.reference for row in page.context["table"].rows] == ["P05-1"]


def test_who_declares_for_a_firm_is_not_offered_everyone(signed_in, supplier_user):
    answer = save(signed_in(supplier_user), "q=1", audience=EVERYONE)
    assert answer.status_code == 200 and not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "home", "no_such", "batch", "user_list"])
def test_only_a_list_that_one_may_open_is_saved(signed_in, analyst, name):
    assert signed_in(analyst).get("/views/new/", {"list": name}).status_code == 404


def test_deleting_twice_deletes_once(signed_in, analyst):
    made, client = view(analyst), signed_in(analyst)
    key = client.get(f"/views/{made.pk}/delete/").context["key"]
    assert [client.post(f"/views/{made.pk}/delete/", {"key": key}).url for _time in range(2)] == ["/views/"] * 2
    assert not SavedView.objects.exists()


def test_the_views_cost_a_list_one_question(signed_in, analyst, django_assert_max_num_queries):
    client = signed_in(analyst)
    client.get("/suppliers/")
    for number in range(30):
        view(analyst, name=f"v{number}", page="supplier_list")
    with django_assert_max_num_queries(16):
        client.get("/suppliers/")
