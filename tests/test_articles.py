"""From a path to a Corpus and back to a file."""

import json
import re
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import mediakit as mk
from mediakit.frames import build, require
from mediakit.readers import ReadError

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
BODY = "The ministers met on Monday and agreed to meet again, and then they all went home without a word."
ENDINGS = ["csv", "jsonl", "parquet"]

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def jsonl(*rows: dict[str, object]) -> str:
    return "\n".join(map(json.dumps, rows))


# --- reading ---------------------------------------------------------------------------------------------------------


def test_seeds() -> None:
    corpus = mk.read_corpus(SEEDS)
    articles = corpus.articles
    for name in ("articles", "cuts", "problems"):
        require(getattr(corpus, name), name)
    assert articles["article_id"].tolist() == sorted(path.stem for path in SEEDS.glob("*.txt"))
    assert articles["source"].tolist() == [f"Outlet {letter}" for letter in "ABCDE"]
    assert articles["published"].dt.strftime("%Y-%m-%d").tolist()[0] == "2025-08-17"
    assert articles["title"].isna().tolist() == [False, True, False, False, False]
    assert articles["title"].iloc[0] == "The Trump-Putin Meeting And The Search For Peace"
    assert articles["kind"].tolist() == ["commentary", "news report", "analysis", "analysis", "analysis"]
    assert corpus.problems.empty
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_frame_equal(mk.read_articles(SEEDS), articles)


def test_a_single_seed_knows_its_metadata() -> None:
    corpus = mk.read_corpus(SEEDS / "002_e8f561caa3e3d80d.txt")
    assert corpus.articles["source"].tolist() == ["Outlet C"]
    assert corpus.problems.empty


def test_the_title_is_the_first_paragraph(write: Write) -> None:
    rows = [
        {"title": "Talks end", "text": BODY},
        {"title": "Talks end", "text": f"\n  Talks  end\n\n{BODY}"},
        {"title": "Talks end", "text": f"Talks end in Geneva.\n{BODY}"},
        {"title": None, "text": f"Talks End In Geneva\n{BODY}"},
        {"text": f"Talks End In Geneva\n{BODY}"},
        {"title": " Talks\nend ", "text": f"{BODY}\r\n \r\n{BODY}"},
        {"text": f"Getty Images\n{BODY}"},
    ]
    corpus = mk.read_corpus(write("a.jsonl", jsonl(*rows)))
    assert corpus.articles["text"].tolist() == [
        f"Talks end\n{BODY}",
        f"Talks  end\n{BODY}",
        f"Talks end\nTalks end in Geneva.\n{BODY}",
        f"Talks End In Geneva\n{BODY}",
        f"Talks End In Geneva\n{BODY}",
        f"Talks end\n{BODY}\n{BODY}",
        BODY,
    ]
    titles = ["Talks end", "Talks  end", "Talks end", None, "Talks End In Geneva", "Talks end", None]
    assert [None if pd.isna(title) else title for title in corpus.articles["title"]] == titles
    assert mk.raw_text(corpus.articles, corpus.cuts).tolist()[1] == f"\n  Talks  end\n\n{BODY}"


def test_records_that_are_no_articles(write: Write) -> None:
    rows = [{"text": BODY}, {"text": ""}, {"text": None}, {"text": " \u200b\n"}, {"text": 5}, {"text": ["a", 2]}]
    corpus = mk.read_corpus(write("a.jsonl", jsonl(*rows, {"title": "Only this"}, {"text": "\ud800 half"})))
    assert corpus.articles["text"].tolist() == [BODY, "Only this", "� half"]
    assert [(row.record, row.reason) for row in corpus.problems.itertuples()] == [
        ("line 2", "not read: it has no text"),
        ("line 3", "not read: it has no text"),
        ("line 4", "not read: it has no text"),
        ("line 5", "not read: its text is no text but int"),
        ("line 6", "not read: its text is no text but list"),
        ("line 7", "has no text: only its title was read"),
        ("line 8", "half characters (lone surrogates) stand as �"),
    ]


def test_values_of_all_kinds(write: Write) -> None:
    row = {
        "text": BODY,
        "source": {"id": 1, "name": " The\tTimes "},
        "authors": ["Jane Doe", "John Roe"],
        "lang": "en",
        "url": "",
        "date": "yesterday",
        "shares": 7,
        "tags": ["a"],
        "\ud800": "\udfff",
    }
    corpus = mk.read_corpus(write("a.jsonl", jsonl(row, {"text": "Next text.", "publish_date": 20250817})))
    first, second = corpus.articles.to_dict("records")
    assert (first["source"], first["author"], first["language"]) == ("The Times", "Jane Doe; John Roe", "en")
    assert (first["shares"], first["tags"], first["�"]) == (7, ["a"], "�")
    assert pd.isna(first["url"])
    assert pd.isna(first["published"])
    assert pd.isna(second["source"])
    assert second["published"] == pd.Timestamp("2025-08-17", tz="UTC")
    assert corpus.problems[["kind", "reason"]].to_numpy().tolist() == [
        [
            "taken as",
            "columns taken as: authors → author, lang → language, date → published, publish_date → published; "
            "name others with columns={…}",
        ],
        ["in part", "date 'yesterday' not read: write it as YYYY-MM-DD"],
    ]


def test_ids_are_unique_and_say_where_an_article_is_from(write: Write, tmp_path: Path) -> None:
    write("x/1.txt", "Text one.")
    write("y/1.txt", "Text two.")
    write("2.txt", "Text three.")
    rows = [{"id": "a"}, {"id": "a"}, {"id": "a-2"}, {"id": None}, {"id": 7}, {"id": 7.0}, {}, {"id": "2"}, {"id": " "}]
    write("t.jsonl", jsonl(*({**row, "text": f"Text {n}."} for n, row in enumerate(rows))))
    corpus = mk.read_corpus(tmp_path)
    ids = corpus.articles["article_id"].tolist()
    assert ids == ["2.txt", "a", "a-3", "a-2", "t-4", "7", "7-2", "t-7", "2", "t-9", "x/1", "y/1"]
    changed = corpus.problems["reason"].str.extract(r"article_id '(.+)' .+ is '(.+)'").dropna()
    assert changed.to_numpy().tolist() == [
        ["a", "a-3"],
        ["7", "7-2"],
    ]


def test_problems_are_warned_of(write: Write, tmp_path: Path) -> None:
    write("a.txt", BODY)
    write("b.txt", "")
    with pytest.warns(UserWarning, match=r"^1 problem reading .+b\.txt: is empty\. All of them: read_corpus"):
        assert len(mk.read_articles(tmp_path)) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n", "it has no text"),
        ("a.xyz", b"%XYZ", r"no reader for \.xyz\. Readable are \."),
        ("a.txt", b"%PDF-1.4", "broken PDF"),
        ("a.csv", b"x,y\n1,2\n", "name one of them text"),
        ("a.csv", b"text\n", "a header and no rows"),
        ("a.json", b"{}", "no list of articles"),
        ("a", b"text", "no reader for files without an ending"),
    ],
)
def test_a_file_without_articles(write: Write, name: str, content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        mk.read_corpus(write(name, content))
    assert name in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_a_folder_without_articles(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"the folder is empty; put articles in it, as \."):
        mk.read_corpus(tmp_path)
    for number in range(5):
        write(f"{number}.png", b"\x89PNG")
    with pytest.raises(ReadError, match=r"no reader for \.png.+and 2 more\. Readable are \."):
        mk.read_corpus(tmp_path)
    with pytest.raises(FileNotFoundError, match="check the spelling"):
        mk.read_corpus(tmp_path / "gone")


# --- writing ---------------------------------------------------------------------------------------------------------

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)  # repair leaves no control characters
ODD = st.sampled_from(
    ["=1+1", "+1", "-1", "@x", "NA", "NaN", "null", "007", 'a,b;"c"', "x\r\ny\rz", "\ufeffx", "'", " x "]
)
NAMES = st.one_of(st.none(), CELLS.filter(bool), ODD)
TIMES = st.one_of(st.none(), st.datetimes(pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01")))


@st.composite
def articles_frames(draw: st.DrawFn) -> pd.DataFrame:
    ids = draw(st.lists(st.one_of(CELLS.filter(bool), ODD), min_size=1, max_size=4, unique=True))
    some = st.lists(NAMES, min_size=len(ids), max_size=len(ids))
    bodies = draw(st.lists(st.one_of(CELLS, ODD), min_size=len(ids), max_size=len(ids)))
    numbers = draw(st.lists(st.integers(-(10**9), 10**9), min_size=len(ids), max_size=len(ids)))
    return build(
        "articles",
        {
            "article_id": ids,
            "source": draw(some),
            "published": draw(st.lists(TIMES, min_size=len(ids), max_size=len(ids))),
            "title": draw(some),
            "text": [f"Text {body}" for body in bodies],
            "author": draw(some),
            "n": numbers,
            "share": [number / 7 for number in numbers],
        },
    )


@pytest.mark.parametrize("ending", ENDINGS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frame=articles_frames())
def test_written_articles_come_back_exactly(tmp_path: Path, ending: str, frame: pd.DataFrame) -> None:
    path = tmp_path / f"a.{ending}"
    mk.write_articles(frame, path)
    corpus = mk.read_corpus(path)
    assert_frame_equal(corpus.articles, frame, check_dtype=True)
    assert corpus.problems.empty
    assert corpus.cuts.empty


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_seeds_come_back_exactly(tmp_path: Path, ending: str) -> None:
    articles = mk.read_articles(SEEDS).assign(hard=[True, False, True, True, False], code=["01", None, "x", "=1", ""])
    articles.loc[4, "code"] = np.nan
    path = tmp_path / f"a.{ending}"
    mk.write_articles(articles.sample(frac=1, random_state=1), path)
    back = mk.read_articles(path).sort_values("article_id", ignore_index=True)
    assert_frame_equal(back, articles)
    assert mk.fingerprint(back) == mk.fingerprint(articles)
    assert list(tmp_path.iterdir()) == [path]


def test_a_written_file_that_was_edited_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    mk.write_articles(mk.read_articles(SEEDS), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert pd.read_csv(path)["article_id"].tolist() == mk.read_articles(path)["article_id"].tolist()


def test_writing_refuses_by_name(tmp_path: Path) -> None:
    articles = mk.read_articles(SEEDS)
    with pytest.raises(ValueError, match=r"a\.xlsx: articles are written to \.csv, \.jsonl, \.parquet"):
        mk.write_articles(articles, tmp_path / "a.xlsx")
    with pytest.raises(mk.FrameError, match="missing column 'text'"):
        mk.write_articles(articles.drop(columns="text"), tmp_path / "a.csv")
    (tmp_path / "a.parquet").write_text("old")
    with pytest.raises(Exception, match="object"):
        mk.write_articles(articles.assign(odd=[object()] * 5), tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


# --- any input -------------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.fixed_dictionaries({"text": TEXT}, optional={"title": TEXT, "id": TEXT, "date": TEXT}), min_size=1)
)
def test_every_record_is_an_article_or_a_problem(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(*rows), encoding="utf-8")
    try:
        corpus = mk.read_corpus(path)
    except ReadError:
        return
    unread = corpus.problems["reason"].str.startswith("not read").sum()
    assert len(corpus.articles) + unread == len(rows)
    assert corpus.articles["article_id"].is_unique
    raw = mk.raw_text(corpus.articles, corpus.cuts)
    for article in corpus.articles.itertuples():
        assert article.text.split("\n")[0] == article.title or pd.isna(article.title)
        assert "\n\n" not in article.text
        kept = "".join(article.text.split())
        assert re.match(".*?".join(map(re.escape, kept)), "".join(raw[article.article_id].split()), re.DOTALL)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), ending=st.sampled_from([".txt", ".csv", ".jsonl", ".json"]))
def test_any_bytes_give_articles_or_a_read_error(tmp_path: Path, data: bytes, ending: str) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes(data)
    try:
        corpus = mk.read_corpus(path)
    except ReadError:
        return
    require(corpus.articles, "articles")
    assert len(mk.raw_text(corpus.articles, corpus.cuts)) == len(corpus.articles)
    assert repr(corpus)
    assert corpus._repr_html_()


def test_a_corpus_is_frozen() -> None:
    corpus = mk.read_corpus(SEEDS)
    with pytest.raises(AttributeError):
        corpus.path = "elsewhere"  # type: ignore[misc]


def test_frames_are_the_same_wherever_the_folder_lies(tmp_path, monkeypatch):
    (tmp_path / "corpus" / "inner").mkdir(parents=True)
    (tmp_path / "corpus" / "inner" / "one.txt").write_text("Peace talks began in the capital on Monday.")
    monkeypatch.chdir(tmp_path)
    relative, absolute = mk.read_articles("corpus"), mk.read_articles(tmp_path / "corpus")
    assert relative.equals(absolute)
    assert relative["path"].tolist() == ["inner/one.txt"]
    assert mk.read_articles("corpus/inner/one.txt")["path"].tolist() == ["one.txt"]
