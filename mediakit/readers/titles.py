"""Is the first line of a text its headline?"""

from __future__ import annotations

import re

_MAX_WORDS, _MAX_LENGTH = 25, 180
_LOOK_AHEAD = 4  # lines after the first in which the body must show: kickers, bylines and share lines may come between
_CLOSERS = "”’\"'»)]"
_STOP = re.compile(r"(?<!\.)[.,;:]$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|No)\.$")
_SENTENCE_INSIDE = re.compile(r"\b[a-z]{4,}[”’\"']?\. [“‘\"']?[A-Z]")
_BODY = re.compile(r"[.!?][”’\"'»)\]]*$")
_NO_HEADLINE = re.compile(
    r"""By\ [A-Z][\w.'’-]+(?:\ [\w.'’&-]+){1,6}$                        # a byline
      | [A-Z][\w .,'’/-]{2,40}\ \([A-Z][\w ./&-]{1,30}\)\s*[-–—:]       # LONDON (Reuters) -
      | [A-Z][A-Z .'’-]{2,30}(?:,\ [A-Z][\w. ]{2,20})?\s*[–—-]{1,2}\s+.*[.…]$  # KYIV — The …
      | (?:(?:Published|Updated|Posted|Last\ updated)\b.{0,60}$)
      | (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\.?,?\ )?
        (?:\d{1,2}\.?\ (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*|
           (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\ \d{1,2}),?\ \d{4}\b.{0,25}$     # a date line
      | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.{0,25}$
      | https?://
      | (?:FILE\ PHOTO|HAND\ ?OUT|CAPTION|Media\ playback|CLOSE\ )
      | .*\([^()]*(?:/|\b(?:Photo|Images?|Press|AP|AFP|Reuters)\b)[^()]*\)$           # a caption with its credit
      | .*\b[A-Z]{3,}/\ ?[A-Z][\w .]+$""",
    re.VERBOSE,
)


def first_line_title(text: str) -> str | None:
    """The first line, if it reads as a headline; else None.

    It does when it is short, does not close like a sentence, is no byline, date or dateline, and body text comes
    soon after it: a longer line, or one that closes like a sentence. Headlines may be questions, quotations, in
    Title Case or CAPITALS. A text of a single line has no headline.
    """
    lines = [line.strip() for line in text.strip().split("\n", 40) if line.strip()]
    if len(lines) < 2:
        return None
    first, ahead = lines[0], lines[1 : 1 + _LOOK_AHEAD]
    if not any(len(line) > len(first) or _BODY.search(line) for line in ahead):
        return None
    return first if _reads_as_headline(first) else None


def _reads_as_headline(line: str) -> bool:
    words = line.split()
    if len(line) > _MAX_LENGTH or len(words) > _MAX_WORDS or not any(map(str.isalpha, line)):
        return False
    if _NO_HEADLINE.match(line) or (words[0].isalpha() and words[0].islower()):
        return False
    bare = line.rstrip(_CLOSERS)
    if _STOP.search(bare) and not _ABBREVIATED.search(bare):
        return False
    quoted = bare != line and line[0] in "“‘\"'«"
    if quoted and bare.endswith("!"):
        return False  # “We will never give up!”: a speaker, not a headline
    return not (_SENTENCE_INSIDE.search(line) and bare[-1:] in ".!?")
