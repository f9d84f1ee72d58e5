"""Many people at one row and at one form, at the same instant: nothing told is lost, nothing is written twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Firm
from office.models import Key, Write
from suppliers.models import Contact, Supplier
from tests import making

PAIRS, ROWS, POSTS = 200, 4, 20
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


def test_of_two_hundred_pairs_of_edits_one_is_saved_and_the_other_is_shown_both_versions(committed):
    """Both people of a pair opened the same version: exactly one is told that it is saved, and it is."""
    people = [making.person(f"{name}@example.org", making.ADMIN) for name in ("one", "two")]
    firm = making.firm("A")
    contacts = [Contact.objects.create(firm=firm, name=f"contact {n}", email="begin@example.org") for n in range(ROWS)]
    clients = [browser(person) for person in people]
    lost, saved = [], 0
    for pair in range(PAIRS):
        contact = contacts[pair % ROWS]
        address = reverse("contact_edit", args=[firm.code, contact.pk])
        opened = filled(clients[0], address)
        typed = [f"{name}{pair}@example.org" for name in ("one", "two")]
        sent = [{**opened, "email": said, "key": f"{pair} {said}"} for said in typed]
        answers = together(*(lambda c=c, s=s: c.post(address, s) for c, s in zip(clients, sent, strict=True)))
        codes = [answer.status_code for answer in answers]
        stands = Contact.objects.get(pk=contact.pk)
        if sorted(codes) != [302, 409] or stands.email != typed[codes.index(302)]:
            lost.append((pair, codes, stands.email))
            continue
        saved += 1
        said = answers[codes.index(409)].content.decode()
        if typed[0] not in said or typed[1] not in said:
            lost.append((pair, "not both versions", said[:200]))
    assert lost == []
    assert saved == PAIRS
    assert sum(Contact.objects.values_list("version", flat=True)) == ROWS + PAIRS
    assert Contact.pgh_event_model.objects.filter(pgh_label="update").count() == PAIRS


def test_one_form_posted_twenty_times_at_once_makes_one_row(committed):
    admin = making.person("one@example.org", making.ADMIN)
    address = reverse("supplier_new")
    sent = filled(browser(admin), address) | {"code": "NEW", "name": "Nouvelle SARL"}
    before = Write.objects.count()
    clients = [browser(admin) for _ in range(POSTS)]
    answers = together(*(lambda c=c: c.post(address, sent) for c in clients))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert (Firm.objects.filter(code="NEW").count(), Supplier.objects.filter(firm__code="NEW").count()) == (1, 1)
    assert (Key.objects.count(), Write.objects.count()) == (1, before + 1)
