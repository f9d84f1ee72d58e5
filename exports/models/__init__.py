"""Exports of goods: agreements, what they commit to, and what was shipped."""

from exports.models.agreements import Agreement, AgreementCountry, AgreementFamily, AgreementParty, Incoterm
from exports.models.goods import Commitment, Shipment

__all__ = [
    "Agreement",
    "AgreementCountry",
    "AgreementFamily",
    "AgreementParty",
    "Commitment",
    "Incoterm",
    "Shipment",
]
