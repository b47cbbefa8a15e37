"""Consignors, consignees and stations: places are real, firms are made up from plain words and stand for nobody."""

ORIGINS: tuple[tuple[str, str], ...] = (
    ("Lianyungang", "Lianyun Harbour Trade Co"),
    ("Chongqing", "Two Rivers Electronics Co"),
    ("Zhengzhou", "Central Plain Supply Co"),
    ("Wuhan", "Yangtze Crossing Export Co"),
    ("Chengdu", "West Basin Components Co"),
    ("Xi'an", "Old Wall Industrial Co"),
    ("Yiwu", "Small Goods Market Export Co"),
    ("Hefei", "Anhui Appliance Export Co"),
    ("Lanzhou", "Yellow River Foods Co"),
)
DESTINATIONS: tuple[tuple[str, str, str], ...] = (
    ("Almaty-1", "KZ", "Zhetysu Wholesale"),
    ("Tashkent-Tovarny", "UZ", "Chirchik Import House"),
    ("Vorsino", "RU", "Kaluga Road Logistics"),
    ("Kolyadichi", "BY", "Svisloch Trading"),
    ("Lodz-Olechow", "PL", "Vistula Spedition"),
    ("Duisburg", "DE", "Ruhr Harbour Handel"),
    ("Hamburg-Billwerder", "DE", "Elbe Kontor"),
    ("Alat", "AZ", "Caspian Shore Trading"),
)
EASTWARD: tuple[tuple[str, str, str], ...] = (
    ("Lianyungang", "CN", "Lianyun Harbour Grain Co"),
    ("Xi'an", "CN", "Old Wall Milling Co"),
    ("Chengdu", "CN", "West Basin Feed Co"),
)
GROWERS: tuple[tuple[str, str], ...] = (
    ("Kostanay", "Torgay Steppe Elevator"),
    ("Petropavl", "Esil Grain House"),
    ("Shu", "Shu Valley Cooperative"),
)
FORMS = {
    "KZ": "LLP",
    "UZ": "MChJ",
    "RU": "OOO",
    "BY": "OOO",
    "PL": "Sp. z o.o.",
    "DE": "GmbH",
    "AZ": "MMC",
    "CN": "Ltd",
}
LONG_FORMS = {
    "LLP": "Limited Liability Partnership",
    "MChJ": "Masuliyati cheklangan jamiyat",
    "OOO": "Obshchestvo s ogr. otvetstvennostyu",
    "Sp. z o.o.": "Spolka z ograniczona odpow.",
    "GmbH": "Gesellschaft mbH",
    "MMC": "Mehdud mesuliyyetli cemiyyet",
    "Ltd": "Limited",
}
"""A firm's legal form written short and long: the same firm."""
CIM = ("PL", "DE")
"""Countries under CIM: their trains run with the common CIM/SMGS note."""
