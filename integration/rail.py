"""Local integration in the navigation, and the pages behind its list."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem, Section

RAIL = [RailItem("programme_list", _("Local integration"), "circle-gauge", order=40, phone=80)]

PROGRAMMES = ("programme", "programme_new", "programme_edit", "milestone_new", "milestone_edit", "assessment")
ROAD = ("road_map", "certification_step_new", "certification_step_edit")
SUPPOSED = ("simulator", "scenario_list", "scenario_new", "scenario_edit")
COMPONENTS = ("component_list", "component", "component_new", "component_edit", "component_upload")
VOLUMES = ("volume_new", "volume_edit", "exchange_take")
CONTENTS = ("content", "content_new", "content_edit", "purchase_new", "purchase_edit")
CERTIFICATIONS = ("certification_new", "certification_edit")
SECTIONS = [
    Section(
        "programme_list",
        "programme_list",
        _("Vehicle programmes"),
        10,
        below=PROGRAMMES + COMPONENTS + CERTIFICATIONS + VOLUMES + SUPPOSED + ROAD,
    ),
    Section(
        "programme_list", "policy_list", _("Rules of calculation"), 50, below=("policy", "policy_new", "policy_edit")
    ),
    Section("programme_list", "portfolio", _("Portfolio"), 20),
    Section("programme_list", "content_list", _("Contents of parts"), 30, below=CONTENTS),
    Section("programme_list", "exchange_list", _("Exchange rates"), 40, below=("exchange_new", "exchange_edit")),
    Section("programme_list", "calculator", _("Calculator"), 60),
]
