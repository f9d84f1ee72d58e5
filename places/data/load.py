"""Load the reference data of places. Loading again brings rows back to what the data modules say."""

from decimal import Decimal

from places.data.communes import SEATS
from places.data.countries import AFRICA, COUNTRIES, NOT_SIGNATORIES
from places.data.spellings import SPELLINGS
from places.data.wilayas import OF_19_12, OF_26_06, OF_84_09, TILES_58, TILES_69
from places.data.zones import SCHEME, ZONES
from places.names import name_key
from places.vintages import VINTAGES

LAWS = tuple(zip(VINTAGES, (OF_84_09, OF_19_12, OF_26_06), strict=True))


def load(apps):
    """Load everything, with the models of `apps`: django.apps or a migration's registry."""
    wilayas(apps.get_model("places", "Wilaya"))
    spellings(apps.get_model("places", "WilayaAlias"))
    communes(apps.get_model("places", "Commune"), apps.get_model("places", "CommuneWilaya"))
    zones(*(apps.get_model("places", name) for name in ("ZoneScheme", "Zone", "ZoneWilaya")))
    countries(apps.get_model("places", "Country"))


def wilayas(model):
    """Load the 69 wilayas, parents first, with their tiles."""
    for vintage, rows in LAWS:
        delayed = vintage.default_from > vintage.legal_from
        for code, name_fr, name_ar, parent, latitude, longitude in rows:
            values = {
                "name_fr": name_fr,
                "name_ar": name_ar,
                "parent_id": parent or None,
                "law": vintage.law,
                "legal_from": vintage.legal_from,
                "full_powers_from": vintage.default_from if delayed else None,
                "seat_latitude": Decimal(latitude),
                "seat_longitude": Decimal(longitude),
            }
            model.objects.update_or_create(code=code, defaults=values | tiles(code))


def tiles(code):
    """Return the tile positions of a wilaya, counted from 0, on the map of the 58 and on that of the 69."""
    found = {}
    for number, drawing in ((58, TILES_58), (69, TILES_69)):
        spots = {entry: spot for spot, entry in _spots(drawing)}
        found[f"column_{number}"], found[f"row_{number}"] = spots.get(code, (None, None))
    return found


def _spots(drawing):
    for row, line in enumerate(drawing.split("\n")[1:]):
        for column, entry in enumerate(line.split()):
            yield (column, row), entry


def spellings(model):
    """Load the names of the gazette and the other spellings, each under its key."""
    rows = [row for _vintage, rows in LAWS for row in rows]
    for code, name_fr, name_ar, *_rest in rows:
        for name in (name_fr, name_ar, *SPELLINGS.get(code, ())):
            model.objects.update_or_create(name_key=name_key(name), defaults={"name": name, "wilaya_id": code})


def communes(model, episode):
    """Load the communes that changed wilaya, with the episode before and the episode since."""
    begun = {code: vintage.legal_from for vintage, rows in LAWS for code, *_rest in rows}
    for code, name_fr, name_ar, before, since in SEATS:
        commune, _new = model.objects.update_or_create(code=code, defaults={"name_fr": name_fr, "name_ar": name_ar})
        moved = begun[since]
        episode.objects.update_or_create(
            commune=commune, valid_from=begun[before], defaults={"wilaya_id": before, "valid_to": moved}
        )
        episode.objects.update_or_create(
            commune=commune, valid_from=moved, defaults={"wilaya_id": since, "valid_to": None}
        )


def zones(scheme_model, zone_model, member_model):
    """Load the zones of executive decree 22-301."""
    values = {key: value for key, value in SCHEME.items() if key != "code"}
    scheme, _new = scheme_model.objects.update_or_create(code=SCHEME["code"], defaults=values)
    for code, name_fr, name_ar, name_en, whole, partly in ZONES:
        names = {"name_fr": name_fr, "name_ar": name_ar, "name_en": name_en}
        zone, _new = zone_model.objects.update_or_create(scheme=scheme, code=code, defaults=names)
        for codes, is_whole in ((whole, True), (partly, False)):
            for wilaya in codes.split():
                member_model.objects.update_or_create(zone=zone, wilaya_id=wilaya, defaults={"whole": is_whole})


def countries(model):
    """Load the countries and territories, with what is known of Africa."""
    africa, not_signed = set(AFRICA.split()), set(NOT_SIGNATORIES.split())
    rows = [
        model(
            code=code,
            name_fr=name_fr,
            name_ar=name_ar,
            name_en=name_en,
            africa=code in africa,
            afcfta=code in africa - not_signed,
        )
        for code, name_fr, name_ar, name_en in COUNTRIES
    ]
    fields = ["name_fr", "name_ar", "name_en", "africa", "afcfta"]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)
