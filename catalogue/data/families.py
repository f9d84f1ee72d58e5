"""Units, part families and the headings of the Harmonized System (edition 2022) under which they pass."""

# code, then name in French, Arabic, English, then symbol in French, Arabic, English
UNITS = (
    ("piece", "pièce", "قطعة", "piece", "pce", "قطعة", "pc"),
    ("set", "jeu", "طقم", "set", "jeu", "طقم", "set"),
    ("kit", "kit", "عدة", "kit", "kit", "عدة", "kit"),
    ("litre", "litre", "لتر", "litre", "L", "ل", "L"),
    ("kilogram", "kilogramme", "كيلوغرام", "kilogram", "kg", "كغ", "kg"),
)

EDITION = 2022

# code, French, Arabic, English, headings
FAMILIES = (
    ("brakes", "Freins", "الفرامل", "Brakes", "8708.30 6813.81"),
    ("clutches", "Embrayages", "القوابض", "Clutches", "8708.93"),
    ("suspension", "Amortisseurs et suspension", "المخمدات ونظام التعليق", "Shock absorbers and suspension", "8708.80"),
    ("exhaust", "Échappement", "نظام العادم", "Exhaust", "8708.92"),
    ("radiators", "Radiateurs", "المشعات", "Radiators", "8708.91"),
    ("steering", "Direction", "نظام التوجيه", "Steering", "8708.94"),
    ("wheels", "Roues", "العجلات", "Wheels", "8708.70"),
    ("body", "Carrosserie", "الهيكل", "Body", "8708.29"),
    ("bumpers", "Pare-chocs", "المصدات", "Bumpers", "8708.10"),
    ("filters", "Filtres", "المرشحات", "Filters", "8421.23 8421.31"),
    ("batteries", "Batteries", "البطاريات", "Batteries", "8507.10"),
    ("spark-plugs", "Bougies d’allumage", "شمعات الإشعال", "Spark plugs", "8511.10"),
    ("starters", "Démarreurs", "بادئات التشغيل", "Starters", "8511.40"),
    ("alternators", "Alternateurs", "المولدات", "Alternators", "8511.50"),
    ("lighting", "Éclairage et signalisation", "الإنارة والإشارة", "Lighting and signalling", "8512.20"),
    ("harnesses", "Faisceaux électriques", "الضفائر الكهربائية", "Wiring harnesses", "8544.30"),
    ("belts", "Courroies", "السيور", "Belts", "4010.31 4010.32 4010.33 4010.34 4010.35 4010.36"),
    ("pumps", "Pompes", "المضخات", "Pumps", "8413.30"),
    ("oils", "Huiles", "الزيوت", "Oils", "2710.19"),
    ("brake-fluid", "Liquide de frein", "سائل الفرامل", "Brake fluid", "3819.00"),
    ("coolant", "Liquide de refroidissement", "سائل التبريد", "Coolant", "3820.00"),
    ("glass", "Vitrages", "الزجاج", "Glass", "7007.11 7007.21"),
    ("seats", "Sièges", "المقاعد", "Seats", "9401.20"),
    ("other", "Autres pièces", "قطع أخرى", "Other parts", "8708.99"),
    ("unclassified", "Non classée", "غير مصنفة", "Unclassified", ""),
)

# code, then a short name in our own words: French, Arabic, English
HS_CODES = (
    ("2710.19", "Huiles de pétrole, autres que légères", "زيوت بترولية غير خفيفة", "Petroleum oils other than light"),
    ("3819.00", "Liquides pour freins hydrauliques", "سوائل الفرامل الهيدروليكية", "Hydraulic brake fluids"),
    (
        "3820.00",
        "Antigels et liquides dégivrants",
        "مانعات التجمد وسوائل إزالة الجليد",
        "Antifreeze and de-icing fluids",
    ),
    (
        "4010.31",
        "Courroies trapézoïdales striées, de 60 à 180 cm",
        "سيور شبه منحرفة مضلعة من 60 إلى 180 سم",
        "V-ribbed belts, 60 to 180 cm",
    ),
    (
        "4010.32",
        "Courroies trapézoïdales non striées, de 60 à 180 cm",
        "سيور شبه منحرفة غير مضلعة من 60 إلى 180 سم",
        "V-belts other than ribbed, 60 to 180 cm",
    ),
    (
        "4010.33",
        "Courroies trapézoïdales striées, de 180 à 240 cm",
        "سيور شبه منحرفة مضلعة من 180 إلى 240 سم",
        "V-ribbed belts, 180 to 240 cm",
    ),
    (
        "4010.34",
        "Courroies trapézoïdales non striées, de 180 à 240 cm",
        "سيور شبه منحرفة غير مضلعة من 180 إلى 240 سم",
        "V-belts other than ribbed, 180 to 240 cm",
    ),
    (
        "4010.35",
        "Courroies synchrones, de 60 à 150 cm",
        "سيور متزامنة من 60 إلى 150 سم",
        "Synchronous belts, 60 to 150 cm",
    ),
    (
        "4010.36",
        "Courroies synchrones, de 150 à 198 cm",
        "سيور متزامنة من 150 إلى 198 سم",
        "Synchronous belts, 150 to 198 cm",
    ),
    ("6813.81", "Garnitures de freins non montées", "بطانات فرامل غير مركبة", "Brake linings, not mounted"),
    ("7007.11", "Verre trempé pour véhicules", "زجاج مقسى للمركبات", "Toughened glass for vehicles"),
    ("7007.21", "Verre feuilleté pour véhicules", "زجاج مطبق للمركبات", "Laminated glass for vehicles"),
    (
        "8413.30",
        "Pompes de moteur (carburant, huile, eau)",
        "مضخات المحرك (وقود، زيت، ماء)",
        "Engine pumps (fuel, oil, coolant)",
    ),
    ("8421.23", "Filtres à huile ou à carburant", "مرشحات الزيت أو الوقود", "Oil or fuel filters"),
    ("8421.31", "Filtres à air d’admission", "مرشحات هواء السحب", "Intake air filters"),
    ("8507.10", "Accumulateurs au plomb de démarrage", "بطاريات رصاص لبدء التشغيل", "Lead-acid starter batteries"),
    ("8511.10", "Bougies d’allumage", "شمعات الإشعال", "Spark plugs"),
    ("8511.40", "Démarreurs", "بادئات التشغيل", "Starter motors"),
    ("8511.50", "Autres génératrices", "مولدات أخرى", "Other generators"),
    (
        "8512.20",
        "Appareils d’éclairage et de signalisation",
        "أجهزة الإنارة والإشارة",
        "Lighting and signalling equipment",
    ),
    ("8544.30", "Jeux de fils pour véhicules", "أطقم أسلاك للمركبات", "Wiring sets for vehicles"),
    ("8708.10", "Pare-chocs et leurs parties", "المصدات وأجزاؤها", "Bumpers and their parts"),
    ("8708.29", "Autres parties de carrosserie", "أجزاء أخرى من الهيكل", "Other body parts"),
    (
        "8708.30",
        "Freins, servo-freins et leurs parties",
        "الفرامل ومؤازراتها وأجزاؤها",
        "Brakes, servo-brakes and their parts",
    ),
    ("8708.70", "Roues, parties et accessoires", "العجلات وأجزاؤها ولوازمها", "Wheels, parts and accessories"),
    (
        "8708.80",
        "Systèmes de suspension et leurs parties",
        "أنظمة التعليق وأجزاؤها",
        "Suspension systems and their parts",
    ),
    ("8708.91", "Radiateurs et leurs parties", "المشعات وأجزاؤها", "Radiators and their parts"),
    ("8708.92", "Silencieux et tuyaux d’échappement", "كواتم الصوت وأنابيب العادم", "Silencers and exhaust pipes"),
    ("8708.93", "Embrayages et leurs parties", "القوابض وأجزاؤها", "Clutches and their parts"),
    (
        "8708.94",
        "Volants, colonnes et boîtiers de direction",
        "مقاود وأعمدة وعلب التوجيه",
        "Steering wheels, columns and boxes",
    ),
    (
        "8708.99",
        "Autres parties et accessoires de véhicules",
        "أجزاء ولوازم أخرى للمركبات",
        "Other vehicle parts and accessories",
    ),
    ("9401.20", "Sièges pour véhicules", "مقاعد المركبات", "Seats for vehicles"),
)
