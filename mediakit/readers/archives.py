"""Archives: .zip, .gz, .tar and .tar.gz, read like a folder of what is in them, and never unpacked to disk.

Limits, so that no archive can fill the memory or keep the reader busy for ever: MOST_MEMBERS members, MOST_ARCHIVES
archives inside archives, `files.DEEPEST` of them in each other; a member may unpack to `unpacking.RATIO` times its size
once it has more than `unpacking.FREE` bytes, and all members together to as much of the outermost archive; members that
lie over each other, encrypted ones, links and devices are not read. Names are cleaned of what leads out of the archive
("..", "C:", a slash in front): they are only ever shown.
"""

from __future__ import annotations

import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from .files import File
from .folder import is_hidden, passed_over
from .records import IN_PART, PASSED_OVER, Problem, ReadError
from .unpacking import DAMAGED, GZIP, MOST_SPOOLED, RAW, Allowance, Meter, Unpacked, buffered, seekable

ZIP_ENDINGS, GZIP_ENDINGS, TAR_ENDINGS = (".zip",), (".gz", ".tgz"), (".tar",)
MOST_MEMBERS, MOST_ARCHIVES = 200_000, 1000
_MOST_DIRECTORY = 64 << 20  # bytes of a zip's list of contents
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3I2H")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LEADS_OUT = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)
_OFFICE = {
    "xl/workbook.xml": "an Excel workbook: save its sheet as .csv",
    "ppt/presentation.xml": "a PowerPoint file: save it as PDF",
    "META-INF/container.xml": "an e-book",
    "META-INF/manifest.xml": "an OpenDocument file: save it as .docx or .csv",
}


class _Budget:
    """What may still be opened and unpacked, over all archives inside one."""

    def __init__(self, size: int = 0) -> None:
        self.members, self.archives = MOST_MEMBERS, MOST_ARCHIVES
        self.unpacked, self.measured = Allowance(size), Allowance(size)  # measured: to see where lost members end


@dataclass(frozen=True, eq=False)
class _Packed(File):
    """A member of an archive; knows what the archives around it have used."""

    budget: _Budget = field(default_factory=_Budget)


class _Member(NamedTuple):
    name: str
    at: int
    size: int
    wbits: int | None = None
    crc: int | None = None
    is_local: bool = False  # `at` is a zip's local header


def looks_like_zip(file: File) -> bool:
    """Whether the file starts as zip archives do."""
    return file.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def looks_like_gzip(file: File) -> bool:
    """Whether the file starts as gzip files do."""
    return file.head.startswith(b"\x1f\x8b")


def looks_like_tar(file: File) -> bool:
    """Whether the file starts with the header of a tar archive."""
    return _is_tar(file.head)


def read_zip(file: File) -> Iterator[Problem | list[File]]:
    """The members of a zip archive, as of a folder."""
    budget = _entered(file)
    opened = seekable(file.open)
    with opened() as stream:
        try:
            found, problems = _zip_members(file, stream)
        except ReadError:
            raise
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, RecursionError, EOFError):
            found, problems = _searched(file, stream, budget.measured)
            if not found:
                raise ReadError("a damaged zip archive: nothing in it can be found") from None
    yield from problems
    yield from _members(file, opened, found, budget)


def read_tar(file: File) -> Iterator[Problem | list[File]]:
    """The members of a tar archive, as of a folder."""
    yield from _tar(file, file.open, _entered(file))


def read_gzip(file: File) -> Iterator[Problem | File | list[File]]:
    """The one file in a .gz, or the members of a .tar.gz; what came before a damaged place is read."""
    notes: set[str] = set()
    budget = _entered(file)
    meter = budget.unpacked.meter()

    def opened() -> BinaryIO:
        return buffered(Unpacked(file.open(), wbits=GZIP, notes=notes, meter=meter))

    with opened() as stream:
        start = stream.read(512)
    if _is_tar(start):
        yield from _tar(file, opened, budget)
    else:
        name = file.name[: -len(file.suffix)] if file.suffix in GZIP_ENDINGS else file.name
        yield _as_packed(file, budget).member(clean_name(name) or "unpacked", opened)
    for note in sorted(notes):
        yield Problem(file.path, None, f"the archive is {note}", IN_PART)


# --- members ---------------------------------------------------------------------------------------------------------


def _entered(file: File) -> _Budget:
    """The budget of an archive, one archive less for each that lies in another."""
    budget = file.budget if isinstance(file, _Packed) else _Budget(_size(file))
    budget.archives -= 1
    if budget.archives < 0:
        raise ReadError(f"more than {MOST_ARCHIVES:,} archives inside one: not opened")
    return budget


def _size(file: File) -> int:
    with file.open() as stream:
        return stream.seek(0, 2) if stream.seekable() else MOST_SPOOLED


def meter_of(file: File) -> Meter | None:
    """What counts the unpacked bytes of a member of an archive; None for a file that lies in none."""
    return file.budget.unpacked.meter() if isinstance(file, _Packed) else None


def _as_packed(file: File, budget: _Budget) -> _Packed:
    return _Packed(file.path, file.opened, file.columns, file.fields, file.depth, budget)


def _members(
    file: File, source: Callable[[], BinaryIO], found: list[_Member], budget: _Budget
) -> Iterator[Problem | list[File]]:
    """The members as files, and afterwards what was wrong with those that were read."""
    notes: dict[str, set[str]] = {}
    files: list[File] = []
    counts: Counter[str] = Counter()
    parent = _as_packed(file, budget)
    for member in sorted(found, key=lambda member: PurePosixPath(member.name).parts):
        budget.members -= 1
        if budget.members < 0:
            yield Problem(file.path, None, f"more than {MOST_MEMBERS:,} members: the others are not read")
            break
        counts[member.name] += 1
        name = _numbered(member.name, counts[member.name])
        notes[name] = set()
        files.append(parent.member(name, _opener(source, member, notes[name], budget.unpacked.meter())))
    yield files
    for name, said in notes.items():
        for note in sorted(said):
            yield Problem(f"{file.path}/{name}", None, note, IN_PART)


def _opener(source: Callable[[], BinaryIO], member: _Member, notes: set[str], meter: Meter) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        stream = source()
        at = _behind_header(stream, member.at) if member.is_local else member.at
        _, _, size, wbits, crc, _ = member
        return buffered(Unpacked(stream, at=at, size=size, wbits=wbits, crc=crc, notes=notes, meter=meter))

    return opened


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    path = PurePosixPath(name)
    return path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()


def clean_name(name: str) -> str:
    """A member's name for showing: no way out of the archive, no control characters; "" when nothing is left."""
    name = _UNSAFE.sub("", name[:1000].replace("\\", "/"))
    parts = [part.strip() for part in re.sub(r"^[A-Za-z]:", "", name).split("/")]
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _strange(file: File, names: list[str]) -> Iterator[Problem]:
    """One problem for all members whose names lead out of the archive: such an archive may be made to do harm."""
    if names:
        shown = ", ".join(repr(_UNSAFE.sub("", name)[:80]) for name in names[:3]) + (" …" if len(names) > 3 else "")
        why = f"{len(names)} with paths that lead out of the archive: {shown}; read under the rest of their paths"
        yield Problem(file.path, None, why, IN_PART)


def _left_alone(file: File, name: str) -> tuple[bool, Problem | None]:
    """Whether a member of this name is left alone, and the problem that says so (hidden files need none)."""
    if any(is_hidden(part) for part in name.split("/")):
        return True, None
    reason = passed_over(name)
    return reason is not None, Problem(f"{file.path}/{name}", None, reason, PASSED_OVER) if reason else None


# --- zip -------------------------------------------------------------------------------------------------------------


def _zip_members(file: File, stream: BinaryIO) -> tuple[list[_Member], list[Problem]]:
    """The members that a zip lists, and what is wrong with the others."""
    _check_directory(stream)
    with zipfile.ZipFile(stream) as archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    office = next((what for name, what in _OFFICE.items() if any(info.filename == name for info in infos)), None)
    if office:
        raise ReadError(f"is {office}")
    found: list[_Member] = []
    problems: list[Problem] = []
    problems += _strange(file, [name for name in map(_decoded, infos) if _LEADS_OUT.match(name)])
    overlapping = _overlapping(infos)
    for number, info in enumerate(infos, start=1):
        name = clean_name(_decoded(info)) or f"member {number}"
        alone, problem = _left_alone(file, name)
        reason = None if alone else _refusal(info) or ("overlaps" if number - 1 in overlapping else None)
        if reason == "overlaps":
            reason = "lies over other members: it may be a zip bomb, and is not read"
        if problem or reason:
            problems.append(problem or Problem(f"{file.path}/{name}", None, reason or ""))
        if not alone and not reason:
            wbits = RAW if info.compress_type == _DEFLATED else None
            found.append(_Member(name, info.header_offset, info.compress_size, wbits, info.CRC, is_local=True))
    return found, problems


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a list of contents that would fill the memory, before zipfile reads it."""
    stream.seek(0, 2)
    end = stream.tell()
    stream.seek(max(0, end - (1 << 16) - 22))
    tail = stream.read()
    stream.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise zipfile.BadZipFile
    size = struct.unpack_from("<I", tail, place + 12)[0]
    wide = tail.rfind(b"PK\x06\x06", 0, place)
    if size == 0xFFFFFFFF and wide >= 0 and len(tail) >= wide + 56:
        size = struct.unpack_from("<Q", tail, wide + 40)[0]
    if size > _MOST_DIRECTORY:
        raise ReadError(f"lists more than {MOST_MEMBERS:,} members: split the archive")


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _refusal(info: zipfile.ZipInfo) -> str | None:
    """Why a member is not read."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, which is not followed"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted: unpack the archive with its password first"
    if info.compress_type not in (_STORED, _DEFLATED):
        return f"is packed in a way that is not read (method {info.compress_type}): unpack the archive first"
    return None


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Which members share bytes with another: a zip that no program packs, made to unpack to far more than it holds."""
    order = sorted(range(len(infos)), key=lambda number: infos[number].header_offset)
    found: set[int] = set()
    end, last = -1, -1
    for number in order:
        info = infos[number]
        if info.header_offset < end:
            found |= {last, number}
        here = info.header_offset + _LOCAL.size + info.compress_size
        if here > end:
            end, last = here, number
    return found


def _behind_header(stream: BinaryIO, at: int) -> int:
    """Where the contents of a zip's member begin."""
    stream.seek(max(at, 0))
    header = stream.read(_LOCAL.size)
    if at < 0 or len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise ReadError("damaged: it is not where the archive's list of contents says")
    values = _LOCAL.unpack(header)
    return at + _LOCAL.size + int(values[9]) + int(values[10])


def _searched(file: File, stream: BinaryIO, allowed: Allowance) -> tuple[list[_Member], list[Problem]]:
    """The members of a zip that lost its list of contents at the end, found one behind the other."""
    found: list[_Member] = []
    at = 0
    why = "a damaged zip archive, its list of contents is lost: {} members were found by searching"
    while len(found) < MOST_MEMBERS:
        stream.seek(at)
        header = stream.read(_LOCAL.size)
        if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
            break
        _, _, flags, method, _, _, crc, size, _, n_name, n_extra = _LOCAL.unpack(header)
        raw = stream.read(n_name)
        name = clean_name(raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
        start = at + _LOCAL.size + n_name + n_extra
        if flags & _DESCRIPTOR and not size:
            try:
                size, crc = _measured(stream, start, allowed.meter()), None
            except ReadError:
                why += "; no further, for it unpacks to so much that it may be a zip bomb"
                break
        at = start + size
        if flags & _DESCRIPTOR:
            stream.seek(at)
            at += 16 if stream.read(4) == b"PK\x07\x08" else 12
        alone, _ = _left_alone(file, name)
        if not alone and size and method in (_STORED, _DEFLATED) and not flags & _ENCRYPTED:
            found.append(_Member(name or f"member {len(found) + 1}", start, size, RAW if method else None, crc))
    return found, [Problem(file.path, None, why.format(len(found)), IN_PART)]


def _measured(stream: BinaryIO, at: int, meter: Meter) -> int:
    """How many bytes a deflated member takes whose header does not say."""
    stream.seek(at)
    engine = zlib.decompressobj(RAW)
    used = n_unpacked = 0
    while not engine.eof and (piece := stream.read(1 << 16)):
        try:
            pending = piece
            while pending and not engine.eof:
                n_unpacked += len(engine.decompress(pending, 1 << 20))
                meter(n_unpacked)
                pending = engine.unconsumed_tail
        except zlib.error:
            return used
        used += len(piece)
    return used - len(engine.unused_data)


# --- tar -------------------------------------------------------------------------------------------------------------


def _is_tar(head: bytes) -> bool:
    """Whether a tar header stands here: its checksum is the sum of its bytes, the checksum itself as blanks."""
    if len(head) < 512 or not head[0]:
        return False
    try:
        wanted = int(head[148:156].strip(b" \x00") or b"x", 8)
    except ValueError:
        return False
    return wanted == sum(head[:148]) + 256 + sum(head[156:512])


def _tar(file: File, packed: Callable[[], BinaryIO], budget: _Budget) -> Iterator[Problem | list[File]]:
    found: list[_Member] = []
    n_links = 0
    strange: list[str] = []
    opened = seekable(packed)
    with opened() as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r:", errors="replace") as archive:
                for info in archive:
                    name = clean_name(info.name) or f"member {len(found) + 1}"
                    if _LEADS_OUT.match(info.name) and len(strange) < MOST_MEMBERS:
                        strange.append(info.name)
                    alone, problem = (True, None) if info.isdir() else _left_alone(file, name)
                    if problem:
                        yield problem
                    if not alone and (not info.isreg() or info.issparse()):
                        n_links += 1
                    elif not alone:
                        found.append(_Member(name, info.offset_data, info.size))
                    if len(found) > MOST_MEMBERS:
                        break
                    archive.members = []  # type: ignore[attr-defined]  # tarfile would keep them all
        except (tarfile.TarError, EOFError, ValueError, OverflowError, RecursionError):
            yield Problem(file.path, None, f"the archive is {DAMAGED}", IN_PART)
    yield from _strange(file, strange)
    if n_links:
        yield Problem(file.path, None, f"{n_links} links, devices and the like in it", PASSED_OVER)
    yield from _members(file, opened, found, budget)
