"""Samples of Factiva's exports, written for the tests: the same articles in each of its layouts."""

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


def rtf(text: str) -> bytes:
    """The text as a plain RTF document."""
    parts = []
    for letter in text:
        if letter == "\n":
            parts.append("\\par\n")
        elif letter in "\\{}":
            parts.append(f"\\{letter}")
        elif letter == "\t":
            parts.append("\\tab ")
        else:
            parts.append(letter if ord(letter) < 128 else f"\\u{ord(letter)}?")
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 " + "".join(parts) + "}").encode("ascii")


SAMPLES: dict[str, bytes] = {
    "factiva-table.html": factiva_table(STORIES).encode(),
    "factiva-blocks.html": factiva_blocks(STORIES, "de", "Dokument").encode(),
    "factiva.xml": factiva_xml(STORIES).encode(),
    "factiva-coded.txt": factiva_coded(STORIES).encode(),
    "factiva-spaced.txt": factiva_coded(STORIES, "    ", "Dokument").replace("\n", "\r\n").encode("utf-16"),
    "factiva-plain.txt": factiva_plain(STORIES).encode(),
    "factiva.rtf": rtf(factiva_plain(STORIES)),
    "factiva-coded.rtf": rtf(factiva_coded(STORIES)),
}
