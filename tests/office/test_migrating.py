"""Migrations are quick, and what runs within them sees every model as it is by then."""

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AlterField, CreateModel, Migration, RunPython
from django.db.migrations.state import ProjectState, StateApps

from office.migrating import Executor

KEY = ("id", models.BigAutoField(primary_key=True))


def migration(name, *steps):
    """A migration of an app of its own."""
    made = Migration(name, "made")
    made.operations = list(steps)
    return made


def starting():
    """A maker, and two models whose rows name one."""
    to_maker = models.ForeignKey("made.maker", models.CASCADE)
    return migration(
        "0001",
        CreateModel("Maker", [KEY]),
        CreateModel("Part", [KEY, ("maker", to_maker)]),
        CreateModel("Visit", [KEY, ("maker", to_maker.clone())]),
    )


@pytest.fixture
def run(db):
    """Apply migrations one after the other as `migrate` does; how often a model was rendered is counted."""
    executor, rendered = Executor(connection), []
    render = StateApps.render_multiple

    def counting(apps, states):
        rendered.extend(f"{state.app_label}.{state.name}" for state in states)
        return render(apps, states)

    def apply(*migrations):
        state = ProjectState()
        assert not state.apps.get_models()
        for one in migrations:
            rendered.clear()
            state = executor.apply_migration(state, one)
        return [name for name in rendered if name.startswith("made.")]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(StateApps, "render_multiple", counting)
        yield apply


def test_a_model_that_gains_a_column_is_rendered_alone(run):
    assert run(starting(), migration("0002", AddField("Maker", "name", models.TextField(default="")))) == ["made.Maker"]


def test_code_within_a_migration_reads_the_new_column_through_a_relation(run):
    seen = []

    def look(apps, editor):
        maker = apps.get_model("made", "Maker").objects.create(name="Alpha")
        apps.get_model("made", "Part").objects.create(maker=maker)
        seen.extend(apps.get_model("made", "Part").objects.filter(maker__name="Alpha").values_list("maker__name"))
        seen.append([relation.name for relation in maker._meta.related_objects])

    run(starting(), migration("0002", AddField("Maker", "name", models.TextField(default="")), RunPython(look)))
    assert seen == [("Alpha",), ["part", "visit"]]


@pytest.mark.parametrize("together", [True, False])
def test_a_key_that_changes_its_type_takes_what_points_to_it_along(run, together):
    longer = models.CharField(max_length=12, primary_key=True)
    steps = [AddField("Maker", "name", models.TextField(default="")), AlterField("Maker", "id", longer)]
    parts = [steps] if together else [[step] for step in steps]
    run(starting(), *(migration(f"000{number}", *part) for number, part in enumerate(parts, 2)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_type FROM information_schema.columns WHERE (table_name, column_name) = ('made_visit', 'maker_id')"
        )
        assert cursor.fetchone() == ("character varying",)
