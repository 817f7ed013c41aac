"""From records to frames: columns as guessed or given, summaries, large files piece by piece, names of outlets."""

import csv
import gzip
import io
import json
import os
import re
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.cleaning import prefilter
from mediakit.cleaning.boilerplate import patterns, whole
from mediakit.importing.columns import ROWS, Columns
from mediakit.readers import decoding, delimited, json_files
from mediakit.readers.files import HEAD, in_memory
from mediakit.readers.records import COLUMNS, IN_PART, PASSED_OVER, TAKEN_AS, opened, summary_names

BODY = "The ministers met on Monday and agreed to meet again, and then they all went home without a word."


def jsonl(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def said(corpus: mk.Corpus, kind: str) -> list[str]:
    return corpus.problems.loc[corpus.problems["kind"] == kind, "reason"].tolist()


# --- columns ---------------------------------------------------------------------------------------------------------


def test_what_columns_were_taken_for_is_said_once_a_file(tmp_path: Path) -> None:
    rows = [{"headline": f"Talks {n}", "body": BODY, "desk": "world"} for n in range(3)]
    corpus = mk.read_corpus(jsonl(tmp_path / "a.jsonl", *rows))
    assert said(corpus, TAKEN_AS) == ["columns taken as: headline → title, body → text; name others with columns={…}"]
    assert corpus.articles["desk"].tolist() == ["world"] * 3
    mk.write_articles(corpus.articles, tmp_path / "b.csv")
    assert mk.read_corpus(tmp_path / "b.csv").problems.empty


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "parquet"])
def test_the_users_names_win_and_one_that_is_missing_is_said(tmp_path: Path, ending: str) -> None:
    rows = [{"body": "A line that is not the text.", "words": BODY, "shout": "Talks"}]
    path = tmp_path / f"a.{ending}"
    if ending == "jsonl":
        jsonl(path, *rows)
    elif ending == "json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    elif ending == "csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    else:
        pd.DataFrame(rows).to_parquet(path)
    corpus = mk.read_corpus(path, columns={"words": "text", "shout": "title", "gone": "author"})
    assert corpus.articles["text"].tolist() == [f"Talks\n{BODY}"]
    assert corpus.articles["body"].tolist() == ["A line that is not the text."]
    assert said(corpus, IN_PART) == ["no column 'gone', which columns={…} takes as author"]
    assert said(corpus, TAKEN_AS) == []
    with pytest.raises(ValueError, match="'words' is no column of articles"):
        mk.read_corpus(path, columns={"text": "x", "body": "words"})


def test_nested_objects_are_opened(tmp_path: Path) -> None:
    guardian = {
        "webTitle": "Talks end",
        "webPublicationDate": "2025-08-17T10:00:00Z",
        "fields": {"bodyText": BODY, "byline": "Jane Doe", "wordcount": "20"},
    }
    times = {"headline": {"main": "Talks end"}, "byline": {"original": "By Jane"}, "lead_paragraph": BODY}
    deep = {"a": {"b": {"c": BODY}}}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"response": {"results": [guardian, times, deep]}}), encoding="utf-8")
    articles = mk.read_corpus(path, columns={"a.b.c": "text"}).articles
    assert articles["text"].tolist() == [f"Talks end\n{BODY}", f"Talks end\n{BODY}", BODY]
    assert [None if pd.isna(name) else name for name in articles["author"]] == ["Jane Doe", "Jane", None]
    assert articles["fields"].tolist()[0] == {"wordcount": "20"}
    assert articles["published"].dt.day.tolist()[0] == 17


JSON_VALUES = st.recursive(
    st.none() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.sampled_from(["fields", "byline", "a", "thread", "site"]), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["fields", "thread", "text", "a"]), JSON_VALUES, max_size=3))
def test_opening_loses_nothing(row: dict[str, object]) -> None:
    def leaves(value: object, above: str = "") -> set[tuple[str, str]]:
        if isinstance(value, dict) and value:
            return {leaf for name, inner in value.items() for leaf in leaves(inner, f"{above}{name}.")}
        return {(above, repr(value))}

    assert leaves(opened(row, {"a.a": "text"})) == (leaves(row) if row else set()) or not row


def test_a_summary_is_the_last_resort_and_said_to_be(tmp_path: Path) -> None:
    rows = [
        {"title": "One", "description": "Only a summary."},
        {"title": "Two", "text": BODY, "description": "Only a summary."},
        {"title": "Three", "text": " ", "description": None, "teaser": "A teaser."},
        {"title": "Four"},
    ]
    corpus = mk.read_corpus(jsonl(tmp_path / "a.jsonl", *rows))
    assert corpus.articles["text"].tolist() == ["One\nOnly a summary.", f"Two\n{BODY}", "Three\nA teaser.", "Four"]
    bases = [None if pd.isna(basis) else basis for basis in corpus.articles["text_basis"]]
    assert bases == ["description", None, "teaser", "title"]
    assert said(corpus, IN_PART) == [
        "has no text: only its title was read",
        "only a summary was given for 1 of its articles, which is taken for the text: description",
        "only a summary was given for 1 of its articles, which is taken for the text: teaser",
    ]
    assert summary_names(["Teaser", "x", "Description"]) == ["Description", "Teaser"]


def test_every_column_of_articles_comes_back_from_a_file() -> None:
    assert {column.name for column in mk.FRAMES["articles"].columns} == set(COLUMNS)


def test_a_table_of_too_many_columns_keeps_its_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "text," + ",".join(f"c{n}" for n in range(5000)) + f"\n{BODY.replace(chr(44), chr(59))}" + ",1" * 5000 + "\n"
    )
    corpus = mk.read_corpus(path)
    assert corpus.articles["text"].tolist() == [BODY.replace(",", ";")]
    assert corpus.articles.shape[1] < 1100
    assert said(corpus, IN_PART) == [
        "too many columns: 1,000 are kept beside those of articles, up to 4,000 a record left out"
    ]


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.none() | st.text(max_size=3) | st.integers(0, 9))))
def test_columns_hold_what_was_put_in(rows: list[dict[str, object]]) -> None:
    rows = rows * (1 + ROWS // 3)
    columns = Columns()
    for row in rows:
        columns.add(row)
    for name in columns.names():
        expected = [row.get(name) for row in rows]
        assert list(columns.values(name)) == expected
        pd.testing.assert_series_equal(columns.series(name), pd.Series(expected), check_names=False)


# --- sources, mended text, odd names ---------------------------------------------------------------------------------


def test_outlets_have_one_name(tmp_path: Path) -> None:
    rows = [{"text": f"{n}. {BODY}", "source": name} for n, name in enumerate(["NYT", "nytimes.com", "Dorfblatt"])]
    corpus = mk.read_corpus(jsonl(tmp_path / "a.jsonl", *rows), outlets={"Dorfblatt": "Village News"})
    assert corpus.articles["source"].tolist() == ["The New York Times"] * 2 + ["Village News"]
    assert corpus.articles["source_given"].tolist() == ["NYT", "nytimes.com", "Dorfblatt"]


def test_dates_that_a_spreadsheet_rewrote_are_read_or_said(tmp_path: Path) -> None:
    rows = [{"title": f"Talks {n}", "text": BODY, "published": "2025-08-17T10:00:00Z"} for n in range(3)]
    mk.write_articles(mk.read_corpus(jsonl(tmp_path / "a.jsonl", *rows)).articles, tmp_path / "b.csv")
    table = pd.read_csv(tmp_path / "b.csv", dtype=str)
    table["published"] = ["17.08.2025 00:00", table["published"][1], "########"]
    table.to_csv(tmp_path / "b.csv", index=False)
    corpus = mk.read_corpus(tmp_path / "b.csv")
    articles = corpus.articles
    assert articles["published"].dt.strftime("%Y-%m-%d %H").tolist()[:2] == ["2025-08-17 00", "2025-08-17 10"]
    assert articles["published_basis"].tolist()[:2] == ["given, day only", "given"]
    assert articles.loc[2, ["published", "published_basis"]].isna().all()
    assert [reason for reason in said(corpus, IN_PART) if "########" in reason]


def test_mended_text_is_said(tmp_path: Path) -> None:
    broken = "Trump’s “peace”".encode().decode("cp1252", "ignore")
    wrapped = "\n\n".join(textwrap.fill(" ".join([BODY] * 3), 72) for _ in range(3))
    corpus = mk.read_corpus(
        jsonl(tmp_path / "a.jsonl", {"text": f"{broken}\n{BODY}"}, {"text": wrapped}, {"text": BODY})
    )
    first, second = said(corpus, TAKEN_AS)
    assert re.match(r"\d+ broken characters mended", first)
    assert second == f"{wrapped.count(chr(10)) - 4} lines broken at a column joined"
    assert "�" not in "".join(corpus.articles["text"])


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_files_whose_names_are_no_text(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.png"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(BODY.encode())
    corpus = mk.read_corpus(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["�"]
    assert corpus.problems["path"].str.endswith("�.png").tolist() == [True]


# --- large files -----------------------------------------------------------------------------------------------------


def large(n: int = 60) -> list[dict[str, str]]:
    return [{"title": f"Talks {n}", "text": f"{n}: “{BODY}”\n" * 30, "code": f"{n:03}"} for n in range(n)]


def written(rows: list[dict[str, str]], ending: str) -> bytes:
    if ending == "jsonl":
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_large_files_read_the_same_in_every_encoding(tmp_path: Path, ending: str, encoding: str) -> None:
    data = written(large(), ending)
    assert len(data) > 2 * HEAD
    (tmp_path / f"a.{ending}").write_bytes(data.decode().encode(encoding))
    articles = mk.read_articles(tmp_path / f"a.{ending}")
    assert articles["title"].tolist() == [row["title"] for row in large()]
    assert articles["code"].tolist() == [row["code"] for row in large()]
    assert articles["text"].str.count("“").eq(30).all()


@pytest.mark.parametrize(("ending", "place"), [("jsonl", "line 31"), ("csv", "row 32")])
def test_a_line_without_end_is_left_out_and_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, place: str
) -> None:
    for module in (decoding, delimited, json_files):
        monkeypatch.setattr(module, "LONGEST_LINE", 100_000)
    rows = large()
    rows[30]["text"] = "x" * 300_000
    (tmp_path / f"a.{ending}").write_bytes(written(rows, ending))
    corpus = mk.read_corpus(tmp_path / f"a.{ending}")
    assert len(corpus.articles) == 59
    lost = corpus.problems[corpus.problems["kind"] == "not read"]
    assert lost["record"].tolist() == [place]
    assert "was left out" in lost["reason"].iloc[0]


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_gzip_is_read_as_a_stream(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a.{ending}.gz").write_bytes(gzip.compress(written(large(), ending)))
    assert mk.read_articles(tmp_path / f"a.{ending}.gz")["title"].tolist() == [row["title"] for row in large()]


def test_numbers_that_orjson_would_round_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": 12345678901234567890123, "text": "One."}\n{"text": "Two.", "x": NaN}\n{"text": "Th\\ud800"}'
    )
    articles = mk.read_corpus(path).articles
    assert articles["article_id"].tolist() == ["12345678901234567890123", "a-2", "a-3"]
    assert articles["text"].tolist() == ["One.", "Two.", "Th�"]


def test_tables_and_files_without_articles_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.csv").write_text("text,title\n")
    (tmp_path / "c.jsonl").write_text(" \n\n")
    (tmp_path / "d.json").write_text('{"text": "One."}\n{"text": "Two."}\n{"text": ')
    corpus = mk.read_corpus(tmp_path)
    assert corpus.articles["text"].tolist() == [BODY, "One.", "Two."]
    assert said(corpus, PASSED_OVER) == ["a table with a header and no rows"]
    assert "holds blank lines only" in said(corpus, "not read")


def test_parquet_with_structs(tmp_path: Path) -> None:
    rows = [{"headline": "Talks", "fields": {"bodyText": BODY, "n": 1}}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    articles = mk.read_articles(tmp_path / "a.parquet")
    assert articles["text"].tolist() == [f"Talks\n{BODY}"]


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("story", f"{BODY} {BODY}", True),
        ("2025", f"{BODY} {BODY}", True),
        ("notes.md", BODY, True),
        ("code", "import os\n\ndef f(x):\n    return {x: 1}\n" * 9, False),
        ("style.css", ".a { color: red; }\n" * 20, False),
        ("list", "1,2,3\n4,5,6\n" * 20, False),
        ("会议", "部长们星期一在日内瓦会晤，没有达成协议。双方将再次会面。", True),
    ],
)
def test_text_without_an_ending_is_read_where_it_is_prose(tmp_path: Path, name: str, text: str, read: bool) -> None:
    (tmp_path / "a.txt").write_text("One text that is always there.")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert (len(mk.read_corpus(tmp_path).articles) == 2) is read
    if not read:
        assert len(mk.read_articles(tmp_path, reader="text")) == 2


def test_what_was_read_of_a_folder_is_not_held() -> None:
    file = in_memory("a.txt", b"x" * 10)
    assert "head" not in vars(file)
    assert file.head
    assert "head" in vars(file)  # so a list of files must not be what is read from


# --- patterns that need not be tried ---------------------------------------------------------------------------------

PLACES = ("anywhere", "ends", "end", "links", "title", "title kept", "kept", "repeated")
ALL = [(place, pattern) for place in PLACES for pattern in patterns(place)]
EXAMPLES = [
    row["example"]
    for row in csv.DictReader((Path(mk.__file__).parent / "data" / "boilerplate.csv").read_text("utf-8").splitlines())
]


@given(st.sampled_from(EXAMPLES), st.text(max_size=3), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_sparing_a_pattern_never_loses_a_match(example: str, before: str, form: object) -> None:
    text = before + form(example)  # type: ignore[operator]
    for place in PLACES:
        tried = next((name for name, regex, _ in patterns(place) if regex.fullmatch(text)), None)
        assert whole(text, place) == tried
    for _, pattern in ALL:
        if pattern.needs and pattern.regex.fullmatch(text) and text.isascii():
            assert any(word in text.lower() for word in pattern.needs)


def test_beginnings_and_needed_words() -> None:
    assert prefilter.beginnings("(?:please )?share (?:this|it)") == {"pl", "sh"}
    assert prefilter.beginnings("a*b*") == {"", "a", "aa", "ab", "b", "bb"}
    assert prefilter.beginnings(r"[\W_]*x") == {"x", f"{prefilter.OTHER}x", prefilter.OTHER * 2}
    assert prefilter.beginnings("é|.x") == {prefilter.ANY, f"{prefilter.ANY}x"}
    assert prefilter.may_begin(frozenset({"sh"}), prefilter.beginning("Share it"))
    assert not prefilter.may_begin(frozenset({"sh"}), prefilter.beginning("he said"))
    assert prefilter.needed_words("(?:please )?share (?:this|it)") == {"share "}
    assert prefilter.needed_words("a?(?:one|three)") == {"one", "three"}
    assert prefilter.needed_words("a*|b") is None
