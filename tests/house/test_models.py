"""What every table has: an owner or a reason to have none, an order, exact numbers, constraints with names."""

from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]

# Tables whose rows are shown to nobody by firm, and why.
NOBODYS = {
    "accounts.User": "people: only who may manage people sees them",
    "accounts.Member": "people: only who may manage people sees them",
    "accounts.FirmAlias": "spellings, read by the look-up of firms only",
    "office.Ledger": "the data version",
    "office.Write": "the log of writes",
    "office.Key": "forms that were sent",
    "office.Download": "the log of downloads",
}


def ours():
    """Return our own models, without the tables of history."""
    return [
        model
        for model in apps.get_models()
        if Path(apps.get_app_config(model._meta.app_label).path).parent == ROOT
        and not issubclass(model, pghistory.models.Event)
    ]


def named(rows):
    """Return test parameters with the models' names."""
    return [pytest.param(model, id=model._meta.label) for model in rows]


def test_the_list_of_tables_without_owner_names_only_tables():
    assert NOBODYS.keys() - {model._meta.label for model in ours()} == set()


@pytest.mark.parametrize("model", named(ours()))
def test_rows_are_asked_by_who_may_see_them_or_are_public(model):
    public, scoped = getattr(model, "public", False) is True, hasattr(model._default_manager.all(), "visible_to")
    assert public + scoped + (model._meta.label in NOBODYS) == 1


@pytest.mark.parametrize("model", named(ours()))
def test_a_table_that_names_a_firm_is_not_public(model):
    owner = any(field.name in {"firm", "site"} and not field.null for field in model._meta.concrete_fields)
    assert not (owner and getattr(model, "public", False))


@pytest.mark.parametrize("model", named(ours()))
def test_lists_have_an_order_that_leaves_nothing_to_chance(model):
    if model._meta.label in {"office.Ledger", "office.Key"}:
        return  # never listed
    last = str(model._meta.ordering[-1]).lstrip("-")
    assert last == "pk" or model._meta.get_field(last).unique


@pytest.mark.parametrize("model", named(ours()))
def test_numbers_are_exact(model):
    assert [field.name for field in model._meta.concrete_fields if isinstance(field, models.FloatField)] == []


@pytest.mark.parametrize("model", named(ours()))
def test_rules_have_names_of_their_own(model):
    names = [each.name for each in [*model._meta.constraints, *model._meta.indexes]]
    assert all(names)
    assert not model._meta.unique_together


def test_names_of_rules_are_said_once():
    names = [each.name for model in ours() for each in model._meta.constraints]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("model", named(ours()))
def test_a_table_saves_itself_without_logic(model):
    assert model.save in {models.Model.save, getattr(model.__mro__[1], "save", None)}
    assert "save" not in vars(model)
    assert "delete" not in vars(model)


@pytest.mark.parametrize("model", named(ours()))
def test_a_table_has_at_most_one_parent_of_ours(model):
    parents = [base for base in model.__mro__[1:] if base.__module__.split(".")[0] == model._meta.app_label]
    assert len(parents) <= 1
