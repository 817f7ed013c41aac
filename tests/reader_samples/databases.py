"""Samples of the databases' exports, written for the tests: the same articles in each of Factiva's layouts …"""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple


class Story(NamedTuple):
    """An article as the exports below hold it."""

    number: str
    title: str
    source: str
    code: str
    date: str
    iso: str
    language: str
    paragraphs: tuple[str, ...]
    author: str = ""
    time: str = ""
    section: str = ""
    page: str = ""
    edition: str = ""

    @property
    def words(self) -> int:
        """The length that the export declares."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


STORIES = (
    Story(
        "HILLTP0020250817el8h0001a",
        "Ferry talks end without a deal & without a date",
        "The Hilltop Post",
        "HILLTP",
        "17 August 2025",
        "2025-08-17",
        "English",
        (
            "The two ports met for “three hours” on Saturday and parted without a deal.",
            "IN the end nobody signed. The harbour master, Ann Oak, called it <a pause>.",
            "Location: the pier, as always.",
        ),
        author="Jane Doe",
        time="05:15",
        section="News; Front Page",
        page="26",
        edition="First",
    ),
    Story(
        "TALKUR0020250818el8i0002b",
        "Fähren: Gespräche enden ohne Ergebnis",
        "Talkurier",
        "TALKUR",
        "18 August 2025",
        "2025-08-18",
        "Deutsch",
        ("Die Häfen trennten sich am Samstag ohne Ergebnis.", "„Wir machen weiter“, sagte Ann Oak."),
    ),
)
UNITS = {"en": "words", "de": "Wörter", "fr": "mots", "es": "palabras"}


def _codes(story: Story, unit: str, document: str) -> list[tuple[str, list[str]]]:
    middle = len(story.paragraphs) // 2
    rows = [
        ("SE", [story.section]),
        ("HD", [story.title]),
        ("BY", [story.author and f"By {story.author}"]),
        ("WC", [f"{story.words} {unit}"]),
        ("PD", [story.date]),
        ("ET", [story.time]),
        ("SN", [story.source]),
        ("SC", [story.code]),
        ("ED", [story.edition]),
        ("PG", [story.page]),
        ("LA", [story.language]),
        ("CY", [f"(c) 2025 {story.source}. All rights reserved."]),
        ("LP", list(story.paragraphs[:middle])),
        ("TD", list(story.paragraphs[middle:])),
        ("NS", ["gpol : Domestic Politics | gcat : Political/General News"]),
        ("AN", [f"{document} {story.number}"]),
    ]
    return [(code, values) for code, values in rows if any(values)]


def factiva_table(stories: Iterable[Story], language: str = "en", document: str = "Document") -> str:
    """A page with indexing: a table for each article."""
    parts = []
    for story in stories:
        rows = ""
        for code, values in _codes(story, UNITS[language], document):
            cell = "\n".join(
                f'<p class="articleParagraph {language}articleParagraph">{escape(value)}</p>' for value in values
            )
            if code not in ("LP", "TD"):
                cell = f"<b class='{language}Headline'>{escape(values[0])}</b>\n" if code == "HD" else escape(values[0])
            rows += f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>\n'
        parts.append(f'<div class="article {language}Article"><table border="0">{rows}</table><br/></div><br/>')
    return _factiva_page("".join(parts))


def factiva_blocks(stories: Iterable[Story], language: str = "en", document: str = "Document") -> str:
    """A page without indexing: a block for each value."""
    parts = []
    for story in stories:
        head = ""
        for code, values in _codes(story, UNITS[language], document)[:-4]:
            if code in ("LP", "TD", "NS"):
                continue
            value = escape(values[0])
            if code == "HD":
                value = f"<div id=\"hd\"><span class='{language}Headline'> {value}</span>\n</div>"
            elif code == "BY":
                value = f'<div class="author">{value} </div>'
            else:
                value = f"<div>{value}\n</div>"
            head += value
        body = "".join(
            f'<p class="articleParagraph {language}articleParagraph">{escape(p)}</p>' for p in story.paragraphs
        )
        parts.append(
            f'<div id="article-{story.number}" class="article"><div class="article {language}Article">'
            f"<p>{head}</p>{body}<p>{document} {story.number}</p></div></div><br/><span></span>"
        )
    return _factiva_page("".join(parts))


def _factiva_page(body: str) -> str:
    style = ".article{margin:0} .icon span{display:none}" * 20
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><title>Factiva</title>'
        f'<style type="text/css">{style}</style></head><body><h1>Factiva</h1><form><div id="contentLeft">{body}</div>'
        '<span class="copyright">&copy; 2025 Factiva, Inc.</span></form><script>var x = "</div>";</script></body>'
    )


def factiva_xml(stories: Iterable[Story], declared: int | None = None) -> str:
    """The XML of Factiva's services."""
    parts, n = [], 0
    for story in stories:
        n += 1
        middle = len(story.paragraphs) // 2
        lead, tail = (
            "".join(f'<paragraph display="Proportional" truncation="None">{escape(p)}</paragraph>' for p in part)
            for part in (story.paragraphs[:middle], story.paragraphs[middle:])
        )
        time = f"T{story.time}:00" if story.time else ""
        parts.append(
            f"<ppsarticle><article><accessionNo>{story.number}</accessionNo>"
            f"<reference>distdoc:archive/ArchiveDoc::Article/{story.number}</reference>"
            f"<baseLanguage>{'DE' if story.language == 'Deutsch' else 'EN'}</baseLanguage>"
            + (f"<byline>By {story.author}</byline>" if story.author else "")
            + f"<copyright>(c) 2025 {story.source}. All rights reserved.</copyright>"
            f'<headline><paragraph lang="EN">{escape(story.title).replace("Ferry", "<hlt>Ferry</hlt>")}</paragraph>'
            f"</headline><leadParagraph>{lead}</leadParagraph><pages><page>{story.page}</page></pages>"
            f"<publicationDate><dateTime>{story.iso}{time}</dateTime></publicationDate>"
            f"<sourceName>{story.source}</sourceName><sectionName>{story.section}</sectionName>"
            '<newsSubject code="gpol" position="0"><name>Domestic Politics</name></newsSubject>'
            f"<sourceCode>{story.code}</sourceCode><tailParagraphs>{tail}</tailParagraphs>"
            f"<wordCount>{story.words}</wordCount></article></ppsarticle>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse '
        f'xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="{n if declared is None else declared}">'
        f"{''.join(parts)}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
    )


def factiva_coded(stories: Iterable[Story], between: str = "\t", document: str = "Document") -> str:
    """Text with codes, as it is pasted or saved."""
    blocks = []
    for story in stories:
        lines = []
        for code, values in _codes(story, "words", document):
            lines.append(f"{code}{between}{values[0]}")
            lines += [line for value in values[1:] for line in ("", value)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def factiva_plain(stories: Iterable[Story], gap: str = "\n\n", document: str = "Document") -> str:
    """Text without codes, as it stands in RTF files."""
    blocks = []
    for number, story in enumerate(stories, start=1):
        codes = [(code, value) for code, values in _codes(story, "words", document) for value in values if value]
        blocks.append(gap.join(value for code, value in codes if code != "NS"))
        blocks.append(f"Page {number} of 2 © 2025 Factiva, Inc. All rights reserved.")
    summary = "Search Summary\n\nText\tferry\n\nResults Found\t1,234\n\nTimestamp\t18 August 2025"
    return "\n\n".join([*blocks, summary])


# --- Europresse ------------------------------------------------------------------------------------------------------

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
    "factiva-table.html": factiva_table(STORIES).encode(),
    "factiva-blocks.html": factiva_blocks(STORIES, "de", "Dokument").encode(),
    "factiva.xml": factiva_xml(STORIES).encode(),
    "factiva-coded.txt": factiva_coded(STORIES).encode(),
    "factiva-spaced.txt": factiva_coded(STORIES, "    ", "Dokument").replace("\n", "\r\n").encode("utf-16"),
    "factiva-plain.txt": factiva_plain(STORIES).encode(),
    "europresse.html": EUROPRESSE.encode(),
    "europresse-old.html": EUROPRESSE_OLD.encode("cp1252"),
    "proquest.txt": PROQUEST.encode(),
    "proquest-fr.txt": PROQUEST_FR.replace("\n", "\r\n").encode(),
    "proquest-new.txt": PROQUEST_NEW.encode(),
    "list.ris": RIS.encode(),
    "list.bib": BIBTEX.encode(),
}
