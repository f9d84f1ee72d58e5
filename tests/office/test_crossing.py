"""Many people at one row and at one form, at the same instant: nothing told is lost, nothing is written twice."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Firm
from office.door import Stale, guarded, write
from office.models import Key, Write
from suppliers.models import Contact, Supplier
from tests import making

PAIRS, SHOWN, ROWS, POSTS = 200, 20, 4, 20
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(user):
    """A browser of its own, signed in, in English."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def together(*works):
    """Do all at the same instant, each on a connection of its own; return what came."""
    gate = Barrier(len(works))

    def at_once(work):
        gate.wait(30)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return [each.result() for each in [threads.submit(at_once, work) for work in works]]


def filled(client, address):
    """What a browser would send of a form as it was opened."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def both(*works):
    """Return what each of two who begin at the same instant was told: "saved", or what stood instead."""
    gate = Barrier(2)

    def at_once(work):
        gate.wait(30)
        try:
            work()
        except Stale as lost:
            return lost.current.email
        return "saved"

    return [each.result() for each in [pool.submit(at_once, work) for pool, work in works]]


def test_of_two_hundred_pairs_of_edits_one_is_saved_and_the_other_is_told_what_stands(committed):
    admin, firm = making.person("one@example.org", making.ADMIN), making.firm("A")
    made = [Contact.objects.create(firm=firm, name=f"contact {n}", email="begin@example.org") for n in range(ROWS)]
    pools, lost = [ThreadPoolExecutor(1), ThreadPoolExecutor(1)], []

    def edit(number, version, said):
        with write(admin, said):
            row = Contact.objects.get(pk=number)
            row.email = said
            guarded(row, version)

    for pair in range(PAIRS):
        number, version = made[pair % ROWS].pk, 1 + pair // ROWS
        typed = [f"{name}{pair}@example.org" for name in ("one", "two")]
        told = both(*((pool, partial(edit, number, version, said)) for pool, said in zip(pools, typed, strict=True)))
        winner = typed[told.index("saved")]
        if sorted(told) != sorted(["saved", winner]) or Contact.objects.get(pk=number).email != winner:
            lost.append((pair, told))
    for pool in pools:
        pool.submit(lambda: connection.close()).result()  # the thread's own
        pool.shutdown()
    assert lost == []
    assert sum(Contact.objects.values_list("version", flat=True)) == ROWS + PAIRS
    assert Contact.pgh_event_model.objects.filter(pgh_label="update").count() == PAIRS
    assert Write.objects.filter(reason__contains="@").count() == PAIRS


def test_of_two_people_at_one_form_one_is_saved_and_the_other_sees_both_versions(committed):
    """Both opened the same version: exactly one is told that it is saved, the other what stands and what they typed."""
    people, firm = [making.person(f"{name}@example.org", making.ADMIN) for name in ("one", "two")], making.firm("A")
    contact = Contact.objects.create(firm=firm, name="contact", email="begin@example.org")
    clients, address = [browser(person) for person in people], reverse("contact_edit", args=[firm.code, contact.pk])
    for pair in range(SHOWN):
        opened, typed = filled(clients[0], address), [f"{name}{pair}@example.org" for name in ("one", "two")]
        sent = [{**opened, "email": said, "key": f"{pair} {said}"} for said in typed]
        answers = together(*(partial(c.post, address, s) for c, s in zip(clients, sent, strict=True)))
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) == [302, 409]
        assert Contact.objects.get(pk=contact.pk).email == typed[codes.index(302)]
        said = answers[codes.index(409)].content.decode()
        assert all(each in said for each in typed)
    assert Contact.objects.get(pk=contact.pk).version == 1 + SHOWN


def test_one_form_posted_twenty_times_at_once_makes_one_row(committed):
    admin = making.person("one@example.org", making.ADMIN)
    address = reverse("supplier_new")
    sent = filled(browser(admin), address) | {"code": "NEW", "name": "Nouvelle SARL"}
    before = Write.objects.count()
    clients = [browser(admin) for _ in range(POSTS)]
    answers = together(*(partial(client.post, address, sent) for client in clients))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert (Firm.objects.filter(code="NEW").count(), Supplier.objects.filter(firm__code="NEW").count()) == (1, 1)
    assert (Key.objects.count(), Write.objects.count()) == (1, before + 1)
