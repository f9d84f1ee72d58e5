"""Load the reference data of the catalogue. Loading again brings rows back to what the data module says."""

from catalogue.data.families import EDITION, FAMILIES, HS_CODES, UNITS


def load(apps):
    """Load units, customs codes and families, with the models of `apps`: django.apps or a migration's registry."""
    units(apps.get_model("catalogue", "Unit"))
    hs_codes(apps.get_model("catalogue", "HsCode"))
    families(*(apps.get_model("catalogue", name) for name in ("Family", "HsCode", "FamilyHs")))


def units(model):
    """Load what can be counted."""
    for position, (code, *words) in enumerate(UNITS):
        fields = ("name_fr", "name_ar", "name_en", "symbol_fr", "symbol_ar", "symbol_en")
        model.objects.update_or_create(code=code, defaults=dict(zip(fields, words, strict=True), position=position))


def hs_codes(model):
    """Load the headings that the families use."""
    for code, *names in HS_CODES:
        values = dict(zip(("name_fr", "name_ar", "name_en"), names, strict=True))
        model.objects.update_or_create(code=code, edition=EDITION, defaults=values)


def families(model, hs_model, link_model):
    """Load the families in their order, each with its headings; a family that is there keeps its own names."""
    headings = {hs.code: hs for hs in hs_model.objects.filter(edition=EDITION)}
    for position, (code, name_fr, name_ar, name_en, codes) in enumerate(FAMILIES):
        names = {"name_fr": name_fr, "name_ar": name_ar, "name_en": name_en}
        family, _new = model.objects.get_or_create(code=code, defaults=names | {"position": position})
        for heading in codes.split():
            link_model.objects.get_or_create(family=family, hs=headings[heading])
