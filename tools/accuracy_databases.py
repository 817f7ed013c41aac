"""What the readers of databases' exports find, beside what plain patterns count in the same files.

    python tools/accuracy_databases.py ../shared/data/exports

The files are others' and no part of this repository; the script says so when they are not there.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from mediakit.readers import Problem, Record, reader_for
from mediakit.readers.files import File

FOLDERS = ("temis_factiva", "temis_europresse")
FIELDS = ("title", "source", "published", "text", "article_id")
HTML_TITLES = (
    r"class='\w+Headline'[^>]*>(.*?)</(?:b|span)>",
    r"class=\"[Tt]itreArticleVisu\">(.*?)</(?:p|span>\s*<br)",
)


def expected(path: Path) -> list[str]:
    """The titles in a file, found without the readers."""
    if path.suffix == ".xml":
        articles = [node for node in ET.parse(path).iter() if node.tag.endswith("}article")]
        heads = [next(node for node in article if node.tag.endswith("}headline")) for article in articles]
        return [" ".join("".join(head.itertext()).split()) for head in heads]
    text = path.read_bytes().decode("utf-8")
    found = max((re.findall(pattern, text, re.DOTALL) for pattern in HTML_TITLES), key=len)
    return [" ".join(re.sub(r"<[^>]+>", "", title).split()) for title in found]


def main(folder: Path) -> int:
    """Print a line for each file; the exit code is the number of files that differ."""
    wrong = 0
    files = [path for name in FOLDERS for path in sorted((folder / name).glob("*")) if path.is_file()]
    if not files:
        print(f"{folder}: none of {', '.join(FOLDERS)} is there; nothing was measured")
        return 0
    for path in files:
        file = File.on_disk(path)
        reader = reader_for(file)
        found = list(reader.read(file))
        records = [item for item in found if isinstance(item, Record)]
        titles = [str(record.fields.get("title")) for record in records]
        same = titles == expected(path)
        wrong += not same
        filled = ", ".join(f"{name} {sum(name in record.fields for record in records)}" for name in FIELDS)
        verdict = "titles as counted" if same else f"DIFFERENT from {len(expected(path))} counted"
        print(f"{path.parent.name}/{path.name}: {reader.name}, {len(records)} articles ({filled}); {verdict}")
        for problem in found:
            if isinstance(problem, Problem):
                print(f"    {problem.kind}: {problem.reason}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/exports")))
