"""The columns of a file of monthly output: what senders call them, and their words for units."""

from django.utils.translation import gettext_lazy as _

from partstrack.folding import fold
from partstrack.registry import Field
from production.models import MEASURE_NAMES

FIELDS = (
    Field(
        "part",
        _("Reference"),
        (
            "référence", "référence pièce", "référence de la pièce", "ref", "réf", "réf.", "réf pièce", "pn", "p/n", "part number",
            "part no", "part", "reference", "code article", "code pièce", "article", "المرجع", "رقم القطعة", "مرجع القطعة", "رمز القطعة",
        ),
        "key",
        required=True,
    ),
    Field("month", _("Month"), ("mois", "période", "periode", "month", "period", "date", "شهر", "الشهر", "الفترة"), "month"),
    Field("name", _("Designation"), ("désignation", "libellé", "nom", "intitulé", "designation", "name", "description", "التعيين", "التسمية")),
    Field("supplier", _("Supplier"), ("fournisseur", "code fournisseur", "supplier", "supplier code", "fabricant", "المورد", "المورّد")),
    Field("site", _("Site"), ("site", "usine", "code site", "plant", "unité de production", "الموقع", "المصنع")),
    Field("brand", _("Brand"), ("marque", "brand", "العلامة", "العلامة التجارية")),
    Field("family", _("Family"), ("famille", "family", "العائلة", "الفئة")),
    Field("unit", _("Unit"), ("unité", "unite", "unit", "uom", "الوحدة", "وحدة القياس")),
    Field(
        "produced",
        MEASURE_NAMES["produced"],
        ("quantité produite", "quantités produites", "qté produite", "produit", "produits", "pièces produites", "production",
         "qty produced", "quantity produced", "produced", "output", "الكمية المنتجة", "الإنتاج", "المنتج"),
        "measure",
    ),
    Field(
        "quantity",
        _("Quantity"),
        ("quantité", "quantités", "qté", "qte", "qty", "quantity", "volume", "volumes", "الكمية", "العدد"),
        "measure",
    ),
    Field("scrapped", MEASURE_NAMES["scrapped"], ("rebuts", "rebut", "scrap", "scrapped", "المرفوضات", "التالف"), "measure"),
    Field(
        "sold",
        MEASURE_NAMES["sold_unsplit"],
        ("quantité vendue", "quantités vendues", "qté vendue", "vendu", "vendus", "ventes", "pièces vendues", "qty sold",
         "quantity sold", "sold", "sales", "الكمية المباعة", "المبيعات", "المباع"),
        "measure",
    ),
    Field(
        "sold_after_market",
        MEASURE_NAMES["sold_after_market"],
        ("ventes rechange", "vendu rechange", "ventes après-vente", "vendu après-vente", "sold after-market", "after-market sales",
         "مبيعات ما بعد البيع"),
        "measure",
    ),
    Field(
        "sold_first_fit",
        MEASURE_NAMES["sold_first_fit"],
        ("ventes première monte", "vendu première monte", "première monte", "sold first fit", "first fit sales", "oe sales",
         "مبيعات التركيب الأول"),
        "measure",
    ),
    Field("exported", MEASURE_NAMES["exported"], ("exporté", "exportations", "quantité exportée", "exported", "الصادرات"), "measure"),
    Field("own_use", MEASURE_NAMES["own_use"], ("autoconsommation", "usage propre", "own use", "الاستهلاك الذاتي"), "measure"),
    Field(
        "made_for_others",
        MEASURE_NAMES["made_for_others"],
        ("fabriqué pour des tiers", "produit pour tiers", "façon", "made for others", "الإنتاج للغير"),
        "measure",
    ),
    Field("bought_in", MEASURE_NAMES["bought_in"], ("achats", "acheté", "négoce", "bought in", "purchased", "المشتريات"), "measure"),
    Field("written_off", MEASURE_NAMES["written_off"], ("sorties diverses", "pertes", "casse", "written off", "الشطب"), "measure"),
    Field("opening", MEASURE_NAMES["opening"], ("stock initial", "stock début", "stock ouverture", "opening stock", "مخزون أول المدة"), "measure"),
    Field("closing", MEASURE_NAMES["closing"], ("stock final", "stock fin", "stock clôture", "closing stock", "مخزون آخر المدة"), "measure"),
    Field(
        "value_produced",
        MEASURE_NAMES["value_produced"],
        ("valeur produite", "valeur production", "valeur produite da", "value produced", "قيمة الإنتاج"),
        "measure",
    ),
    Field("value_sold", MEASURE_NAMES["value_sold"], ("valeur vendue", "chiffre d'affaires", "ca ht", "valeur ventes", "value sold", "قيمة المبيعات"), "measure"),
)  # fmt: skip

UNIT_WORDS = {
    fold(word): code
    for code, words in {
        "piece": "pièce pièces pce pcs pc piece pieces unité unités u unit units nombre nb قطعة قطع وحدة وحدات",
        "set": "jeu jeux set sets طقم أطقم",
        "kit": "kit kits",
        "litre": "litre litres l liter liters لتر",
        "kilogram": "kg kilo kilos kilogramme kilogrammes kilogram kilograms كلغ كغ كيلوغرام",
    }.items()
    for word in words.split()
} | {fold("en pièces"): "piece", fold("en unités"): "piece"}
