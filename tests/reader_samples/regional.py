"""Samples of regional databases: APA DeFacto (Austria), Mediargus (Belgium)."""

DEFACTO_HTML = """<html><head><title>DeFacto - Ausdruck</title></head><body>
<div class="eintrag"><h3>Fähren bleiben im Hafen</h3>
<pre>"Hügelbote" Nr. 52/2025 vom 17.08.2025 05.15 Uhr   Seite: 14
Ressort: Chronik
Von Anna Eik</pre>
<p>Die Häfen trennten sich ohne Ergebnis.</p><p>"Wir machen weiter", sagte <b>Ann Oak</b>.</p></div>
<div class="eintrag"><h3>Kurz gemeldet</h3><pre>"talkurier.at" gefunden am 18.08.2025 18:00 Uhr</pre>
<p>Ein Absatz.</p></div></body></html>"""

_RULE = "_" * 67
DEFACTO_TXT = f""""Hügelbote" Nr. 52/2025 vom 17.08.2025                              Seite: 14
Ressort: Chronik

Von Anna Eik

Fähren bleiben im Hafen

Die Häfen trennten sich ohne Ergebnis.

"Wir machen weiter", sagte Ann Oak.

Gespeicherter Anhang: bild.jpg

{_RULE}

"talkurier.at" gefunden am 18.08.2025 18:00 Uhr

Kurz gemeldet

Ein Absatz.
"""

MEDIARGUS = """\ufeff1. Veren blijven in de haven

De Kade, 17-08-2025, p. 5, 345w.


2. Kort nieuws

Het Dal, 18 augustus 2025, p. 12, 20 w.






1. Veren blijven in de haven

Binnenland

De havens gingen uiteen zonder akkoord.

"We gaan door", zei Ann Oak.





2. Kort nieuws

Een alinea over de veren die hier staat.
"""


SAMPLES: dict[str, bytes] = {
    "defacto.htm": DEFACTO_HTML.encode("cp1252"),
    "defacto.txt": DEFACTO_TXT.encode(),
    "mediargus.txt": MEDIARGUS.encode(),
}
