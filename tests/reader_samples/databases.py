"""Samples of databases' exports, written for the tests: Europresse, ProQuest, reference lists."""

_CERTIFICATE = "Ce certificat est émis à <b>Bibliothèque</b> à des fins de visualisation personnelle et temporaire."

EUROPRESSE = f"""<!DOCTYPE html> <html> <head> <meta charset="utf-8"> <title></title> <style>.DocPublicationName{{}}
.docOcurrContainer a{{color:#036}}</style></head> <body>
<div>Documents sauvegardés • 4 documents</div>
<article> <header> <div class="rdp__DocPublicationName"> <span class="DocPublicationName">Le Quai, no. 24851 </span>
</div> <div> <span class="DocHeader">Politique, samedi 1er mars 2025 1 247 mots, p. 16</span> </div>
<div><p>PORTS</p></div> <div class="titreArticle"> <p class='sm-margin-bottom'>TRIBUNE</p>
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Les bacs restent à <mark>quai</mark></p>
<p class="sm-margin-TopNews rdp__subtitle">Trois heures pour rien</p> </div>
<p class="sm-margin-bottomNews">Par Anne Chêne</p> </header>
<section> <div class="DocText clearfix"> <div class='docOcurrContainer'> <p>Les ports se sont séparés <mark>sans</mark>
accord.</p> <p>« On continue », dit Mme Chêne.</p> </div> </div> </section>
<aside> <div><p><b>Illustration(s) : </b></p> <div><p>Un bac au port.</p></div></div> </aside>
<footer> <small>© 2025 Le Quai. Tous droits réservés.</small> <p>Numéro de document : news·20250301·LQ·0q0301_1</p>
<div id="divPubliC"> <div> <span id="PubliC_lblNodoc">news·20250301·LQ·0q0301_1</span> </div>
<div><span>{_CERTIFICATE}</span></div> </div> </footer> </article>
<article> <header> <div> <span class="DocPublicationName">The Harbour Gazette</span> </div>
<div> <span class="DocHeader">News, Monday, March 3, 2025 - 08:05 UTC +01:00, p. A3</span> </div>
<div class="titreArticle"> <p class="titreArticleVisu">Ferries stay in port</p> </div> <div>Jane Doe</div> </header>
<section> <div class="DocText"> <p>The ports parted without a deal.</p> </div> </section>
<footer> <small>© 2025 The Harbour Gazette. All rights reserved.</small>
<p>News document number: news·20250303·HG·77</p> </footer> </article>
<article> <header> <div> <span class="DocPublicationName">Le Quai (site web)</span> </div>
<div> <span class="DocTitreSousSection"></span><span class="DocHeader">lundi 3 mars 2025</span> </div>
<div class="titreArticle"> <p class="titreArticleVisu">Brève</p> </div> </header>
<section> <p>Un paragraphe hors cadre.</p> </div> </div> </section>
<footer> <p>Numéro de document : web·20250303·LQW·9</p> </footer> </article>
</body> </html>"""


def _europresse_old(source: str, header: str, title: str, body: str, number: str) -> str:
    return f"""<table align="center"><tr><td style="word-wrap: break-word" ><table id="tbHeaderImages"><tr>
<td><img src="x.gif"><br></td><td id="celPdf"></td></tr></table><span class="DocPublicationName">{source}</span><br>
{header}<br><br>{title}{body}<p></p><b><i>© 2012 {source}. Tous droits réservés.</i></b><p></p>Numéro de document :
{number}<br><br><table><tr> <td align="center">{number}</td></tr><tr> <td>{_CERTIFICATE}</td></tr></table></td></tr>
</table><p><br><br>"""


EUROPRESSE_OLD = (
    '<html><head>\n<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">\n</head><body>\n'
    + _europresse_old(
        "Le Quai",
        '<span class="DocHeader">Politique, </span><span class="DocHeader">jeudi </span>'
        '<span class="DocHeader">4 octobre 2012</span><span class="DocHeader">, p. 03</span>',
        '<span class="TitreArticleVisu">Les bacs : <span style="color:red">grève</span> à Quai</span>',
        '<br><br>Anne Chêne<br><p></p>Le Quai est <font style="font-weight:bold;">fermé</font>.<p></p>(1) Une note.',
        "news·20121004·LQ·1",
    )
    + _europresse_old(
        "Mag, no. 5968",
        '<span class="DocHeader">mercredi </span><span class="DocHeader">3 octobre 2012</span>',
        'Surtitre<br><span class="TitreArticleVisu">Mag</span>',
        "<br><br>Un texte sans auteur, éèêù.<font> Suite.</font><p></p>Fin.",
        "news·20121003·MA·2",
    )
    + "</body></html>"
)

# --- ProQuest, reference lists ---------------------------------------------------------------------------------------

_RULE = "_" * 60

PROQUEST = f"""{_RULE}

Report Information from ProQuest
18 August 2025
{_RULE}

Document 1 of 3

Title: Ferry talks end without a deal

Author: Doe, Jane

Publication info: The Hilltop Post, First edition; Hilltop, N.Y. [Hilltop, N.Y]17 Aug 2025: A.1.

http://search.proquest.example/docview/1?accountid=1

Abstract: The ports parted.

Links: http://linker.example/?id=1

Full text: HILLTOP -- The two ports parted without a deal.

Location: the pier, as always.

"We go on," said Ann Oak.

Credit: By Jane Doe

Subject: Ferries; Ports

Location: Hilltop New York

Company / organization: Name: Ferry Line; NAICS: 483114

Title: Ferry talks end without a deal

Publication title: The Hilltop Post, First edition; Hilltop, N.Y.

Pages: A.1

Publication year: 2025

Publication date: Aug 17, 2025

Section: News

Publisher: Hilltop Media

Language of publication: English

Document type: News

ProQuest document ID: 1234567890

Document URL: http://search.proquest.example/docview/1?accountid=1

Copyright: (Copyright (c) 2025 Hilltop Media)

Last updated: 2025-08-18

Database: ProQuest Central

{_RULE}

Document 2 of 3

Ferries: a second look

Author: Oak, Ann

Publication info: The Times ; London (UK) [London (UK)]18 Aug 2025: 5.

Abstract: None available.

Full text: None available.

Publication date: Aug 18, 2025

ProQuest document ID: 1234567891

{_RULE}

Contact ProQuest

Copyright 2025 ProQuest LLC. All rights reserved. - Terms and Conditions: http://search.proquest.example/terms
"""

PROQUEST_FR = f"""{_RULE}

Document 1 sur 1

Titre: Les bacs restent à quai

Auteur: Chêne, Anne

Texte intégral: Les ports se sont séparés sans accord.

Titre de publication: Le Quai; Paris

Date de publication: 17 août 2025

Langue de publication: French

ID du document ProQuest: 99

{_RULE}
"""

PROQUEST_NEW = """Ferry talks end without a deal

Publication info: The Hilltop Post; Hilltop, N.Y.. 17 Aug 2025: A.1.

ProQuest document link

ABSTRACT

The ports parted.

FULL TEXT

HILLTOP -- The two ports parted without a deal.

DETAILS

Subject: Ferries

Publication title: The Hilltop Post; Hilltop, N.Y.

Publication date: Aug 17, 2025

ProQuest document ID: 1234567890
"""

RIS = """TY  - NEWS
T1  - Ferry talks end without a deal
A1  - Doe, Jane
JF  - The Hilltop Post, First edition
Y1  - 2025/08/17/
DA  - 2025
N2  - The ports parted.
And met again.
KW  - Ferries
KW  - Ports
SP  - A.1
LA  - English
UR  - http://search.proquest.example/docview/1?accountid=1
AN  - 1234567890
ER  -\x20

TY  - MGZN
TI  - No abstract here
AU  - Oak, Ann
T2  - Mag
PY  - 2025
ER  -\x20
"""

BIBTEX = """@comment{made by hand}
@string{hp = "The Hilltop Post"}
@article{doe2025,
  title = {Ferry talks {End} without "a" deal},
  author = "Doe, Jane and Oak, Ann",
  journal = {The Hilltop Post},
  year = 2025, month = aug, day = 17,
  abstract = {The ports parted. {Then} they met.},
  url = {http://hilltop.example/ferry}
}

@misc{oak, title={No abstract}, year={2024}}
"""

SAMPLES: dict[str, bytes] = {
    "europresse.html": EUROPRESSE.encode(),
    "europresse-old.html": EUROPRESSE_OLD.encode("cp1252"),
    "proquest.txt": PROQUEST.encode(),
    "proquest-fr.txt": PROQUEST_FR.replace("\n", "\r\n").encode(),
    "proquest-new.txt": PROQUEST_NEW.encode(),
    "list.ris": RIS.encode(),
    "list.bib": BIBTEX.encode(),
}
