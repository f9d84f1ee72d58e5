"""Local integration: vehicle programmes, their components and road maps, and the rules that count them."""

from integration.models.assessments import Assessment, Scenario
from integration.models.components import (
    MONEY,
    Component,
    ContentInput,
    Evidence,
    ExchangeRate,
    PartContent,
)
from integration.models.policies import ALGERIA_2023, Policy, PolicyStep
from integration.models.programmes import OfProgrammeQuerySet, ProgrammePartner, ProgrammeVolume, VehicleProgramme
from integration.models.road_map import Brought, CertificationStart, CertificationStep, Milestone

__all__ = [
    "ALGERIA_2023",
    "MONEY",
    "Assessment",
    "Brought",
    "CertificationStart",
    "CertificationStep",
    "Component",
    "ContentInput",
    "Evidence",
    "ExchangeRate",
    "Milestone",
    "OfProgrammeQuerySet",
    "PartContent",
    "Policy",
    "PolicyStep",
    "ProgrammePartner",
    "ProgrammeVolume",
    "Scenario",
    "VehicleProgramme",
]
