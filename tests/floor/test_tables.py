"""What every list says when it has nothing to show."""

from importlib import import_module

import django_tables2
import pytest

from partstrack.tables import Table


def every_table(parent=Table):
    """Yield the tables of all apps."""
    for child in parent.__subclasses__():
        yield child
        yield from every_table(child)


def test_an_empty_list_says_its_own_words():
    class Parts(Table):
        name = django_tables2.Column()
        empty_text = "Nothing yet. Upload a file."

    assert Parts([]).empty_text == "Nothing yet. Upload a file."


@pytest.mark.django_db
def test_an_empty_list_teaches_the_next_step_on_its_page(client, admin):
    client.force_login(admin)
    page = client.get("/exports/").content.decode()
    assert "Aucun" in page and "ajoutez un accord" in page


def test_every_table_of_ours_has_words_for_when_it_is_empty():
    import_module("partstrack.urls")  # brings every page, and so every table
    ours = [table for table in every_table() if not table.__module__.startswith("tests.")]
    assert len(ours) > 5 and [table.__name__ for table in ours if not str(table.empty_text)] == []
