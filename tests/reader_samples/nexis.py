"""The same stories as Nexis exports in the old and the new layout, and as plain documents, in each format.

Everything is written here from the formats' rules and nothing taken from a real export: `Story` is an article, the
functions give the bytes of a file. SAMPLES and REBUILD are for tools/fuzz_readers.py.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
import zipfile
from html import escape
from typing import NamedTuple

WIDTH = 78
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split(),
}
OLD = {  # counter, author, section, length, its unit, date of loading, language, type, rights
    "en": "{} of {} DOCUMENTS|BYLINE|SECTION|LENGTH|words|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|All Rights Reserved",
    "de": "Dokument {} von {}|AUTOR|RUBRIK|LÄNGE|Wörter|UPDATE|SPRACHE|PUBLICATION-TYPE|Alle Rechte vorbehalten",
    "fr": "{} de {} DOCUMENTS|AUTEUR|RUBRIQUE|LONGUEUR|mots|DATE-CHARGEMENT|LANGUE|TYPE-PUBLICATION|"
    "Tous droits réservés",
    "nl": "{} van {} DOCUMENTEN|AUTEUR|RUBRIEK|LENGTE|woorden|UPDATE|TAAL|PUBLICATIETYPE|Alle rechten voorbehouden",
}
NEW = {  # cover, section, length, its unit, author, text, list, date of loading, end
    "en": "Documents|Section|Length|words|Byline|Body|Classification|Load-Date|End of Document",
    "de": "Dokumente|Rubrik|Länge|Wörter|Autor|Textkörper|Klassifizierung|Update|Ende des Dokuments",
    "fr": "Documents|Rubrique|Longueur|mots|Auteur|Corps|Classification|Date de chargement|Fin du document",
    "nl": "Documenten|Sectie|Lengte|woorden|Auteur|Hoofdtekst|Classificatie|Laaddatum|Einde van document",
}


class Story(NamedTuple):
    """An article, as every format must give it back."""

    title: str
    source: str
    day: dt.date
    author: str
    paragraphs: tuple[str, ...]
    section: str = "NEWS; Pg. 3"

    @property
    def length(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def text(self) -> str:
        return "\n".join([self.title, *self.paragraphs])


def date(day: dt.date, language: str) -> str:
    month, weekday = MONTHS[language][day.month - 1], DAYS[language][day.weekday()]
    if language == "en":
        return f"{month} {day.day}, {day.year} {weekday}"
    return f"{day.day}{'.' if language == 'de' else ''} {month} {day.year} {weekday}"


# --- paragraphs ------------------------------------------------------------------------------------------------------


def old_paragraphs(story: Story, number: int, total: int, language: str) -> list[tuple[str, list[str]]]:
    """Kind (counter, centred, title, label, text) and lines of each paragraph."""
    count, author, section, length, unit, loaded, spoken, kind, rights = OLD[language].split("|")
    by = "By " if language == "en" else ""
    return [
        ("counter", [count.format(number, total)]),
        ("centred", [story.source]),
        ("centred", [date(story.day, language), "Late Edition - Final"]),
        ("title", [story.title]),
        ("label", [f"{author}: {by}{story.author}"]),
        ("label", [f"{section}: {story.section}"]),
        ("label", [f"{length}: {story.length} {unit}"]),
        *[("text", [paragraph]) for paragraph in story.paragraphs],
        ("label", [f"{loaded}: {date(story.day, language)}"]),
        ("label", [f"{spoken}: ENGLISH"]),
        ("label", ["GRAPHIC: A photograph of the meeting (Jane Roe)"]),
        ("label", [f"{kind}: Newspaper"]),
        ("centred", [f"Copyright {story.day.year} {story.source}", rights]),
    ]


def new_paragraphs(stories: list[Story], language: str) -> list[str]:
    words = NEW[language].split("|")
    documents, section, length, unit, author, body, listed, loaded, end = words
    found = [
        "Date and Time: Sunday, 17 August 2025 10:00:00 CEST",
        "Job Number: 12345",
        f"{documents} ({len(stories)})",
    ]
    for number, story in enumerate(stories, start=1):
        found += [f"{number}. {story.title}", "Client/Matter: -None-", "Search Terms: talks", "Narrowed by:"]
    for story in stories:
        found += [story.title, story.source, date(story.day, language), f"Copyright {story.day.year} {story.source}"]
        found += [f"{section}:\u00a0{story.section}", f"{length}:\u00a0{story.length} {unit}"]
        found += [f"{author}:\u00a0{story.author}", body, *story.paragraphs, listed]
        found += [f"{loaded}:\u00a0{date(story.day, language)}", end]
    return found


# --- the old layout --------------------------------------------------------------------------------------------------


def old_txt(stories: list[Story], language: str = "en", encoding: str = "utf-8-sig") -> bytes:
    blocks = ["", f"Download Request: Selected Items: 1-{len(stories)}"]
    for number, story in enumerate(stories, start=1):
        for kind, lines in old_paragraphs(story, number, len(stories), language):
            if kind in ("counter", "centred"):
                blocks.append("\n".join(line.center(WIDTH).rstrip() for line in lines))
            else:
                wrapped = [
                    textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False, expand_tabs=False)
                    for line in lines
                ]
                blocks.append("\n".join(line for part in wrapped for line in part))
    return ("\n\n".join(blocks) + "\n").replace("\n", "\r\n").encode(encoding)


def old_html(stories: list[Story], language: str = "en") -> bytes:
    style = '<STYLE TYPE="text/css"><!-- .c0 { text-align: center; } --></STYLE>'
    parts = [f"<HTML><HEAD>{style}<TITLE>&nbsp;</TITLE></HEAD><BODY>"]
    for number, story in enumerate(stories, start=1):
        anchor = f'<A NAME="DOC_ID_0_{number}"></A>'
        parts.append(f"{anchor}<!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->")
        for kind, lines in old_paragraphs(story, number, len(stories), language):
            shown = "<BR>".join(_in_html(line) for line in lines)
            if kind == "label":
                label, _, value = lines[0].partition(": ")
                shown = f'<SPAN CLASS="c8">{label}: </SPAN><SPAN CLASS="c2">{_in_html(value)}</SPAN>'
            parts.append(f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{shown}</SPAN></P>\n</DIV>')
        parts.append('<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n<DIV CLASS="c10"/>')
    return "\n".join([*parts, "</BODY></HTML>"]).encode()


def _in_html(text: str) -> str:
    """Escaped, a line break of the source where a blank is, as browsers save it."""
    return escape(text).replace(" ", "\n", 1)


def old_rtf(stories: list[Story], language: str = "en") -> bytes:
    paragraphs = []
    for number, story in enumerate(stories, start=1):
        paragraphs += ["\n".join(lines) for _, lines in old_paragraphs(story, number, len(stories), language)]
    return rtf(paragraphs)


def old_docx(stories: list[Story], language: str = "en") -> bytes:
    paragraphs = []
    for number, story in enumerate(stories, start=1):
        paragraphs += ["\n".join(lines) for _, lines in old_paragraphs(story, number, len(stories), language)]
    return docx(paragraphs)


# --- the new layout --------------------------------------------------------------------------------------------------


def new_rtf(stories: list[Story], language: str = "en") -> bytes:
    return rtf(new_paragraphs(stories, language))


def new_docx(stories: list[Story], language: str = "en") -> bytes:
    return docx(new_paragraphs(stories, language))


EXPORTS = {
    "old.txt": old_txt,
    "old.html": old_html,
    "old.rtf": old_rtf,
    "old.docx": old_docx,
    "new.rtf": new_rtf,
    "new.docx": new_docx,
}


# --- containers ------------------------------------------------------------------------------------------------------

RTF_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset204 Arial;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}"
)


def rtf(paragraphs: list[str], info: str = "") -> bytes:
    shown = "".join(r"\pard\plain\f0\fs20 " + _in_rtf(paragraph) + "\\par\r\n" for paragraph in paragraphs)
    header = r"{\header\pard Page {\field{\*\fldinst PAGE}{\fldrslt 1}} of 9\par}"
    return f"{RTF_HEAD}{info}{header}\\sectd\r\n{shown}}}".encode("ascii")


def _in_rtf(text: str) -> str:
    found = []
    for character in text:
        code = ord(character)
        if character in "\\{}":
            found.append(f"\\{character}")
        elif character == "\n":
            found.append(r"\line ")
        elif character == "\t":
            found.append(r"\tab ")
        elif code < 128:
            found.append(character)
        elif 0xA0 < code < 0x100:
            found.append(f"\\'{code:02x}")
        elif code < 0x10000:
            found.append(f"\\u{code if code < 0x8000 else code - 0x10000}?")
        else:
            high, low = divmod(code - 0x10000, 0x400)
            found.append(f"\\u{high + 0xD800 - 0x10000}?\\u{low + 0xDC00 - 0x10000}?")
    return "".join(found)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(paragraphs: list[str], *, core: str = "", styles: tuple[str, ...] = ()) -> bytes:
    shown = "".join(
        f"<w:p>{_style(styles, place)}{''.join(map(_run, re.split('(?<= )', paragraph, maxsplit=1)))}</w:p>"
        for place, paragraph in enumerate(paragraphs)
    )
    return package(
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{shown}</w:body></w:document>', core
    )


def _style(styles: tuple[str, ...], place: int) -> str:
    return f'<w:pPr><w:pStyle w:val="{styles[place]}"/></w:pPr>' if place < len(styles) and styles[place] else ""


def _run(text: str) -> str:
    lines = text.split("\n")
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r><w:rPr><w:b/></w:rPr>{shown}</w:r>"


def core(title: str, author: str, created: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dcterms:created>{created}</dcterms:created></cp:coreProperties>"
    )


def package(document: str | bytes, core: str = "") -> bytes:
    """A Word document from its main part; stored, so that a mutated byte is a mutated character."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as parts:
        parts.writestr("[Content_Types].xml", _TYPES)
        parts.writestr("_rels/.rels", _RELATIONS)
        parts.writestr("word/document.xml", document)
        if core:
            parts.writestr("docProps/core.xml", core)
    return held.getvalue()


def pdf(paragraphs: list[str], *, title: str = "", author: str = "", heading: bool = True) -> bytes:
    """A PDF document with a text layer, one column, its first paragraph in larger letters."""
    from fpdf import FPDF

    made = FPDF()
    made.set_creation_date(dt.datetime(2025, 8, 17, tzinfo=dt.UTC))
    made.set_compression(False)
    made.set_title(title)
    made.set_author(author)
    made.add_page()
    for place, paragraph in enumerate(paragraphs):
        made.set_font("Times", size=20 if heading and place == 0 else 11)
        made.multi_cell(0, 9 if heading and place == 0 else 5, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        made.ln(4)
    return bytes(made.output())


def blank_pdf() -> bytes:
    """A PDF document without a text layer."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.rect(10, 10, 50, 50)
    return bytes(made.output())


# --- samples ---------------------------------------------------------------------------------------------------------

STORIES = [
    Story(
        "Talks end without a deal: ‘Three hours, no result’",
        "The Daily Planet (London)",
        dt.date(2025, 8, 17),
        "JANE ROE",
        (
            "ANCHORAGE — The leaders met for three hours on Friday and left without a deal, officials of both sides "
            "said, and neither of them took questions from the reporters who had waited since the morning.",
            "LENGTH: the river is 3,190 kilometres long, as one delegate remarked; “nobody swims it”.",
            "No further meeting was announced.",
        ),
    ),
    Story(
        "Zölle auf Stahl: Brüssel kündigt Gegenmaßnahmen an",
        "Süddeutsche Abendpost",
        dt.date(2024, 3, 1),
        "Jürgen Groß und Zoë Łukasz",
        (
            "Die Kommission hat am Freitag Gegenmaßnahmen angekündigt. Über die Höhe wird noch verhandelt.",
            "Mehr folgt.",
        ),
    ),
]


def _rebuilt(data: bytes) -> bytes:
    """Mutated bytes of a stored package, their main part put into a sound one."""
    start = data.find(b"<w:document")
    end = data.find(b"PK\x03\x04", start) if start >= 0 else -1
    end = data.find(b"PK\x01\x02", max(start, 0)) if end < 0 else end
    return package(data[max(start, 0) : end if end > 0 else len(data)])


SAMPLES: dict[str, bytes] = {
    **{f"old-{language}.txt": old_txt(STORIES, language) for language in OLD},
    **{f"old-{language}.html": old_html(STORIES, language) for language in OLD},
    **{name: write(STORIES) for name, write in EXPORTS.items() if name.endswith((".rtf", ".docx"))},
    "story.docx": docx(
        [STORIES[0].title, *STORIES[0].paragraphs], core=core(STORIES[0].title, "Jane Roe", "2025-08-17T10:00:00Z")
    ),
    "story.rtf": rtf([STORIES[1].title, *STORIES[1].paragraphs]),
    "story.pdf": pdf(["Talks end", "The leaders met for three hours, and left. " * 20, "No deal."], title="Talks end"),
    "scan.pdf": blank_pdf(),
}
REBUILD = {name: _rebuilt for name in SAMPLES if name.endswith(".docx")}
