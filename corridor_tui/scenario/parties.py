"""Consignors, consignees and stations: places are real, firms are made up from plain words and stand for nobody."""

from typing import NamedTuple


class Origin(NamedTuple):
    """A place where goods are loaded, the days its trains take to the border, and the consignors there."""

    city: str
    days: int
    firms: tuple[str, ...]


class Destination(NamedTuple):
    """The stations of a place of destination, its country's two letters, and the consignees without their legal form.

    Either station and either firm go together, and a firm may have either form of its country: no paper is odd by itself.
    """

    stations: tuple[str, str]
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
"""With the whole days from each to the border, which are assumed for all but Lianyungang."""
GROWERS: tuple[Origin, ...] = (
    Origin("Kostanay", 4, ("Torgay Steppe Elevator", "North Furrow Grain House")),
    Origin("Petropavl", 4, ("Esil Grain House", "Birch Belt Elevator")),
    Origin("Shu", 2, ("Shu Valley Cooperative", "Reed Lake Growers")),
)
"""Days assumed."""
DESTINATIONS: tuple[Destination, ...] = (
    Destination(("Almaty-1", "Almaty-2"), "KZ", ("Zhetysu Wholesale", "Apple Hill Supply")),
    Destination(("Tashkent-Tovarny", "Chukursay"), "UZ", ("Chirchik Import House", "Silk Gate Trade")),
    Destination(("Vorsino", "Selyatino"), "RU", ("Kaluga Road Logistics", "Oka Bank Trading")),
    Destination(("Kolyadichi", "Stepyanka"), "BY", ("Svisloch Trading", "White Stork Import")),
    Destination(("Lodz-Olechow", "Poznan-Franowo"), "PL", ("Vistula Spedition", "Loom Street Import")),
    Destination(("Duisburg", "Duisburg-Ruhrort"), "DE", ("Ruhr Harbour Handel", "Inland Quay Import")),
    Destination(("Hamburg-Billwerder", "Hamburg-Waltershof"), "DE", ("Elbe Kontor", "Marsh Dyke Handel")),
    Destination(("Alat", "Bilajari"), "AZ", ("Caspian Shore Trading", "Windy Cape Import")),
)
SEZ = Destination(("Altynkol", "KTZE Dry Port"), "KZ", ("Dune Edge Assembly", "Eastern Gate Wholesale"))
"""The special economic zone beside the dry port; no train goes there."""
ZONE = Origin("Khorgos SEZ", 1, ("Dune Edge Assembly", "Eastern Gate Packing"))
"""Where exports come from; firms made up, a day assumed."""
EASTWARD: tuple[Destination, ...] = (
    Destination(("Lianyungang", "Lianyungang East"), "CN", ("Lianyun Harbour Grain Co", "East Pier Foods Co")),
    Destination(("Xi'an", "Xinzhu"), "CN", ("Old Wall Milling Co", "Wei River Oils Co")),
    Destination(("Chengdu", "Chengxiang"), "CN", ("West Basin Feed Co", "Brocade River Foods Co")),
)
FORMS = {
    "KZ": ("LLP", "JSC"),
    "UZ": ("MChJ", "AJ"),
    "RU": ("OOO", "AO"),
    "BY": ("OOO", "OAO"),
    "PL": ("Sp. z o.o.", "S.A."),
    "DE": ("GmbH", "AG"),
    "AZ": ("MMC", "QSC"),
    "CN": ("Ltd", "Corp"),
}
"""The legal forms that firms of a country have."""
LONG_FORMS = {
    "LLP": "Limited Liability Partnership",
    "JSC": "Joint Stock Company",
    "MChJ": "Masuliyati cheklangan jamiyat",
    "AJ": "Aksiyadorlik jamiyati",
    "OOO": "Obshchestvo s ogr. otvetstvennostyu",
    "AO": "Aktsionernoe obshchestvo",
    "OAO": "Otkrytoe aktsionernoe obshchestvo",
    "Sp. z o.o.": "Spolka z ograniczona odpow.",
    "S.A.": "Spolka Akcyjna",
    "GmbH": "Gesellschaft mbH",
    "AG": "Aktiengesellschaft",
    "MMC": "Mehdud mesuliyyetli cemiyyet",
    "QSC": "Qapali sehmdar cemiyyeti",
    "Ltd": "Limited",
    "Corp": "Corporation",
}
"""A firm's legal form written short and long: the same firm."""
CIM = ("PL", "DE")
"""Countries under CIM: their trains run with the common CIM/SMGS note."""
