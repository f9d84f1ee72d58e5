"""The first rule of due days and the legal holidays of Algeria, 2023 to 2027. Both are data: people change them.

Holidays: law 63-278 of 26 July 1963 as amended: Yennayer since law 18-12, three days for each of the two Aïds since
June 2023 (law 23-10; the civil service's communiqués of 26/06/2023 and 07/04/2024 apply it). Days that follow the moon
are those announced where an announcement was found (Aïd el-Adha 2023 and 2025, Aïd el-Fitr 2024, Moharrem 2024, Mawlid
2025), else those of the usual calculation: all of them are marked, for they may differ by a day.
"""

from datetime import date, timedelta

YEARS = range(2023, 2028)
FIXED = (
    (1, 1, "Jour de l’an", "رأس السنة الميلادية", "New Year’s Day"),
    (1, 12, "Yennayer", "يناير، رأس السنة الأمازيغية", "Yennayer, Amazigh New Year"),
    (5, 1, "Fête du travail", "عيد العمال", "Labour Day"),
    (7, 5, "Fête de l’indépendance", "عيد الاستقلال والشباب", "Independence Day"),
    (11, 1, "Fête de la Révolution", "عيد الثورة", "Revolution Day"),
)
FITR = ("Aïd el-Fitr", "عيد الفطر", "Eid al-Fitr")
ADHA = ("Aïd el-Adha", "عيد الأضحى", "Eid al-Adha")
MOHARREM = ("Awal Moharrem", "أول محرم", "Islamic New Year")
ACHOURA = ("Achoura", "عاشوراء", "Ashura")
MAWLID = ("Mawlid Ennabaoui", "المولد النبوي الشريف", "Mawlid")
MOON = (
    (date(2023, 4, 21), 2, FITR),
    (date(2023, 6, 28), 3, ADHA),
    (date(2023, 7, 19), 1, MOHARREM),
    (date(2023, 7, 28), 1, ACHOURA),
    (date(2023, 9, 27), 1, MAWLID),
    (date(2024, 4, 10), 3, FITR),
    (date(2024, 6, 16), 3, ADHA),
    (date(2024, 7, 7), 1, MOHARREM),
    (date(2024, 7, 16), 1, ACHOURA),
    (date(2024, 9, 15), 1, MAWLID),
    (date(2025, 3, 31), 3, FITR),
    (date(2025, 6, 6), 3, ADHA),
    (date(2025, 6, 27), 1, MOHARREM),
    (date(2025, 7, 6), 1, ACHOURA),
    (date(2025, 9, 5), 1, MAWLID),
    (date(2026, 3, 20), 3, FITR),
    (date(2026, 5, 27), 3, ADHA),
    (date(2026, 6, 17), 1, MOHARREM),
    (date(2026, 6, 26), 1, ACHOURA),
    (date(2026, 8, 26), 1, MAWLID),
    (date(2027, 3, 10), 3, FITR),
    (date(2027, 5, 16), 3, ADHA),
    (date(2027, 6, 6), 1, MOHARREM),
    (date(2027, 6, 15), 1, ACHOURA),
    (date(2027, 8, 15), 1, MAWLID),
)


def load(apps):
    """Write the first rule and the holidays; the tables are empty. `apps` is a registry of apps, of a migration or the real one."""
    apps.get_model("production", "DueRule").objects.create(from_month=date(2000, 1, 1), day=15, shift="none")
    holiday = apps.get_model("production", "Holiday")
    fixed = [(date(year, month, day), names, False) for year in YEARS for month, day, *names in FIXED]
    moon = [(first + timedelta(days=n), names, True) for first, count, names in MOON for n in range(count)]
    holiday.objects.bulk_create(
        holiday(day=day, name_fr=names[0], name_ar=names[1], name_en=names[2], moon=moving)
        for day, names, moving in sorted(fixed + moon)
    )
