"""HTML in the values of tables and JSON: texts that clearly are HTML become paragraphs, others are left as they are."""

from __future__ import annotations

import re
from html import unescape

from .html_text import markup_to_text

_BLOCK = "p|div|ul|ol|li|h[1-6]|table|tr|td|blockquote|article|section|figure|figcaption|html|body|br|hr"
_INLINE = "a|b|i|u|em|strong|span|sup|sub|small|cite|q|mark|font"
_STARTS = re.compile(rf"\s*(?:<!--.{{0,500}}?-->\s*)*<(?:{_BLOCK})\b[^<>]*>", re.IGNORECASE | re.DOTALL)
_CLOSES = re.compile(rf"</(?:{_BLOCK})\s*>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_WITH_ATTRIBUTE = re.compile(rf"<(?:{_BLOCK}|{_INLINE}|img|iframe)\s+[a-z-]+\s*=\s*[\"'][^<>]*>", re.IGNORECASE)
_PAIR = re.compile(rf"<({_INLINE})\b[^<>]*>[^<>]{{1,500}}</\1\s*>", re.IGNORECASE)
_FEWEST = 2  # a text about HTML may mention one of its tags
_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED = re.compile(rf"&lt;/(?:{_BLOCK}|{_INLINE})\s*&gt;|&lt;br\s*/?&gt;", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_BREAKS = re.compile(r"<(?:p|br|div|li|tr)\b", re.IGNORECASE)


def markup_in_text(text: str) -> str | None:
    """The paragraphs of a text that is HTML, one a line; None when it is not, as one that only mentions a <b>."""
    if "<" not in text and len(_ESCAPED.findall(text)) >= _FEWEST:
        text = unescape(text)
    if not _is_html(text):
        return None
    text = text.replace("\r\n", "\n")
    # blogs keep paragraphs as blank lines, and lines as lines where there are no tags for them
    text = _BLANK_LINE.sub("<br>", text)
    if not _BREAKS.search(text.replace("<br>", "")):
        text = text.replace("\n", "<br>")
    return without_entities(markup_to_text(text))


def _is_html(text: str) -> bool:
    if "<" not in text:
        return False
    return (
        (_STARTS.match(text) is not None and ("</" in text or text.count("<p") >= _FEWEST))
        or len(_CLOSES.findall(text)) >= _FEWEST
        or _WITH_ATTRIBUTE.search(text) is not None
        or len(_PAIR.findall(text)) >= _FEWEST
    )


def without_entities(text: str) -> str:
    """The text with what is written as &amp;, &#8217; or &quot; decoded, also where that was done twice over."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    return text


def without_markup(text: str) -> str:
    """A text of one line without its tags, when they come in pairs."""
    return _TAG.sub("", text) if "<" in text and (_PAIR.search(text) or _is_html(text)) else text
