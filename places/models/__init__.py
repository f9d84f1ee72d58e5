"""Places: wilayas, communes that changed wilaya, zone schemes, countries. Public: they belong to nobody."""

from places.models.regions import Country, Plain, Zone, ZoneScheme, ZoneWilaya
from places.models.wilayas import DECREE_22_301, SOUTH, Commune, CommuneWilaya, Wilaya, WilayaAlias

__all__ = [
    "DECREE_22_301",
    "SOUTH",
    "Commune",
    "CommuneWilaya",
    "Country",
    "Plain",
    "Wilaya",
    "WilayaAlias",
    "Zone",
    "ZoneScheme",
    "ZoneWilaya",
]
