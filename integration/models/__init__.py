"""Local integration: vehicle programmes, their components and road maps, and the policies that count them."""

from integration.models.programmes import CertificationStart, Milestone, ProgrammePartner, VehicleProgramme
from integration.models.rates import ALGERIA_2023, Component, Policy, PolicyStep

__all__ = [
    "ALGERIA_2023",
    "CertificationStart",
    "Component",
    "Milestone",
    "Policy",
    "PolicyStep",
    "ProgrammePartner",
    "VehicleProgramme",
]
