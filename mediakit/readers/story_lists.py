"""Media Cloud's story lists: titles, dates, sources and addresses of stories, without their texts."""

from __future__ import annotations

from collections.abc import Iterator

from . import delimited
from .files import File
from .gdelt_rows import title_of
from .records import IN_PART, PASSED_OVER, TAKEN_AS, Problem, Record

_NEEDED = {"media_name", "publish_date", "title", "url"}
_TEXTS = {"text", "story_text", "content", "body", "full_text"}


def looks(file: File) -> bool:
    """Whether a table's header is that of a story list."""
    if "media_name" not in file.start[:1000]:
        return False
    header = file.start.lstrip("\ufeff").partition("\n")[0].casefold()
    names = {name.strip(' "\r') for delimiter in (",", ";", "\t") for name in header.split(delimiter)}
    return names >= _NEEDED and not names & _TEXTS


def read(file: File) -> Iterator[Record | Problem]:
    """The stories of a list, as articles of a title."""
    number = 0
    made: list[str] = []  # titles
    for item in delimited.read(file):
        if isinstance(item, Record):
            number += 1
            item.fields.setdefault("article_id", item.extra.pop("stories_id", None))
            item.fields["text_basis"] = "title"
            if not item.fields.get("title") and (address := item.fields.get("url")):
                item.fields |= {"title": title_of(str(address)), "text_basis": "address"}
                made.append(str(item.fields["title"]))
            item.guess_title = False
        yield item
    if made:
        reason = f"{len(made):,} of {number:,} titles made from addresses, such as “{made[0][:80]}”"
        yield Problem(file.path, None, reason, TAKEN_AS)
    if number:
        yield Problem(file.path, None, f"story list of {number:,}: titles and addresses, no texts", IN_PART)
    else:
        yield Problem(file.path, None, "a story list without stories", PASSED_OVER)
