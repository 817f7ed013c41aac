"""The words of dates, as data: months, days of the week, time zones and what may stand around a date.

Languages are those that news databases have interfaces in, the large ones of Europe, Arabic and Indonesian. Words are
in lower case and without accents, as `date_text.fold` makes them; "_" is a space. Croatian is left out: its listopad is
October, that of Poles and Czechs November.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["FILLERS", "MONTHS", "PUBLISHED", "REGIONS", "SEASONS", "UPDATED", "WEEKDAYS", "ZONES", "ZONE_PHRASES"]

_MONTHS: dict[str, Sequence[str]] = {
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
    "Catalan": (
        "gener gen|febrer febr|marc|abril abr|maig|juny|juliol jul|agost ag|setembre set|octubre oct|novembre nov"
        "|desembre des"
    ).split("|"),
    "Swedish": (
        "januari jan|februari feb|mars mar|april apr|maj|juni jun|juli jul|augusti aug|september sept sep"
        "|oktober okt|november nov|december dec"
    ).split("|"),
    "Danish": (
        "januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug|september sept sep"
        "|oktober okt|november nov|december dec"
    ).split("|"),
    "Norwegian": (
        "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sept sep"
        "|oktober okt|november nov|desember des"
    ).split("|"),
    "Finnish": (
        "tammikuuta tammikuu tammi|helmikuuta helmikuu helmi|maaliskuuta maaliskuu maalis|huhtikuuta huhtikuu huhti"
        "|toukokuuta toukokuu touko|kesakuuta kesakuu kesa|heinakuuta heinakuu heina|elokuuta elokuu elo"
        "|syyskuuta syyskuu syys|lokakuuta lokakuu loka|marraskuuta marraskuu marras|joulukuuta joulukuu joulu"
    ).split("|"),
    "Estonian": (
        "jaanuar jaan|veebruar veebr|marts|aprill apr|mai|juuni|juuli|august aug|september sept|oktoober okt"
        "|november nov|detsember dets"
    ).split("|"),
    "Polish": (
        "stycznia styczen sty|lutego luty lut|marca marzec mar|kwietnia kwiecien kwi|maja maj|czerwca czerwiec cze"
        "|lipca lipiec lip|sierpnia sierpien sie|wrzesnia wrzesien wrz|pazdziernika pazdziernik paz"
        "|listopada listopad lis|grudnia grudzien gru"
    ).split("|"),
    "Czech": (
        "ledna leden led|unora unor uno|brezna brezen bre|dubna duben dub|kvetna kveten kve|cervna cerven cvn"
        "|cervence cervenec cvc|srpna srpen srp|zari zar|rijna rijen rij|listopadu listopad lis|prosince prosinec pro"
    ).split("|"),
    "Slovak": (
        "januara januar jan|februara februar feb|marca marec mar|aprila april apr|maja maj|juna jun|jula jul"
        "|augusta august aug|septembra september sep|oktobra oktober okt|novembra november nov|decembra december dec"
    ).split("|"),
    "Slovene": (
        "januarja januar jan|februarja februar feb|marca marec mar|aprila april apr|maja maj|junija junij jun"
        "|julija julij jul|avgusta avgust avg|septembra september sep|oktobra oktober okt|novembra november nov"
        "|decembra december dec"
    ).split("|"),
    "Serbian": (
        "januar jan januara јануар јануара јан|februar feb februara фебруар фебруара феб|mart mar marta март марта мар"
        "|april apr aprila април априла апр|maj maja мај маја|jun juna јун јуна|jul jula јул јула"
        "|avgust avg avgusta август августа авг|septembar sep septembra септембар септембра сеп"
        "|oktobar okt oktobra октобар октобра окт|novembar nov novembra новембар новембра нов"
        "|decembar dec decembra децембар децембра дец"
    ).split("|"),
    "Hungarian": (
        "januar jan|februar febr|marcius marc|aprilis apr|majus maj|junius jun|julius jul|augusztus aug"
        "|szeptember szept|oktober okt|november nov|december dec"
    ).split("|"),
    "Romanian": (
        "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug|septembrie sept sep"
        "|octombrie oct|noiembrie noi nov|decembrie dec"
    ).split("|"),
    "Turkish": (
        "ocak oca|subat sub|mart mar|nisan nis|mayis may|haziran haz|temmuz tem|agustos agu|eylul eyl|ekim eki"
        "|kasim kas|aralik ara"
    ).split("|"),
    "Indonesian": (
        "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agu agt|september sep"
        "|oktober okt|november nov|desember des"
    ).split("|"),
    "Russian": (
        "января январь янв|февраля февраль февр фев|марта март мар|апреля апрель апр|мая маи|июня июнь июн"
        "|июля июль июл|августа август авг|сентября сентябрь сент сен|октября октябрь окт|ноября ноябрь нояб ноя"
        "|декабря декабрь дек"
    ).split("|"),
    "Ukrainian": (
        "січня січень січ|лютого лютии лют|березня березень бер|квітня квітень квіт кві|травня травень трав тра"
        "|червня червень черв чер|липня липень лип|серпня серпень серп сер|вересня вересень вер|жовтня жовтень жовт жов"
        "|листопада листопад лист лис|грудня грудень груд гру"
    ).split("|"),
    "Bulgarian": (
        "януари яну|февруари фев|март|април апр|маи|юни|юли|август авг|септември сеп|октомври окт|ноември ное"
        "|декември дек"
    ).split("|"),
    "Greek": (
        "ιανουαριου ιανουαριοσ ιαν|φεβρουαριου φεβρουαριοσ φεβ|μαρτιου μαρτιοσ μαρ|απριλιου απριλιοσ απρ"
        "|μαιου μαιοσ μαι|ιουνιου ιουνιοσ ιουν|ιουλιου ιουλιοσ ιουλ|αυγουστου αυγουστοσ αυγ"
        "|σεπτεμβριου σεπτεμβριοσ σεπ σεπτ|οκτωβριου οκτωβριοσ οκτ|νοεμβριου νοεμβριοσ νοε|δεκεμβριου δεκεμβριοσ δεκ"
    ).split("|"),
    "Arabic": (  # of Egypt and the Gulf, of the Levant, of both, of the Maghreb
        "يناير كانون_الثاني كانون_الثاني/يناير جانفي|فبراير شباط شباط/فبراير فيفري|مارس اذار اذار/مارس"
        "|ابريل نيسان نيسان/ابريل افريل|مايو ايار ايار/مايو ماي|يونيو حزيران حزيران/يونيو جوان"
        "|يوليو تموز تموز/يوليو جويلية يوليوز|اغسطس اب اب/اغسطس اوت غشت|سبتمبر ايلول ايلول/سبتمبر شتنبر"
        "|اكتوبر تشرين_الاول تشرين_الاول/اكتوبر|نوفمبر تشرين_الثاني تشرين_الثاني/نوفمبر نونبر"
        "|ديسمبر كانون_الاول كانون_الاول/ديسمبر دجنبر"
    ).split("|"),
}

_WEEKDAYS: dict[
    str, Sequence[str]
] = {  # of abbreviations only those of three letters or more: "di" is Tuesday in German, Sunday in French;
    # and not "son", which is "last" in Turkish
    "English": (
        *("monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri"),
        *("saturday sat", "sunday sun"),
    ),
    "German": (*("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend sam", "sonntag"),),
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
    "Catalan": "dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge".split("|"),
    "Swedish": "mandag man|tisdag tis|onsdag ons|torsdag tors tor|fredag fre|lordag lor|sondag".split("|"),
    "Danish": "mandag man|tirsdag tirs tir|onsdag ons|torsdag tors tor|fredag fre|lordag lor|sondag".split("|"),
    "Finnish": (
        "maanantai maanantaina|tiistai tiistaina|keskiviikko keskiviikkona|torstai torstaina|perjantai perjantaina"
        "|lauantai lauantaina|sunnuntai sunnuntaina"
    ).split("|"),
    "Estonian": "esmaspaev|teisipaev|kolmapaev|neljapaev|reede|laupaev|puhapaev".split("|"),
    "Polish": "poniedzialek|wtorek|sroda|czwartek|piatek|sobota|niedziela".split("|"),
    "Czech": "pondeli|utery|streda|ctvrtek|patek|sobota|nedele".split("|"),
    "Slovak": "pondelok|utorok|streda|stvrtok|piatok|sobota|nedela".split("|"),
    "Slovene": "ponedeljek|torek|sreda|cetrtek|petek|sobota|nedelja".split("|"),
    "Serbian": (
        "ponedeljak понедељак|utorak уторак|sreda среда|cetvrtak четвртак|petak петак|subota субота|nedelja недеља"
    ).split("|"),
    "Hungarian": "hetfo|kedd|szerda|csutortok|pentek|szombat|vasarnap".split("|"),
    "Romanian": "luni|marti|miercuri|joi|vineri|sambata|duminica".split("|"),
    "Turkish": "pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar".split("|"),
    "Indonesian": "senin|selasa|rabu|kamis|jumat|sabtu|minggu".split("|"),
    "Russian": "понедельник пн|вторник вт|среда ср|четверг чт|пятница пт|суббота сб|воскресенье вс".split("|"),
    "Ukrainian": "понеділок пн|вівторок вт|середа ср|четвер чт|п'ятниця пт|субота сб|неділя нд".split("|"),
    "Bulgarian": "понеделник пн|вторник вт|сряда ср|четвъртък чт|петък пт|събота сб|неделя нд".split("|"),
    "Greek": ("δευτερα δευ|τριτη τρι|τεταρτη τετ|πεμπτη πεμ|παρασκευη παρ|σαββατο σαβ|κυριακη κυρ").split("|"),
    "Arabic": "الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعة|السبت|الاحد".split("|"),
}


def _numbered(table: Mapping[str, Sequence[str]], first: int) -> dict[str, int]:
    return {
        word.replace("_", " "): number
        for rows in table.values()
        for number, row in enumerate(rows, first)
        for word in row.split()
    }


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

PUBLISHED = frozenset(
    (
        "published publication posted publie publiee paru parue veroffentlicht erschienen publicado publicada "
        "pubblicato pubblicata gepubliceerd publicerad publicerades publisert "
        "publiceret udgivet offentliggjort julkaistu "
        "opublikowano publikovano zverejneno zverejnene uverejnene objavljeno objavljen megjelent kozzeteve publicat "
        "yayinlanma yayin yayinlandi diterbitkan опубликовано опубліковано публикувано објављено δημοσιευση "
        "δημοσιευτηκε نشر نشرت النشر"
    ).split()
)
"""What is written in front of the day of publication."""

UPDATED = frozenset(
    (
        "updated update modified revised mis mise modifie modifiee aktualisiert aktualisierung geandert stand "
        "actualizado actualizada actualizacion atualizado atualizada atualizacao aggiornato aggiornata aggiornamento "
        "bijgewerkt gewijzigd uppdaterad uppdaterades andrad oppdatert endret opdateret paivitetty muokattu "
        "zaktualizowano aktualizacja aktualizovano aktualizace aktualizovane aktualizacia azurirano frissitve "
        "frissites actualizat guncelleme guncellenme guncellendi diperbarui обновлено "
        "обновление оновлено обновено ажурирано "
        "ενημερωση ενημερωθηκε تحديث"
    ).split()
)
"""What is written in front of the day of the last change."""

FILLERS = frozenset(
    # in front of a date or a time, or between them
    "on at the of day le la il el los las am um den der vom dem du au de del do da em a as om op ore alle kl uhr uur h "
    "hs hrs hours heures heure hora horas um t and "
    "klockan i r roku godz o godzinie v ve hod hodin dne ob u la pe pada pukul saat tarihi "
    "klo de la ora в г года о р року ч "
    "στισ του في يوم الساعة "
    # what a page writes before its date
    "date dated post maj first last created issued filed load by jour datum "
    "fecha data senast sist siste sidst viimeksi "
    "ostatnia posledni posledna ultima ultimo ultima derniere letzte zuletzt laatst laatste son terakhir "
    "utoljara последнее последна дата τελευταια اخر تاريخ gmt utc "
    # days of the week too short to tell the language
    "klo d mo tu we th fr sa su di mi so ma wo vr za zo lu me je ve feira time ad ce local".split()
) | (PUBLISHED | UPDATED)

_HOURS = {  # east of Greenwich
    0: "utc gmt z ut wet zulu",
    1: "bst west cet mez wat",
    2: "cest mesz eet sast cat",
    3: "eest msk мск eat trt idt",
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
