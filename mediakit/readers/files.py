"""What a reader is given: bytes with a name, on disk or inside an archive, and the limits that hold for both."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .records import ReadError

HEAD = 1 << 16  # bytes that are looked at to tell the kind
MOST_BYTES = 1 << 30  # of a file that must be read whole; formats that are read piece by piece have no such limit
LONGEST_LINE = 1 << 26  # of a table or of JSON Lines: a longer line is left out, and said
DEEPEST = 4  # archives inside archives
_PIECE = 1 << 20
_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"PAR1", b"WARC/", b"filedesc://")
_TAR, _TAR_AT = b"ustar", 257
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, eq=False)
class File:
    """A file on disk or a member of an archive.

    Attributes
    ----------
    path
        Its name in messages and in the frames: the path, for a member the archive's path with the member's behind it.
    opened
        Opens its bytes from the beginning; may be called more than once. Raises ReadError or OSError.
    columns
        The user's names for columns, as {name in the input: name in `articles`}.
    fields
        What the archive says of every article in it (url, published …): columns of `articles`.
    depth
        How many archives it lies in.
    """

    path: str
    opened: Callable[[], BinaryIO]
    columns: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)
    depth: int = 0

    @classmethod
    def on_disk(cls, path: Path, columns: Mapping[str, str] | None = None) -> File:
        """The file at a path."""
        name = path.as_posix()
        return cls(name, lambda: open(name, "rb"), columns or {})

    def member(self, name: str, opened: Callable[[], BinaryIO], **fields: object) -> File:
        """A file that lies inside this one."""
        return replace(self, path=f"{self.path}/{name}", opened=opened, fields=fields, depth=self.depth + 1)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rstrip("/").rsplit("/", 1)[-1]

    @cached_property
    def suffix(self) -> str:
        """The ending in lower case, with its dot; "" when there is none."""
        return PurePosixPath(self.name).suffix.casefold()

    def open(self) -> BinaryIO:
        """Its bytes as a stream; the caller closes it."""
        return self.opened()

    def read(self) -> bytes:
        """All its bytes.

        Raises
        ------
        ReadError
            There are more than MOST_BYTES.
        """
        if len(self.head) < HEAD:
            return self.head
        pieces, left = [], MOST_BYTES
        with self.open() as stream:
            while piece := stream.read(_PIECE):  # read(n) would take the memory for n bytes at once
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    raise ReadError(
                        f"larger than {MOST_BYTES >> 20:,} MB, the most that is read of a file of this kind: split it, "
                        "or turn it into .jsonl or .parquet, which are read piece by piece"
                    )
        return b"".join(pieces)

    @cached_property
    def head(self) -> bytes:
        """The first bytes, by which the kind is told."""
        with self.open() as stream:
            return stream.read(HEAD)

    @cached_property
    def start(self) -> str:
        """The first bytes as text, for telling the kind only: what does not decode is left out.

        Of an archive "": text in its first member says nothing of the archive.
        """
        head = self.head
        if head.startswith(_CONTAINERS) or head[_TAR_AT:].startswith(_TAR):
            return ""
        for bom, encoding in _BOMS:
            if head.startswith(bom):
                return head[len(bom) :].decode(encoding, errors="ignore")
        if head[1:20:2].count(0) > 7:
            return head.decode("utf-16-le", errors="ignore")
        try:
            return codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut off
        except UnicodeDecodeError:
            text = head.decode("utf-8", errors="ignore")
        return text if len(text.encode()) > 0.9 * len(head) else head.decode("cp1252", errors="ignore")


def in_memory(path: str, data: bytes) -> File:
    """A file of bytes that are at hand already."""
    return File(path, lambda: io.BytesIO(data))
