"""Streams that unpack: piece by piece, within limits, keeping what came before a damaged place."""

from __future__ import annotations

import io
import tempfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from .records import ReadError

PIECE = 1 << 16
FREE, RATIO = 32 << 20, 200  # bytes that may unpack to any size; beyond them no text packs 200 to 1
MOST_SPOOLED = 4 << 30  # bytes of an archive that must be unpacked before it can be read (.tar.gz, one in another)
_IN_MEMORY = 32 << 20  # of it; the rest goes to a temporary file without a name
RAW, GZIP = -zlib.MAX_WBITS, 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b\x08"
_BOMB = f"unpacks to more than {RATIO} times its size: it may be a zip bomb, and the rest is not read"
_BOMB_IN_ALL = f"the archive {_BOMB}"
CUT_OFF, DAMAGED = "cut off: what came before was read", "damaged: what can be unpacked was read"
Meter = Callable[[int], None]  # is told how many bytes of a stream are unpacked


class Allowance:
    """The bytes that all archives in one file may unpack to together: FREE, or RATIO times the size of that file."""

    def __init__(self, size: int) -> None:
        """Nothing is used yet of what a file of `size` bytes may unpack to."""
        self.n_unpacked, self.most = 0, max(FREE, RATIO * size)

    def meter(self) -> Meter:
        """For one member: takes how far it is unpacked; what is unpacked a second time does not count again.

        It raises ReadError when that is too much.
        """
        furthest = 0

        def came(place: int) -> None:
            nonlocal furthest
            if place > furthest:
                self.n_unpacked += place - furthest
                furthest = place
                if self.n_unpacked > self.most:
                    raise ReadError(_BOMB_IN_ALL)

        return came


class Unpacked(io.RawIOBase):
    """A stretch of a stream, unpacked while it is read.

    Parameters
    ----------
    source
        A stream that can seek, or one that stands at the beginning (`at` None); it is closed with this one.
    at, size
        Where the stretch lies; None: from here, to the end.
    wbits
        RAW (deflate), GZIP (any number of members) or None (not packed).
    crc
        The checksum that the contents should have.
    resume
        Behind a damaged gzip member go on with the next one, as archives of web pages allow.
    notes
        Takes what is wrong; the stream then just ends. A bomb raises ReadError.
    meter
        Told how many bytes are unpacked (of a packed stretch only); may raise ReadError.
    """

    def __init__(
        self,
        source: BinaryIO,
        *,
        at: int | None = None,
        size: int | None = None,
        wbits: int | None = None,
        crc: int | None = None,
        resume: bool = False,
        notes: set[str] | None = None,
        meter: Meter | None = None,
    ) -> None:
        """A stream at the beginning of the stretch."""
        super().__init__()
        self._source, self._at, self._left, self._wbits = source, at, size, wbits
        self._wanted_crc, self._resume = crc, resume
        self._meter = None if wbits is None else meter  # other bytes were counted where they were unpacked
        self._crc = self.n_packed = self.n_unpacked = 0
        self._pending = b""
        self._engine = zlib.decompressobj(wbits) if wbits is not None else None
        self._fresh = True  # at the beginning of a member
        self._ended = False
        self.notes: set[str] = set() if notes is None else notes

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill some of the buffer; 0 at the end."""
        while not self._ended:
            data = self._plain(len(buffer)) if self._engine is None else self._inflated(len(buffer))
            if data:
                self.n_unpacked += len(data)
                if self.n_unpacked > FREE and self.n_unpacked > RATIO * max(self.n_packed, 1):
                    self._ended = True
                    raise ReadError(_BOMB)
                if self._meter is not None:
                    self._meter(self.n_unpacked)
                buffer[: len(data)] = data
                return len(data)
        return 0

    def close(self) -> None:
        """Close the source too."""
        if not self.closed:
            self._source.close()
        super().close()

    def _packed(self, most: int) -> bytes:
        """The next bytes of the stretch as they lie in the source."""
        most = most if self._left is None else min(most, self._left)
        if most <= 0:
            return b""
        if self._at is not None:
            self._source.seek(self._at)  # others may share the source
        data = self._source.read(most)
        self.n_packed += len(data)
        if self._at is not None:
            self._at += len(data)
        if self._left is not None:
            self._left -= len(data)
        return data

    def _plain(self, most: int) -> bytes:
        data = self._packed(most)
        if data:
            self._crc = zlib.crc32(data, self._crc)
        else:
            self._end(CUT_OFF if self._left else None)
        return data

    def _inflated(self, most: int) -> bytes:
        assert self._engine is not None
        if not self._pending:
            self._pending = self._packed(PIECE)
            if not self._pending:
                self._end(None if self._fresh and self.n_packed else CUT_OFF)
                return b""
        try:
            data = self._engine.decompress(self._pending, most)
        except zlib.error:
            self._skip_damage()
            return b""
        self._crc = zlib.crc32(data, self._crc)
        self._fresh = False
        self._pending = self._engine.unconsumed_tail
        if self._engine.eof:
            self._next_member()
        return data

    def _next_member(self) -> None:
        """Another gzip member may follow, perhaps behind zeros; other bytes behind the last one do not count."""
        assert self._engine is not None
        if self._wbits != GZIP:
            self._end(None)
            return
        self._pending = self._engine.unused_data
        self._engine = zlib.decompressobj(GZIP)
        self._fresh = True
        self._pending = self._pending.lstrip(b"\x00")
        while len(self._pending) < len(_MAGIC):
            more = self._packed(PIECE)
            if not more:
                self._end(None)
                return
            self._pending = (self._pending + more).lstrip(b"\x00")
        if not self._pending.startswith(_MAGIC[:2]):
            self._skip_damage() if self._resume else self._end(None)

    def _skip_damage(self) -> None:
        """Go on at the next gzip member, or end here."""
        self.notes.add(DAMAGED)
        if self._wbits != GZIP or not self._resume:
            self._end(DAMAGED)
            return
        self._pending = self._pending[1:]
        while (place := self._pending.find(_MAGIC)) < 0:
            more = self._packed(PIECE)
            if not more:
                self._end(DAMAGED)
                return
            self._pending = self._pending[-2:] + more
        self._pending = self._pending[place:]
        self._engine = zlib.decompressobj(GZIP)
        self._fresh = True

    def _end(self, note: str | None) -> None:
        self._ended = True
        if note is not None:
            self.notes.add(note)
        elif self._wanted_crc is not None and self._crc != self._wanted_crc:
            self.notes.add("damaged: its checksum is wrong, some of it may be other than it was")


class _Buffered(io.BufferedReader):
    """A buffer that takes memory only for what there is: Python's own takes at once all that may be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any stream."""
        if size is None or size < 0:
            return super().read()
        pieces = []
        while size > 0 and (piece := super().read(min(size, 1 << 20))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def buffered(stream: Unpacked) -> BinaryIO:
    """The stream with a buffer, as readers expect one."""
    return _Buffered(stream, PIECE)


class _Shared:
    """A copy that several read: each closes it for itself only."""

    def __init__(self, copy: BinaryIO) -> None:
        """The copy, at its beginning; it goes when nothing uses it any more."""
        copy.seek(0)
        self.read, self.seek, self.tell = copy.read, copy.seek, copy.tell

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        pass

    def __enter__(self) -> _Shared:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def seekable(opened: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """What opens the stream so that it can seek: the same, or what opens a copy of all its bytes.

    Raises
    ------
    ReadError
        They are more than MOST_SPOOLED.
    """
    with opened() as stream:
        if stream.seekable():
            return opened
        copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the members read it later
        n = 0
        while piece := stream.read(1 << 20):
            n += len(piece)
            if n > MOST_SPOOLED:
                copy.close()
                raise ReadError(f"unpacks to more than {MOST_SPOOLED >> 30} GB: unpack it first")
            copy.write(piece)
    return lambda: _Shared(copy)  # type: ignore[arg-type, return-value]
