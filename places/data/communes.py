"""The seats of the wilayas made in 2019 and 2026: communes that left the wilaya which stands beside them.

Only what the laws' tables of seats say is kept; the other communes of a new wilaya come with its own list.
"""

# code, French, Arabic, wilaya of before, wilaya since
SEATS = (
    ("timimoun", "Timimoun", "تيميمون", "01", "49"),
    ("bordj-badji-mokhtar", "Bordj Badji Mokhtar", "برج باجي مختار", "01", "50"),
    ("ouled-djellal", "Ouled Djellal", "أولاد جلال", "07", "51"),
    ("beni-abbes", "Béni Abbès", "بني عباس", "08", "52"),
    ("in-salah", "In Salah", "عين صالح", "11", "53"),
    ("in-guezzam", "In Guezzam", "عين قزام", "11", "54"),
    ("touggourt", "Touggourt", "توقرت", "30", "55"),
    ("djanet", "Djanet", "جانت", "33", "56"),
    ("el-mghaier", "El M’Ghaier", "المغير", "39", "57"),
    ("el-meniaa", "El Meniaa", "المنيعة", "47", "58"),
    ("aflou", "Aflou", "آفلو", "03", "59"),
    ("barika", "Barika", "بريكة", "05", "60"),
    ("el-kantara", "El Kantara", "القنطرة", "07", "61"),
    ("bir-el-ater", "Bir El Ater", "بئر العاتر", "12", "62"),
    ("el-aricha", "El Aricha", "العريشة", "13", "63"),
    ("ksar-chellala", "Ksar Chellala", "قصر الشلالة", "14", "64"),
    ("ain-ouessara", "Aïn Ouessara", "عين وسارة", "17", "65"),
    ("messaad", "Messaad", "مسعد", "17", "66"),
    ("ksar-el-boukhari", "Ksar El Boukhari", "قصر البخاري", "26", "67"),
    ("bou-saada", "Bou Saâda", "بوسعادة", "28", "68"),
    ("el-abiodh-sidi-cheikh", "El Abiodh Sidi Cheikh", "الأبيض سيدي الشيخ", "32", "69"),
)
