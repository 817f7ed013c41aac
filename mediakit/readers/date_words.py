"""The words of dates, as data: months, days of the week, time zones and what may stand around a date.

Languages are those that news databases have interfaces in. Words are in lower case and without accents, as
`date_text.fold` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FILLERS", "MONTHS", "REGIONS", "SEASONS", "WEEKDAYS", "ZONES", "ZONE_PHRASES"]

_MONTHS = {
    "English": (
        *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
        *("september sept sep", "october oct", "november nov", "december dec"),
    ),
    "German": (
        *("januar janner jaenner jan", "februar feber feb", "marz maerz mrz", "april apr", "mai", "juni jun"),
        *("juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez"),
    ),
    "French": (
        *(
            "janvier janv jan",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juill juil jul",
            "aout aou",
        ),
        *("septembre sept sep", "octobre oct", "novembre nov", "decembre dec"),
    ),
    "Dutch": (
        *("januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug"),
        *("september sept sep", "oktober okt", "november nov", "december dec"),
    ),
    "Spanish": (
        *("enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago"),
        *("septiembre setiembre sept sep set", "octubre oct", "noviembre nov", "diciembre dic"),
    ),
    "Italian": (
        *("gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug"),
        *("agosto ago", "settembre sett set", "ottobre ott", "novembre nov", "dicembre dic"),
    ),
    "Portuguese": (
        *("janeiro jan", "fevereiro fev", "marco mar", "abril abr", "maio mai", "junho jun", "julho jul"),
        *("agosto ago", "setembro set", "outubro out", "novembro nov", "dezembro dez"),
    ),
}

_WEEKDAYS = {  # of abbreviations only those of three letters or more: "di" is Tuesday in German, Sunday in French
    "English": (
        *("monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri"),
        *("saturday sat", "sunday sun"),
    ),
    "German": (*("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend sam", "sonntag son"),),
    "French": ("lundi lun", "mardi mar", "mercredi mer", "jeudi jeu", "vendredi ven", "samedi sam", "dimanche dim"),
    "Dutch": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag vrij vri", "zaterdag zat", "zondag zon"),
    "Spanish": ("lunes lun", "martes mar", "miercoles mie", "jueves jue", "viernes vie", "sabado sab", "domingo dom"),
    "Italian": (
        "lunedi lun",
        "martedi mar",
        "mercoledi mer",
        "giovedi gio",
        "venerdi ven",
        "sabato sab",
        "domenica dom",
    ),
    "Portuguese": ("segunda seg", "terca ter", "quarta qua", "quinta qui", "sexta sex", "sabado sab", "domingo dom"),
}


def _numbered(table: Mapping[str, tuple[str, ...]], first: int) -> dict[str, int]:
    return {word: number for rows in table.values() for number, row in enumerate(rows, first) for word in row.split()}


MONTHS = _numbered(_MONTHS, 1)
"""Number of the month, 1 to 12, by name. No name means different months in different languages."""

WEEKDAYS = _numbered(_WEEKDAYS, 0)
"""Number of the day of the week by name, Monday 0."""

SEASONS = frozenset(
    (
        "spring summer autumn fall winter fruhjahr fruhling sommer herbst printemps ete automne hiver lente zomer "
        "herfst primavera verano otono invierno estate autunno inverno outono verao christmas easter quarter issue"
    ).split()
)

FILLERS = frozenset(
    # in front of a date or a time, or between them
    "on at the of day le la il el los las am um den der vom dem du au de del do da em a as om op ore alle kl uhr uur h "
    "hs hrs hours heures heure hora horas um à t and "
    # what a page writes before its date
    "date dated published publication posted post updated update first last modified created issued filed load by "
    "publie mis jour maj modifie veroffentlicht erschienen aktualisiert stand datum publicado publicada actualizado "
    "actualizada atualizado pubblicato aggiornato gepubliceerd bijgewerkt fecha data gmt utc "
    # days of the week too short to tell the language
    "klo d mo tu we th fr sa su di mi so ma wo vr za zo lu me je ve feira time ad ce local".split()
)

_HOURS = {  # east of Greenwich
    0: "utc gmt z ut wet zulu",
    1: "bst west cet mez wat",
    2: "cest mesz eet sast cat",
    3: "eest msk eat trt idt",
    3.5: "irst",
    4: "gst",
    5: "pkt",
    5.75: "npt",
    7: "ict wib",
    8: "sgt hkt awst pht myt",
    9: "jst kst",
    9.5: "acst",
    10: "aest",
    10.5: "acdt",
    11: "aedt",
    12: "nzst",
    13: "nzdt",
    -2.5: "ndt",
    -3: "brt art adt",
    -3.5: "nst",
    -4: "edt",
    -5: "est cdt",
    -6: "cst mdt",
    -7: "mst pdt",
    -8: "pst akdt",
    -9: "akst",
    -10: "hst",
}
ZONES = {name: int(60 * hours) for hours, names in _HOURS.items() for name in names.split()}
"""Zones that stand behind times in news. IST (India, Ireland, Israel) and AST (Atlantic, Arabia) mean several."""

REGIONS = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "uk": "Europe/London",
    "aet": "Australia/Sydney",
}
"""Names of a region's time, summer and winter."""

ZONE_PHRASES = {
    "coordinated universal time": "utc",
    "koordinierte weltzeit": "utc",
    "temps universel coordonne": "utc",
    "greenwich mean time": "gmt",
    "british summer time": "bst",
    "central european time": "cet",
    "central european standard time": "cet",
    "central european summer time": "cest",
    "mitteleuropaische zeit": "cet",
    "mitteleuropaische sommerzeit": "cest",
    "eastern european time": "eet",
    "eastern european summer time": "eest",
    "moscow time": "msk",
    "moscow standard time": "msk",
    "beijing time": "sgt",
    "hong kong time": "hkt",
    "singapore time": "sgt",
    "japan standard time": "jst",
    "london time": "uk",
    "uk time": "uk",
    "heure de paris": "europe/paris",
    "paris time": "europe/paris",
    "kyiv time": "europe/kiev",
    "indian standard time": "asia/kolkata",
    "india standard time": "asia/kolkata",
    **{
        f"{region}{kind}": f"{region[0]}{code}"
        for region in ("eastern", "central", "mountain", "pacific")
        for kind, code in ((" standard time", "st"), (" daylight time", "dt"), (" time", "t"), ("", "t"))
    },
}
"""Zones that are written out, by the short name they stand for."""
