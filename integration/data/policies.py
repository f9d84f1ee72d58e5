"""The rules of calculation that the law and agreements set, with their sources. Loading again brings them back."""

from datetime import date

DECREE = "Décret exécutif n° 22-384 du 17 novembre 2022, art. 5"
ORDER = "arrêté du 17 août 2023 (Journal officiel n° 67 du 18 octobre 2023)"
STEPS_FROM_APPROVAL = {
    "note_fr": (
        "Les paliers se comptent à partir de l’agrément du modèle. L’arrêté retranche une part dans le calcul "
        "d’un taux contributif : ici, les taux contributifs sont pris tels qu’ils sont saisis."
    ),
    "note_ar": (
        "تُحسب العتبات ابتداء من تاريخ اعتماد الطراز. ويطرح القرار جزءا عند حساب نسبة المساهمة: "
        "تؤخذ نسب المساهمة هنا كما أُدخلت."
    ),
    "note_en": (
        "The steps count from the approval of the model. The order subtracts something when it determines a "
        "contributive rate: here the contributive rates are taken as they were entered."
    ),
}
POLICIES = (
    {
        "code": "dz-algeria-2017",
        "method": "algeria_2017",
        "edition": "2017",
        "market_id": "DZ",
        "valid_from": date(2017, 11, 28),
        "source": "Cahier des charges de 2017 de la construction de véhicules (décret exécutif n° 17-344 du 28 novembre 2017)",
        "note_fr": (
            "Taux = (coûts locaux + achats locaux) / (coûts locaux + achats locaux + achats importés). "
            "Aucun palier n’est repris ici : saisissez une version de la règle pour suivre les vôtres."
        ),
        "note_ar": (
            "النسبة = (التكاليف المحلية + المشتريات المحلية) / (التكاليف المحلية + المشتريات المحلية + المشتريات المستوردة). "
            "لا تُذكر هنا أي عتبة: أدخل نسخة من القاعدة لمتابعة عتباتك."
        ),
        "note_en": (
            "Rate = (local costs + local purchases) / (local costs + local purchases + imported purchases). "
            "No step is taken over here: enter a version of the rule to follow yours."
        ),
    },
    {
        "code": "dz-algeria-2023",
        "method": "algeria_2023",
        "edition": "22-384 / 17-08-2023",
        "market_id": "DZ",
        "valid_from": date(2023, 10, 18),
        "source": f"{DECREE} ; {ORDER}",
        **STEPS_FROM_APPROVAL,
    },
    {
        "code": "dz-algeria-2024",
        "method": "algeria_2023",
        "edition": "22-384 / 17-08-2023 / 24-159",
        "market_id": "DZ",
        "valid_from": date(2024, 5, 12),
        "source": f"{DECREE} ; {ORDER} ; décret exécutif n° 24-159 du 12 mai 2024",
        "missed_months": 12,
        "missed_cut": 25,
        "missed_freeze": True,
        "missed_source": "Décret exécutif n° 24-159 du 12 mai 2024",
        **STEPS_FROM_APPROVAL,
    },
    {
        "code": "afcfta-2026",
        "method": "afcfta",
        "edition": "02-2026",
        "market_id": None,
        "valid_from": date(2026, 2, 1),
        "source": "ZLECAf, règles d’origine du secteur automobile (février 2026), SH 8701 à 8716",
        "note_fr": (
            "Au moins 40 % de contenu africain, pour les positions 8701 à 8716 seulement : filtres, batteries, vitrages, faisceaux et "
            "courroies suivent d’autres règles. Un contenu africain n’est pas un contenu algérien."
        ),
        "note_ar": (
            "40 % على الأقل من المحتوى الإفريقي، للبنود من 8701 إلى 8716 فقط: تخضع المرشحات والبطاريات والزجاج والضفائر والسيور "
            "لقواعد أخرى. المحتوى الإفريقي ليس محتوى جزائريا."
        ),
        "note_en": (
            "At least 40 % of African content, for headings 8701 to 8716 only: filters, batteries, glass, harnesses and belts follow "
            "other rules. African content is not Algerian content."
        ),
    },
)

# rule, months after the approval of the model, minimum rate in percent
STEPS = (
    ("dz-algeria-2023", 24, 10),
    ("dz-algeria-2023", 36, 20),
    ("dz-algeria-2023", 60, 30),
    ("dz-algeria-2024", 24, 10),
    ("dz-algeria-2024", 36, 20),
    ("dz-algeria-2024", 60, 30),
    ("afcfta-2026", 0, 40),
)


def load(apps):
    """Load rules and their steps, with the models of `apps`: django.apps or a migration's registry."""
    policy_model, step_model = apps.get_model("integration", "Policy"), apps.get_model("integration", "PolicyStep")
    for values in POLICIES:
        others = {name: value for name, value in values.items() if name != "code"}
        policy_model.objects.update_or_create(code=values["code"], defaults=others)
    for code, months, rate in STEPS:
        policy = policy_model.objects.get(code=code)
        step_model.objects.update_or_create(
            policy=policy, months_after_approval=months, defaults={"minimum_rate": rate}
        )
