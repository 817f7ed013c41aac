"""Do feeds read as they should? Our records beside what feedparser's own test files expect in a comment.

    python tools/accuracy_feeds.py ../shared/data

Each file has "Expect:" with a Python expression over what feedparser returns. Every comparison in it that concerns an
entry's title, author, date, content, address or categories, or the number of entries, is checked against the records
of our reader. Markup is compared as text, made from the expected value by Python's own html.parser; blanks do not
count. Other comparisons (types, details, the feed's own fields, attributes of links) have no place in our records and
are only counted.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from mediakit.readers import READERS, ReadError, Record
from mediakit.readers.files import File

EXPECT = re.compile(rb"Expect:\s*(.*?)\s*(?:-->|\n\s*\n|\n[A-Z])", re.DOTALL)
KINDS = {
    **dict.fromkeys(("title", "title_detail.value"), "title"),
    **dict.fromkeys(("summary", "description", "summary_detail.value"), "summary"),
    "content.0.value": "content",
    **dict.fromkeys(("author", "author_detail.name", "authors.0.name", "authors.1.name"), "author"),
    **dict.fromkeys(
        ("published", "updated", "created", "published_parsed", "updated_parsed", "created_parsed"), "date"
    ),
    **dict.fromkeys(("link", "links.0.href"), "url"),
    **dict.fromkeys(("category", "tags.0.term", "tags.1.term", "tags.2.term"), "categories"),
}


class _Text(HTMLParser):
    text, skip = "", 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.skip += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        self.text += "" if self.skip else data


def text_of(markup: str) -> str:
    """The text of markup, by Python's own parser."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    return parser.text


def bare(text: object) -> str:
    """A text without its blanks."""
    return re.sub(r"\s+", "", str(text or ""))


def comparisons(expression: str) -> Iterator[tuple[str, object]]:
    """(path such as "entries.0.title", expected value) for each comparison that can be understood."""
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
            try:
                yield path_of(node.left), ast.literal_eval(node.comparators[0])
            except ValueError:
                continue


def path_of(node: ast.expr) -> str:
    """As entries.0.title, for entries[0]["title"]."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{path_of(node.value)}.{node.attr}"
    if isinstance(node, ast.Subscript):
        return f"{path_of(node.value)}.{ast.literal_eval(node.slice)}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return f"{node.func.id}({path_of(node.args[0])})" if node.args else node.func.id
    raise ValueError("no path")


def met(kind: str, path: str, expected: object, record: Record) -> bool:
    """Whether a record says what is expected."""
    fields = record.fields
    if kind == "date":
        given = fields.get("published")
        if isinstance(expected, tuple):
            moment = dt.datetime.fromisoformat(str(given)) if given else None
            return moment is not None and moment.utctimetuple()[:6] == tuple(expected)[:6]
        return bool(given) == bool(expected)  # the form is ours
    if kind in ("summary", "content", "title"):
        found = {bare(fields.get("title" if kind == "title" else "text"))}
        if kind == "summary":
            found.add(bare(record.extra.get("summary")))
        return bool(found & {bare(expected), bare(text_of(str(expected)))})
    if kind == "categories":
        return str(expected) in str(record.extra.get("categories", "")).split("; ")
    said = str(fields.get("author" if kind == "author" else "url", ""))
    return str(expected) in (said, *said.split("; ")) or (path.endswith("name") and str(expected) in said)


def check(path: Path, data: bytes, counts: dict[str, Counter[str]], failed: list[str]) -> None:
    """Compare one file's expectations with our records."""
    reader = next(reader for reader in READERS if reader.name == "feed")
    expectation = EXPECT.search(data) or EXPECT.search(data.replace(b"\0", b""))  # of UTF-16 and UTF-32
    if expectation is None:
        counts["no expectation found"]["files"] += 1
        failed.append(f"{path.parent.name}/{path.name}: no expectation found")
        return
    try:
        found = list(reader.read(File.on_disk(path)))
    except ReadError:
        found = []
    records = [item for item in found if isinstance(item, Record)]
    text = re.sub(r"\s+", " ", expectation[1].decode("utf-8", "replace"))
    for place, expected in comparisons(text):
        number, _, rest = place.removeprefix("entries.").partition(".")
        kind = KINDS.get(rest, "") if place.startswith("entries.") else ""
        if place == "len(entries)":
            kind, right = "number of entries", len(records) == expected
        elif not kind:
            counts["of something else"]["comparisons"] += 1
            continue
        else:
            right = int(number) < len(records) and met(kind, rest, expected, records[int(number)])
        counts[kind]["met" if right else "not met"] += 1
        if not right:
            said = records[0].fields if records else "no record"
            failed.append(f"{path.parent.name}/{path.name}: {place} == {expected!r:.90}; ours: {said!s:.200}")


def main() -> None:
    """Print the counts, and each expectation that is not met."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / "exports" / "feedparser"
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: the feeds are no part of this repository.")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    failed: list[str] = []
    known = Counter[bool]()
    looks = next(reader.looks for reader in READERS if reader.name == "feed")
    for path in sorted(folder.rglob("*.xml")):
        known[right := bool(looks and looks(File.on_disk(path)))] += 1
        if not right:
            failed.append(f"{path.parent.name}/{path.name}: not known as a feed")
        check(path, path.read_bytes(), counts, failed)
    print(f"{sum(known.values())} files, {known[True]} known as feeds by their content")
    for kind, tally in counts.items():
        print(f"{kind}: " + ", ".join(f"{n} {what}" for what, n in sorted(tally.items())))
    print("\n".join(failed))


if __name__ == "__main__":
    main()
