"""Consignors, consignees and stations: places are real, firms are made up from plain words and stand for nobody."""

from typing import NamedTuple


class Origin(NamedTuple):
    """A place where goods are loaded, the days its trains take to the border, and the consignors there."""

    city: str
    days: int
    firms: tuple[str, ...]


class Destination(NamedTuple):
    """A station of destination, its country's two letters, and the consignees there without their legal form."""

    station: str
    country: str
    firms: tuple[str, ...]


ORIGINS: tuple[Origin, ...] = (
    Origin("Lianyungang", 4, ("Lianyun Harbour Trade Co", "Yellow Sea Forwarding Co", "East Pier Export Co")),
    Origin("Chongqing", 4, ("Two Rivers Electronics Co", "Fog City Machinery Co", "Mountain Stair Export Co")),
    Origin("Zhengzhou", 4, ("Central Plain Supply Co", "Crossroads Trading Co", "Songshan Foot Export Co")),
    Origin("Wuhan", 5, ("Yangtze Crossing Export Co", "Nine Streets Industrial Co", "East Lake Optics Trade Co")),
    Origin("Chengdu", 4, ("West Basin Components Co", "Brocade River Trade Co", "Teahouse Lane Export Co")),
    Origin("Xi'an", 3, ("Old Wall Industrial Co", "Drum Tower Export Co", "Wei River Supply Co")),
    Origin("Yiwu", 5, ("Small Goods Market Export Co", "Thousand Stalls Trade Co", "Button Street Supply Co")),
    Origin("Hefei", 5, ("Anhui Appliance Export Co", "Chao Lake Industrial Co", "South Gate Home Goods Co")),
    Origin("Lanzhou", 3, ("Yellow River Foods Co", "Iron Bridge Trade Co", "Loess Plateau Export Co")),
)
"""Days after the facts' table of origins, in whole days; for all but Lianyungang assumed there."""
GROWERS: tuple[Origin, ...] = (
    Origin("Kostanay", 4, ("Torgay Steppe Elevator", "North Furrow Grain House")),
    Origin("Petropavl", 4, ("Esil Grain House", "Birch Belt Elevator")),
    Origin("Shu", 2, ("Shu Valley Cooperative", "Reed Lake Growers")),
)
"""Days assumed."""
DESTINATIONS: tuple[Destination, ...] = (
    Destination("Almaty-1", "KZ", ("Zhetysu Wholesale", "Apple Hill Supply")),
    Destination("Tashkent-Tovarny", "UZ", ("Chirchik Import House", "Silk Gate Trade")),
    Destination("Vorsino", "RU", ("Kaluga Road Logistics", "Oka Bank Trading")),
    Destination("Kolyadichi", "BY", ("Svisloch Trading", "White Stork Import")),
    Destination("Lodz-Olechow", "PL", ("Vistula Spedition", "Loom Street Import")),
    Destination("Duisburg", "DE", ("Ruhr Harbour Handel", "Inland Quay Import")),
    Destination("Hamburg-Billwerder", "DE", ("Elbe Kontor", "Marsh Dyke Handel")),
    Destination("Alat", "AZ", ("Caspian Shore Trading", "Windy Cape Import")),
)
EASTWARD: tuple[Destination, ...] = (
    Destination("Lianyungang", "CN", ("Lianyun Harbour Grain Co", "East Pier Foods Co")),
    Destination("Xi'an", "CN", ("Old Wall Milling Co", "Wei River Oils Co")),
    Destination("Chengdu", "CN", ("West Basin Feed Co", "Brocade River Foods Co")),
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
