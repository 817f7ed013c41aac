"""Fuzz the readers: mutated inputs must give records or problems, never a crash, a hang or unbounded memory.

    python tools/fuzz_readers.py            # the readers, and the samples they have
    python tools/fuzz_readers.py csv        # 100,000 mutated inputs for the reader named csv
    python tools/fuzz_readers.py pdf -n 10000 --seed 7

Samples are the project's own: every module in tests/reader_samples/ has SAMPLES, {file name: bytes}; a sample belongs
to the reader that knows it. A module may have REBUILD, {file name: function(bytes) → bytes}, which puts
mutated contents into a sound container (a zip with a valid checksum), so that the mutation gets past the door.

What counts as a failure: an exception that leaves the reader and is not a ReadError (`read_corpus` turns it into a
problem, "the reader gave up", but the reader should have said what is wrong); an input that gives neither a record nor
a problem; one that takes longer than SLOWEST seconds; more memory than MOST_MEMORY. Of every FULL inputs one goes
through read_corpus as a whole. The exit code is 1 when there was a failure; the input is kept in --keep.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import logging
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType

import mediakit as mk
from mediakit.readers import READERS, Problem, Reader, ReadError, reader_for, reader_named
from mediakit.readers.files import File, in_memory

FOLDER = Path(__file__).parent.parent / "tests" / "reader_samples"
SLOWEST, MOST_MEMORY, FULL = 10, 6 << 30, 200
LONGEST = 1 << 20  # bytes; a mutated input is cut there
TOKENS = (
    *(b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\r", b"\n\n\n", b"\f", b"\t"),
    *(b"\xc2\xa0", b'"', b"'", b",", b";", b"{", b"}", b"[", b"]", b"<", b">", b"</", b"/>", b"<!--", b"-->"),
    *(b"<![CDATA[", b"]]>", b"&", b"&#0;", b"&#x110000;", b"&amp;amp;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;"),
    *(b"\\u0000", b"\\ud800", b"\\'", b"\\bin99999 ", b"0001-01-01", b"9999-12-31T23:59:60Z", b"-1", b"1e999"),
    *(b"NaN", b"null", b"true", b"9" * 40, b"A" * 3000, b"( " * 500, b"LENGTH: ", b"Title: ", b"1 of 2 DOCUMENTS"),
    *(b"HTTP/1.1 200 OK\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n"),
)


class HangError(BaseException):
    """An input took longer than SLOWEST; no library catches it by accident."""


def modules() -> Iterator[ModuleType]:
    """The modules with samples."""
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem == "__init__":
            continue
        spec = importlib.util.spec_from_file_location(path.stem, path)
        if spec and spec.loader:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            yield module


def samples(reader: Reader) -> dict[str, tuple[bytes, Callable[[bytes], bytes] | None]]:
    """The samples that a reader knows, with what puts them back into their container."""
    found = {}
    for module in modules():
        for name, data in module.SAMPLES.items():
            try:
                known = reader_for(in_memory(name, data)).name == reader.name
            except ReadError:
                known = False
            if known:
                found[name] = (data, getattr(module, "REBUILD", {}).get(name))
    return found


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The bytes with one to eight small or large things done to them."""
    work = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(work) + 1)
        end = min(len(work), at + int(chance.paretovariate(0.7)))
        match chance.randrange(8):
            case 0:
                work[at:end] = b""
            case 1:
                work[at:at] = chance.choice(TOKENS)
            case 2:
                work[at:end] = chance.choice(TOKENS)
            case 3:
                work[at:at] = bytes(work[at:end]) * chance.choice((1, 2, 50))
            case 4:
                del work[at:]
            case 5:
                for _ in range(chance.choice((1, 5, 50))):
                    if work:
                        work[chance.randrange(len(work))] = chance.randrange(256)
            case 6:
                other = chance.choice(others)
                cut = chance.randrange(len(other) + 1)
                work[at:] = other[cut:]
            case 7:
                other = chance.choice(others)
                cut = chance.randrange(len(other) + 1)
                work[at:at] = other[cut : cut + int(chance.paretovariate(0.5))]
        del work[LONGEST:]
    return bytes(work)


def check(reader: Reader, name: str, data: bytes) -> str | None:
    """What went wrong with one input; None when nothing did."""
    n_found = 0
    try:
        waiting = [(reader, in_memory(name, data))]
        while waiting:
            kind, file = waiting.pop()
            try:
                found = list(kind.read(file)) if file.head else [Problem(name, None, "is empty")]
            except ReadError:
                found = [Problem(name, None, "not read")]
            n_found += len(found)
            for item in found:
                for member in item if isinstance(item, list) else [item]:
                    if isinstance(member, File) and member.depth < 3:
                        with contextlib.suppress(ReadError):
                            waiting.append((reader_for(member), member))
    except HangError:
        return f"hang: longer than {SLOWEST} s\n{traceback.format_exc()}"
    except Exception:
        return traceback.format_exc()
    return None if n_found else "neither a record nor a problem"


def check_whole(name: str, data: bytes) -> str | None:
    """The same through the front door, on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            corpus = mk.read_corpus(path)
            mk.require(corpus.articles, "articles")
            repr(corpus), corpus._repr_html_()
        except ReadError:
            return None
        except HangError:
            return f"hang in read_corpus\n{traceback.format_exc()}"
        except Exception:
            return traceback.format_exc()
    return None


def ring(_signal: int, _frame: FrameType | None) -> None:
    """Called by the alarm clock."""
    raise HangError


def fuzz(reader: Reader, n: int, seed: int, keep: Path) -> int:
    """Run n mutated inputs; print what was found; the number of different failures."""
    own = samples(reader)
    if not own:
        print(f"{reader.name}: no samples in {FOLDER.name}/")
        return 1
    chance = random.Random(seed)
    names, pool = list(own), [data for data, _ in own.values()]
    failures: Counter[str] = Counter()
    slowest, began = 0.0, time.perf_counter()
    signal.signal(signal.SIGALRM, ring)
    for number in range(n):
        name = chance.choice(names)
        data, rebuild = own[name]
        data = mutated(data, pool, chance)
        if rebuild is not None and chance.random() < 0.7:
            data = rebuild(data)
        start = time.perf_counter()
        signal.alarm(SLOWEST)
        wrong = check(reader, name, data)
        if wrong is None and number % FULL == 0:
            wrong = check_whole(name, data)
        signal.alarm(0)
        slowest = max(slowest, time.perf_counter() - start)
        if wrong is not None:
            last = wrong.strip().splitlines()
            key = " | ".join([last[-1][:160], *[line.strip() for line in last if "File" in line][-1:]])
            failures[key] += 1
            if failures[key] == 1:
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"{reader.name.replace(' ', '-')}-{seed}-{number}-{name}"
                kept.write_bytes(data)
                print(f"--- {kept}\n{wrong}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{reader.name}: {n:,} mutated inputs from {len(own)} samples (seed {seed}), "
        f"{sum(failures.values())} failures of {len(failures)} kinds; slowest {slowest:.2f} s, peak "
        f"{peak:,.0f} MB, {time.perf_counter() - began:,.0f} s in all"
    )
    for key, count in failures.most_common():
        print(f"  {count} × {key}")
    return len(failures)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", nargs="?", help="the reader's name; without it: what there is")
    parser.add_argument("-n", type=int, default=100_000, help="mutated inputs (default 100,000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz_readers")
    arguments = parser.parse_args()
    if arguments.reader is None:
        for reader in READERS:
            print(f"{reader.name}: {', '.join(samples(reader)) or 'no samples'}")
        return 0
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    return min(1, fuzz(reader_named(arguments.reader), arguments.n, arguments.seed, arguments.keep))


if __name__ == "__main__":
    sys.exit(main())
