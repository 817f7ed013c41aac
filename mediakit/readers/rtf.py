"""RTF documents: one article a file, or a Nexis export. A small reader of its own: bytes in, paragraphs out.

It follows the Rich Text Format specification, version 1.9.1: groups, control words, code pages by font, \\u with its
fallback, destinations. Formatting is passed over; so are pictures, headers, footers, and what fields compute.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from .files import File
from .office import Extract, read_extract
from .records import Problem, ReadError, Record
from .repair import whole_characters

ENDINGS = (".rtf",)
MOST_BYTES = 1 << 28
DEEPEST = 10_000  # groups inside groups
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf "
    "fldinst listtable listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore "
    "xmlnstbl bkmkstart bkmkend listtext pntext pn footnote annotation atnid atnauthor revtbl mmathPr nonshppict "
    "shpinst filetbl xe tc comment template private operator pgptbl wgrffmtfilter ftnsep aftnsep".split()
)
_KEPT = frozenset({"shptxt", "fldrslt"})  # destinations whose text is shown though readers may skip them
_PARAGRAPH = frozenset({"par", "sect", "page", "row", "nestrow", "column"})
_SIGNS = {
    **dict.fromkeys(("tab", "cell", "nestcell"), "\t"),
    **dict.fromkeys(("line", "softline", "lbr"), "\n"),
    **dict(zip("emdash endash lquote rquote ldblquote rdblquote bullet".split(), "—–‘’“”•", strict=True)),
    **dict(zip("emspace enspace qmspace zwnj zwj".split(), "\u2003\u2002\u2005\u200c\u200d", strict=True)),
}
_SYMBOLS = {
    b"~": "\u00a0",
    b"_": "-",
    b"-": "",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\t": "\t",
    b"\n": "\f",
    b"\r": "\f",
}
_CHARSETS = {  # \fcharset → code page
    int(number): name
    for number, name in (
        pair.split(":")
        for pair in (
            "77:mac_roman 128:cp932 129:cp949 130:johab 134:gbk 136:cp950 161:cp1253 162:cp1254 163:cp1258 177:cp1255 "
            "178:cp1256 186:cp1257 204:cp1251 222:cp874 238:cp1250 255:cp437"
        ).split()
    )
}
_NAMED = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_END = "\f"  # ends a paragraph, in the text that is gathered


def looks(file: File) -> bool:
    """Whether a file begins as RTF does."""
    return file.head.lstrip(b"\xef\xbb\xbf\r\n\t \x00")[:5] == b"{\\rtf"


def read(file: File) -> Iterator[Record | Problem]:
    """The article of an RTF document, or the articles of a Nexis export."""
    yield from read_extract(file, extract(file), "holds no text")


def extract(file: File) -> Extract:
    """The paragraphs and properties of an RTF document.

    Raises
    ------
    ReadError
        It is no RTF, larger than MOST_BYTES, or its groups are nested more than DEEPEST deep.
    """
    if not looks(file):
        raise ReadError("is no RTF document: it does not begin with {\\rtf")
    data = file.read()
    if len(data) > MOST_BYTES:
        raise ReadError(f"larger than {MOST_BYTES >> 20} MB, the most that is read of an RTF document: split it")
    reading = _Reading(data)
    reading.run()
    text = whole_characters("".join(reading.text)).replace("\u00ad", "").replace("\x00", "")
    paragraphs = text.split(_END)
    blocks = []
    for paragraph in paragraphs:
        lines = (line.strip(" \t") for line in paragraph.split("\n"))
        if block := "\n".join(line for line in lines if line):
            blocks.append(block)
    found = reading.info
    every = "\n".join(paragraphs).split("\n")
    return Extract(blocks, None, found.get("title"), found.get("author"), reading.created(), reading.notes, lines=every)


@dataclass
class _Group:
    """What holds inside a group: whether its text is left out, the code page, how long a \\u fallback is."""

    skipped: bool = False
    codec: str = "cp1252"
    fallback: int = 1
    hidden: bool = False
    part: str = ""


@dataclass
class _Reading:
    """A pass over the bytes of an RTF document."""

    data: bytes
    text: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    when: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.group = _Group()
        self.groups: list[_Group] = []
        self.codec = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.bytes = bytearray()
        self.to_skip = 0
        self.starred = False
        self.utf8 = self._holds_utf8()

    def _holds_utf8(self) -> bool:
        """Some programs write UTF-8 as it is, against the specification; valid sequences give it away."""
        if self.data.isascii():
            return False
        try:
            codecs.getincrementaldecoder("utf-8")().decode(self.data)
        except UnicodeDecodeError:
            return False
        return True

    def run(self) -> None:
        """Read all tokens."""
        place = 0
        while place < len(self.data):
            token = _TOKEN.match(self.data, place)
            if token is None:
                break
            place = token.end()
            word, number, code, symbol, brace, plain = token.groups()
            if word is not None:
                value = int(number) if number else None
                if word == b"bin":
                    place += max(0, value or 0)
                else:
                    self._word(word.decode("ascii"), value)
            elif code is not None:
                self._bytes(bytes([int(code, 16)]))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace is not None:
                if self._brace(brace):
                    break
            elif plain is not None:
                self._bytes(plain)
        self._flush()
        if self.groups:
            self.notes.append("ends in the middle: its groups are not closed")

    def _brace(self, brace: bytes) -> bool:
        """Open or close a group; True when the document is at its end."""
        self._flush()
        self.to_skip = 0
        self.starred = False
        if brace == b"{":
            self.groups.append(self.group)
            if len(self.groups) > DEEPEST:
                raise ReadError(f"groups nested more than {DEEPEST:,} deep, the most that is read")
            self.group = replace(self.group)
            return False
        if self.groups:
            self.group = self.groups.pop()
        return not self.groups

    def _word(self, word: str, value: int | None) -> None:
        self._flush()
        if word == "u":
            self._unicode(value or 0)
            return
        if self.to_skip > 0:
            self.to_skip -= 1
            return
        starred, self.starred = self.starred, False
        group = self.group
        if starred and word not in _KEPT:
            group.skipped = True
        if word in _SKIPPED:
            group.skipped = True
            group.part = word
        elif group.part == "fonttbl":
            self._font_table(word, value)
        elif group.part == "info" or group.part in ("title", "author", "creatim"):
            self._info(word, value)
        elif word == "uc":
            group.fallback = max(0, min(value or 0, 16))
        elif word == "f":
            group.codec = self.fonts.get(value or 0, self.codec)
        elif word == "v":
            group.hidden = value != 0
        elif word == "plain":
            group.codec, group.hidden = self.codec, False
        elif word == "ansicpg":
            self.codec = group.codec = _codec(f"cp{value}") or self.codec
        elif word in _NAMED:
            self.codec = group.codec = _NAMED[word]
        elif word in _PARAGRAPH:
            self._add(_END)
        elif word in _SIGNS:
            self._add(_SIGNS[word])

    def _font_table(self, word: str, value: int | None) -> None:
        if word == "f":
            self.font = value or 0
        elif word == "fcharset" and value in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[value]
        elif word == "cpg" and (name := _codec(f"cp{value}")):
            self.fonts[self.font] = name

    def _info(self, word: str, value: int | None) -> None:
        if word in ("title", "author", "creatim"):
            self.group.part = word
        elif self.group.part == "creatim" and word in ("yr", "mo", "dy") and value is not None:
            self.when[word] = value

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
            return
        self._flush()
        if self.to_skip > 0:
            self.to_skip -= 1
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _unicode(self, value: int) -> None:
        code = value + 0x10000 if value < 0 else value
        self._add(chr(code) if 0 < code <= 0x10FFFF else "�")
        self.to_skip = self.group.fallback

    def _bytes(self, data: bytes) -> None:
        if self.to_skip > 0:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        self.bytes += data

    def _flush(self) -> None:
        if not self.bytes:
            return
        data, self.bytes = bytes(self.bytes), bytearray()
        if data.isascii():
            self._add(data.decode("ascii"))
            return
        if self.utf8:
            try:
                self._add(data.decode("utf-8"))
            except UnicodeDecodeError:
                pass
            else:
                return
        self._add(data.decode(self.group.codec, errors="replace"))

    def _add(self, text: str) -> None:
        group = self.group
        if group.part in ("title", "author") and len(self.info.get(group.part, "")) < 1000:
            self.info[group.part] = self.info.get(group.part, "") + text
        elif not group.skipped and not group.hidden:
            self.text.append(text)

    def created(self) -> str | None:
        """The day the document was made, as YYYY-MM-DD."""
        if len(self.when) < 3:
            return None
        return f"{self.when['yr']:04d}-{self.when['mo']:02d}-{self.when['dy']:02d}"


@cache
def _codec(name: str) -> str | None:
    """A code page that Python knows, by name; None when it does not."""
    name = {"cp10000": "mac_roman", "cp65001": "utf-8", "cp936": "gbk", "cp54936": "gb18030"}.get(name, name)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
