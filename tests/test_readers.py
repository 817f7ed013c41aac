"""Readers: bytes to repaired records, for every kind of input and every way it may be broken."""

import random
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediakit.readers import Problem, ReadError, Record, read_records
from mediakit.readers.decoding import decode
from mediakit.readers.repair import repair, tidy, unwrap, whole_characters
from mediakit.readers.titles import first_line_title

GERMAN = "Die „Größe“ des Gipfels – für 5 € – war naïf, sagte François."
BODY = "The ministers met on Monday and agreed to meet again, and then they all went home without a word to the press."


def found(path: Path) -> tuple[list[Record], list[Problem]]:
    items = list(read_records(path))
    return [i for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


def texts(path: Path) -> list[object]:
    return [record.fields.get("text") for record in found(path)[0]]


def reasons(path: Path) -> list[str]:
    return [problem.reason for problem in found(path)[1]]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_common_encodings_are_recognised(encoding: str) -> None:
    text = f"{GERMAN}\n{BODY}"
    assert decode(text.encode(encoding)) == (text, None)


@pytest.mark.parametrize(("encoding", "bom"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_utf16_with_byte_order_mark_in_any_script(encoding: str, bom: bytes) -> None:
    assert decode(bom + "Встреча в Женеве".encode(encoding)).text == "Встреча в Женеве"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Встреча министров в Женеве закончилась без результата, сообщили источники. " * 4),
        ("shift_jis", "閣僚会議はジュネーブで開かれ、結果は出なかったと関係者が述べた。" * 4),
        ("cp1250", "Szef rządu powiedział, że źródła w Genewie są złe i że później będą żądać więcej. " * 4),
    ],
)
def test_other_encodings_are_guessed_and_said_to_be(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "a guess" in str(decoded.note)


def test_stray_bytes_and_a_cut_off_end_are_noted() -> None:
    pasted = f"{GERMAN} ".encode() + "It’s late.".encode("cp1252")
    assert decode(pasted).text == f"{GERMAN} It’s late."
    assert "1 bytes are not UTF-8" in str(decode(pasted).note)
    assert decode("Gespräch – naï".encode()[:-1]) == ("Gespräch – na�", "ends in the middle of a character")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
        (random.Random(1).randbytes(4000), "no text"),
    ],
)
def test_binary_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(ReadError, match=kind):
        decode(data)


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"\xed\xa0\x80abc\x80")
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except ReadError:
        return
    text.encode()  # no lone surrogates


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), None)


# --- repair ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_mojibake_is_undone(wrong: str) -> None:
    text = "Trump’s “peace” – naïve, says François Müller"
    broken = "".join(
        bytes([byte]).decode(wrong) if wrong == "latin-1" or byte not in {0x9D} else "\x9d" for byte in text.encode()
    )
    assert broken != text
    for damaged, meant in ((broken, text), (f"{text}\n{broken}\n{text}", "\n".join([text] * 3))):
        repaired = repair(damaged)
        assert repaired[:2] == (meant, None)
        assert re.fullmatch(r"\d+ broken characters mended \(decoded in a wrong encoding\)", str(repaired.mended))


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ – dashes — and… ellipses",
        "ﬁne ligatures, ＦＵＬＬ width, cafe\u0301 and café",
        "Ça va à Évian, l’été: « très bien » – voilà",
        "São Paulo não é Brasília; ação, coração, avós",
        "Äpfel, Öl, Übermaß – „Größe“",
        "&amp; stays, &quot;too&quot;",
        "Встреча в Женеве — без результата",
        "日本語のテキスト",
        "100 °C, ±5 %, §12, ½, 10³, ©2025",
        "tab\there",
    ],
)
def test_sound_text_is_not_touched(text: str) -> None:
    assert repair(text) == (text, None, None)


def test_line_ends_and_control_characters() -> None:
    assert repair("a\r\nb\rc\u2028d\x0be\x0cf\x00g\x07\ufeffh\x1b[31m") == ("a\nb\nc\nd\ne\nfgh[31m", None, None)


def test_lone_surrogates_are_replaced_and_noted() -> None:
    text, note, _ = repair("pair \ud83d\ude00 and lone \ud800")
    assert text == "pair 😀 and lone �"
    assert "surrogates" in str(note)
    assert whole_characters("\udc00") == "�"
    assert repair("was � before") == ("was � before", None, None)


@given(st.text(st.characters()))
def test_repaired_text_is_sound(text: str) -> None:
    repaired = repair(text).text
    repaired.encode()
    assert not set(repaired) & {"\r", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\x1b", "\ufeff"}
    assert tidy(text) == " ".join(repaired.split())


PARAGRAPHS = [
    "The ministers met in Geneva on Monday for the fourth round of talks since the spring, and both delegations left "
    "the building without a statement after eleven hours behind closed doors.",
    "Diplomats who know the drafts said that the border question had been put off once more. A well-known mediator "
    "called the outcome neither a failure nor a success, and refused to go into the details of the maps.",
    "Nobody expects a quick answer. The delegations have said that they will meet again within two weeks, in the same "
    "building and under the same roof that leaked on Monday, if the government of the canton repairs it by then.",
    "It will rain.",
]


@pytest.mark.parametrize("width", [60, 72, 79, 100])
@pytest.mark.parametrize("gap", ["\n\n", "\n \n"])
def test_text_broken_at_a_column_is_joined(width: int, gap: str) -> None:
    wrapped = gap.join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert unwrap(wrapped) == gap.join(PARAGRAPHS)
    title = f"MINISTERS MEET IN GENEVA\nBy Jane Doe{gap}"
    assert unwrap(title + wrapped) == title + gap.join(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\nRough winds do shake the "
        "darling buds of May,\nAnd summer's lease hath all too short a date;\nSometime too hot the eye shines,",
        "\n".join(f"{n}. Item number {n} of the list" for n in range(12)),
        "\n".join(["Q: What now?", "A: We wait.", "Q: For how long?", "A: As long as it takes.", "Q: And then?"]),
        "\n".join(["The talks failed again on Monday evening in Geneva."] * 8),
    ],
)
def test_other_line_breaks_stay(text: str) -> None:
    assert unwrap(text) == text


# --- headlines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Ministers Meet In Geneva For The Fourth Time",
        "MINISTERS MEET IN GENEVA",
        "Ministers meet in Geneva, again",
        "Will the talks in Geneva fail?",
        "What’s Next? Anticipating the Evolving Landscape",
        "Putin: ‘We Are Ready for Peace’",
        "Trump calls the summit “a ten”",
        "“A ten”: how Trump saw the summit",
        "Zelensky arrives in the U.S.",
        "Trump vs. Putin: what St. Petersburg expects",
        "Stop this war!",
        "By the numbers: a year of talks",
        "London calling: what the mayor wants",
        "10 things to know about the talks",
        "Ceasefire",
        "The Zelensky Factor – And Why It's Complicated",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_headlines_are_recognised(line: str, gap: str) -> None:
    assert first_line_title(f"{line}{gap}{BODY}{gap}{BODY}") == line
    assert first_line_title(f"\n{line}{gap}By Jane Doe{gap}Follow us on X{gap}{BODY}") == line


@pytest.mark.parametrize(
    "line",
    [
        "The ministers met in Geneva on Monday.",
        "“We are ready for peace,” the president said.",
        "“We will never give up!”",
        "GENEVA (Reuters) - Ministers met on Monday for the fourth round of talks",
        "KYIV, Ukraine (AP) — Ministers met on Monday for the fourth round",
        "GENEVA — Ministers met on Monday for the fourth round of talks and left without a word.",
        "By Jane Doe",
        "August 17, 2025",
        "Sunday, 17 August 2025",
        "2025-08-17",
        "Published 17 August 2025 at 10:00",
        "https://example.org/story",
        "and then there was peace",
        "He came. The talks began. Nobody knew why, and would anybody ever know?",
        " ".join(["word"] * 30),
        "* * *",
        "FILE PHOTO: Ministers arrive for talks in Geneva",
        "Ministers arrive for talks in Geneva (Jane Doe/Example Press)",
        "Ministers arrive for talks in Geneva REUTERS/Jane Doe",
    ],
)
def test_first_lines_that_are_no_headline(line: str) -> None:
    assert first_line_title(f"{line}\n{BODY}\n{BODY}") is None


def test_a_text_of_one_line_has_no_headline() -> None:
    assert first_line_title("Ministers Meet In Geneva") is None
    assert first_line_title("Ministers Meet In Geneva\n\n") is None
    assert first_line_title("") is None
    assert first_line_title("One short line\nAnother line") is None
