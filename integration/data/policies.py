"""The policies of the law that count local integration, with their sources. Loading again brings them back."""

from datetime import date

POLICIES = (
    {
        "code": "dz-algeria-2023",
        "method": "algeria_2023",
        "version": "22-384 / 17-08-2023",
        "valid_from": date(2023, 10, 18),
        "source": (
            "Décret exécutif n° 22-384 du 17 novembre 2022, art. 5 ; "
            "arrêté du 17 août 2023 (Journal officiel n° 67 du 18 octobre 2023)"
        ),
        "note_fr": (
            "Les paliers se comptent à partir de l’agrément du modèle. L’arrêté retranche une part dans le calcul "
            "d’un taux contributif : ici, les taux contributifs sont pris tels qu’ils sont saisis."
        ),
        "note_ar": (
            "تُحسب المراحل ابتداء من تاريخ اعتماد الطراز. ويطرح القرار جزءا عند حساب نسبة المساهمة: "
            "تؤخذ نسب المساهمة هنا كما أُدخلت."
        ),
        "note_en": (
            "The steps count from the approval of the model. The order subtracts something when it determines a "
            "contributive rate: here the contributive rates are taken as they were entered."
        ),
    },
)

# policy, months after the approval of the model, minimum rate in percent
STEPS = (
    ("dz-algeria-2023", 24, 10),
    ("dz-algeria-2023", 36, 20),
    ("dz-algeria-2023", 60, 30),
)


def load(apps):
    """Load policies and their steps, with the models of `apps`: django.apps or a migration's registry."""
    policy_model, step_model = apps.get_model("integration", "Policy"), apps.get_model("integration", "PolicyStep")
    for values in POLICIES:
        others = {name: value for name, value in values.items() if name != "code"}
        policy_model.objects.update_or_create(code=values["code"], defaults=others)
    for code, months, rate in STEPS:
        policy = policy_model.objects.get(code=code)
        step_model.objects.update_or_create(
            policy=policy, months_after_approval=months, defaults={"minimum_rate": rate}
        )
