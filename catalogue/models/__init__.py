"""The catalogue: families, customs codes, units, brands, and parts with every reference they are known by."""

from catalogue.models.families import PIECE, UNCLASSIFIED, Brand, CountingRule, Family, FamilyHs, HsCode, Unit
from catalogue.models.parts import Part, PartAlias, PartFamily, PartRevision, reference_key

PROTECTED = ["catalogue_familyevent", "catalogue_brandevent", "catalogue_partevent", "catalogue_partaliasevent"]

__all__ = [
    "PIECE",
    "PROTECTED",
    "UNCLASSIFIED",
    "Brand",
    "CountingRule",
    "Family",
    "FamilyHs",
    "HsCode",
    "Part",
    "PartAlias",
    "PartFamily",
    "PartRevision",
    "Unit",
    "reference_key",
]
