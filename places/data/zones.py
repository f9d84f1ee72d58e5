"""Zones of executive decree 22-301 of 8 September 2022 (gazette 60 of 18 September 2022), which names 58 wilayas.

The eleven wilayas of law 26-06 are classed by no text: they are in no zone.
"""

from datetime import date

SCHEME = {
    "code": "decree-22-301",
    "name_fr": "Décret exécutif 22-301",
    "name_ar": "المرسوم التنفيذي 22-301",
    "name_en": "Executive decree 22-301",
    "valid_from": date(2022, 9, 18),
}

# code, French, Arabic, English, wilayas named whole, wilayas of which only some communes are named
ZONES = (
    ("grand-sud", "Grand Sud", "الجنوب الكبير", "Far South", "01 11 33 37 49 50 53 54 56", ""),
    ("sud", "Sud", "الجنوب", "South", "03 07 08 30 39 47 51 52 55 57 58", ""),
    (
        "hauts-plateaux",
        "Hauts-Plateaux",
        "الهضاب العليا",
        "High Plateaus",
        "05 12 14 17 20 28 32 40 45",
        "04 10 13 19 22 26 34 38 41 43",
    ),
)
