"""How well Nexis exports are read: counts, labels and words beside a plain count of the same files.

    python tools/accuracy_nexis.py

Reads every TXT, HTML and DOCX file of ../shared/data/exports/lexisnexistools and temis_lexisnexis, when they are there.
The plain count knows nothing of the readers: it strips the file to text and looks for counters, for "BYLINE:" and
"LENGTH:" at the start of a line, and for every word; a word is lost when it is in no column of any article.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

from mediakit.readers import Problem, reader_for
from mediakit.readers.files import File

FOLDERS = ("lexisnexistools", "temis_lexisnexis")
DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "exports"
BEGINS = re.compile(
    r"^[^\w\n]*\d+ of \d+ DOCUMENTS\s*$|^[ \t]*End of Document\s*$|We are sorry but there is", re.MULTILINE
)
AUTHOR = re.compile(r"^\s*(?:BYLINE|Byline|AUTEUR):[\s\u00a0]*(\S.*)$", re.MULTILINE)
LENGTH = re.compile(r"^\s*(?:LENGTH|Length|LONGUEUR):[\s\u00a0]*([\d,]+)", re.MULTILINE)


def plain(path: Path) -> str:
    """The text of a file, by the plainest means."""
    if path.suffix.casefold() == ".docx":
        xml = zipfile.ZipFile(path).read("word/document.xml").decode()
        xml = re.sub(r"</w:p>|<w:br/>", "\n", xml)
        return unescape(re.sub(r"<[^>]+>", "", xml))
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.casefold() != ".html":
        return text
    text = re.sub(
        r"(?s)<style.*?</style>|<script.*?</script>|<!--.*?-->|<title.*?</title>", "", text, flags=re.IGNORECASE
    )
    text = re.sub(r"\s*\n\s*", " ", text)
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?i)<br[^>]*>|</p>|</div>", "\n", text)))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def main() -> int:
    """Print one line a file."""
    if not DATA.is_dir():
        print(f"no data at {DATA.name}: nothing measured")
        return 0
    for path in sorted(path for folder in FOLDERS for path in (DATA / folder).rglob("*")):
        if path.suffix.casefold() not in (".txt", ".html", ".docx"):
            continue
        file = File.on_disk(path)
        reader = reader_for(file)
        found = list(reader.read(file))
        records = [item for item in found if not isinstance(item, Problem)]
        text = plain(path)
        first = BEGINS.search(text)
        body = text[first.start() :] if first and path.suffix.casefold() != ".docx" else text
        values = [str(value) for record in records for value in {**record.fields, **record.extra}.values() if value]
        lost = words(body) - words("\n".join(values))
        authors = {record.fields.get("author") for record in records}
        named = {re.sub(r"^(?:By|BY) ", "", name.strip()) for name in AUTHOR.findall(text)}
        declared = sorted(int(number.replace(",", "")) for number in LENGTH.findall(text))
        lengths = sorted(record.extra["length"] for record in records if record.extra.get("length"))
        missing = {name: sum(not r.fields.get(name) for r in records) for name in ("title", "source", "published")}
        not_shown = sum(item.kind == "not read" for item in found if isinstance(item, Problem))
        print(
            f"{path.parent.name}/{path.name}: {len(BEGINS.findall(text))} documents, {len(records)} read, "
            f"{not_shown} not shown; without {missing}; authors {len(named & authors)} of {len(named)}; lengths "
            f"{'equal' if lengths == declared else 'differ'}; words {sum(words(body).values()):,}, in no column "
            f"{sum(lost.values()):,} ({', '.join(f'{word} {n}' for word, n in lost.most_common(12))})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
