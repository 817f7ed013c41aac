"""Tables and JSON as programs and services write them: columns told by their contents, shapes, HTML in texts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import mediakit as mk
from mediakit import readers
from mediakit.importing.prepare import author_names
from mediakit.readers.html_values import markup_in_text, without_entities

TEXT = "The river rose by three metres on Friday. Shops in the old town were closed, and the council opened a hall."
OTHER = "Insurers welcomed the plan. They warned that the cap on premiums would have to rise within five years."


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., mk.Corpus]:
    def _read(name: str, content: str | object, **options: object) -> mk.Corpus:
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return mk.read_corpus(tmp_path / name, **options)  # type: ignore[arg-type]

    return _read


@pytest.fixture
def own_reader() -> Iterator[None]:
    before = list(readers.READERS)
    yield
    readers.READERS[:] = before


def said(corpus: mk.Corpus, kind: str) -> str:
    return "\n".join(corpus.problems.loc[corpus.problems["kind"] == kind, "reason"])


def test_the_column_with_the_longer_texts_is_the_text(read: Callable[..., mk.Corpus]) -> None:
    rows = [{"title": "A", "text": "The river rose.", "full_text": TEXT}] * 3
    for name, content in (("a.json", rows), ("a.jsonl", "\n".join(map(json.dumps, rows)))):
        corpus = read(name, content)
        assert TEXT in corpus.articles["text"][0]
        assert "full_text → text (its texts are longer than those of text)" in said(corpus, "taken as")
    shorter = [{"title": "A", "text": TEXT, "full_text": TEXT + " End."}]
    assert not read("b.json", shorter).articles["text"][0].endswith("End.")


def test_names_of_sources_come_before_numbers(read: Callable[..., mk.Corpus]) -> None:
    table = f"title,text,source,source_name\nA,{TEXT!r},17,BBC News\nB,{OTHER!r},18,CNN\n".replace("'", '"')
    corpus = read("a.csv", table)
    assert corpus.articles["source"].str.contains("BBC|CNN").all()
    assert corpus.articles["source.2"].tolist() == [17, 18]


def test_html_in_texts_becomes_paragraphs(read: Callable[..., mk.Corpus]) -> None:
    body = f"<p>{TEXT}&nbsp;</p><script>x()</script>\n<ul><li>One &amp; two</li></ul>"
    corpus = read("a.json", [{"title": "Walls &amp; levees", "text": body}, {"title": "Five < six", "text": OTHER}])
    assert corpus.articles["title"].tolist() == ["Walls & levees", "Five < six"]
    assert corpus.articles["text"][0].split("\n")[1:] == [TEXT, "One & two"]
    assert "texts hold HTML (1 of them): taken as paragraphs" in said(corpus, "taken as")


@pytest.mark.parametrize(
    "text", ["The tag <b> is bold, and a<b.", "Prices < 5 and > 3.", "Write <p> and </p> around it."]
)
def test_texts_that_mention_tags_stay(text: str) -> None:
    assert markup_in_text(text) is None


def test_blank_lines_of_blogs_are_paragraphs() -> None:
    assert markup_in_text('One <a href="x">link</a>.\n\nTwo.\nThree.') == "One link.\nTwo.\nThree."
    assert markup_in_text("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;") == "One\nTwo"
    assert without_entities("A &amp;#8217; B &amp C & D; &nosuch;") == "A ’ B &amp C & D; &nosuch;"


@pytest.mark.parametrize(
    "value",
    [
        {"hits": {"total": 2, "hits": [{"_id": "1", "_source": {"title": "A", "text": TEXT}}]}},
        {"a1": {"title": "A", "text": TEXT}, "a2": {"title": "B", "text": OTHER}},
        {"title": {"0": "A", "1": "B"}, "text": {"0": TEXT, "1": OTHER}},
        {"title": ["A", "B"], "text": [TEXT, OTHER]},
        {"columns": ["title", "text"], "index": [0, 1], "data": [["A", TEXT], ["B", OTHER]]},
        {"data": [{"type": "article", "id": "1", "attributes": {"title": "A", "body": TEXT}}]},
        {"title": {"rendered": "A"}, "content": {"rendered": f"<p>{TEXT}</p>"}},
    ],
)
def test_shapes_of_json(read: Callable[..., mk.Corpus], value: dict[str, object]) -> None:
    articles = read("a.json", value).articles
    assert articles["title"][0] == "A"
    assert articles["text"][0].endswith(TEXT)
    assert len(articles) == (2 if OTHER in json.dumps(value) else 1)


def test_of_cut_json_what_is_complete_is_read(read: Callable[..., mk.Corpus]) -> None:
    whole = json.dumps({"status": "ok", "items": [{"title": "A", "text": TEXT}, {"title": "B", "text": OTHER}]})
    corpus = read("a.json", whole[:-30])
    assert corpus.articles["title"].tolist() == ["A"]
    assert corpus.problems["record"].tolist() == ["item 2"]
    assert "what comes from here on was not read" in said(corpus, "not read")


def test_words_for_nothing_are_nothing(read: Callable[..., mk.Corpus]) -> None:
    corpus = read("a.json", [{"title": "A", "text": TEXT, "source": "null", "author": "None"}])
    assert corpus.articles[["source", "author"]].isna().all(axis=None)


def test_rows_above_the_header(read: Callable[..., mk.Corpus]) -> None:
    table = f'Report:,flood\nFrom:,2014-01-01\n\nDate,Title,Url,Full Text\n2014-03-12,A,http://a.example/a,"{TEXT}"\n'
    corpus = read("a.csv", table)
    assert corpus.articles["title"].tolist() == ["A"]
    assert "(2, from 'Report: flood')" in said(corpus, "passed over")


def test_doubled_columns_and_short_rows_are_said(read: Callable[..., mk.Corpus]) -> None:
    corpus = read("a.csv", f'title,text,title,source\nA,"{TEXT}",B,X\nC,"{OTHER}"\n')
    assert corpus.articles["title"].tolist() == ["A", "C"]
    assert "called 'title'" in said(corpus, "taken as")
    assert "something is missing: 1, first row 3" in said(corpus, "in part")


def test_a_table_named_txt_is_a_table_and_prose_is_not(read: Callable[..., mk.Corpus]) -> None:
    assert read("a.txt", f"title\ttext\tsource\nA\t{TEXT}\tX\nB\t{OTHER}\tX\n").articles["title"].tolist() == ["A", "B"]
    assert len(read("b.txt", f"Title, text, and source\n\n{TEXT}\n\n{OTHER}").articles) == 1
    assert len(read("c.story", f"{TEXT}\n\n{OTHER}").articles) == 1
    with pytest.raises(mk.ReadError, match=r"no reader for \.py"):
        read("d.py", f"{TEXT}\n\n{OTHER}")


def test_year_month_and_day_make_a_date(read: Callable[..., mk.Corpus]) -> None:
    corpus = read("a.csv", f'title,text,year,month,day\nA,"{TEXT}",2014,3,12\nB,"{OTHER}",2014,13,1\n')
    assert corpus.articles["published"].dt.strftime("%Y-%m-%d").tolist()[:1] == ["2014-03-12"]
    assert corpus.articles["published"].isna().tolist() == [False, True]
    assert corpus.articles["published_basis"][0] == "columns year, month, day"
    far = [{"text": TEXT, "year": 10**30, "month": 1, "day": 1}]
    assert read("a.json", far).articles["published"].isna().all()


def test_descriptions_alone_are_no_articles(read: Callable[..., mk.Corpus]) -> None:
    table = f"tableId,dataType,Empty,Description\nSQLDATE,INTEGER,NULLABLE,{TEXT.replace(',', ';')}\n"
    with pytest.raises(mk.ReadError, match="no list of articles: beside 'Description'"):
        read("a.csv", table)
    assert len(read("b.csv", table, columns={"Description": "text"}).articles) == 1


def test_a_name_that_the_file_lacks_is_said(read: Callable[..., mk.Corpus]) -> None:
    with pytest.raises(mk.ReadError, match=r"no column 'nope', .* the file has \['q1', 'q2'\]"):
        read("a.csv", "q1,q2\n1,2\n", columns={"nope": "text"})


def test_links_that_lead_out_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out.txt").write_text(OTHER)
    (folder / "a.txt").write_text(TEXT)
    for name, target in (("up", tmp_path), ("file.txt", tmp_path / "out.txt")):
        os.symlink(target, folder / name)
    (tmp_path / "way").symlink_to(folder)
    for place in (folder, tmp_path / "way"):
        corpus = mk.read_corpus(place)
        assert len(corpus.articles) == 1
        assert said(corpus, "passed over").count("leads out") == 2


@pytest.mark.parametrize("named", ["File Name,Publication,Headline\na.txt", "id,source,title\na"])
def test_metadata_names_files_in_other_words(tmp_path: Path, named: str) -> None:
    (tmp_path / "metadata.csv").write_text(f"{named},The Gulf Ledger,Levy\n")
    (tmp_path / "a.txt").write_text(TEXT)
    articles = mk.read_corpus(tmp_path).articles
    assert articles["title"].tolist() == ["Levy"]


@pytest.mark.usefixtures("own_reader")
def test_a_reader_of_ones_own_that_fails_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("x")
    (tmp_path / "b.txt").write_text(TEXT)

    def looks(file: readers.File) -> bool:
        raise KeyError(file.name)

    readers.register_reader("mine", lambda _: [{"text": OTHER, 1: 2}, 7], endings=[".xyz"], looks=looks)  # type: ignore[dict-item, list-item]
    corpus = mk.read_corpus(tmp_path)
    assert len(corpus.articles) == 2
    assert "the reader 'mine' yielded int" in said(corpus, "not read")
    assert said(corpus, "in part").count("the reader 'mine' could not tell") == 2


def test_ids_of_files_are_told_apart_by_their_endings(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(f"{name}. {TEXT}")
    corpus = mk.read_corpus(tmp_path)
    assert sorted(corpus.articles["article_id"]) == ["a.md", "a.txt"]
    assert corpus.problems.empty


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("BY JANE ROE", "JANE ROE"),
        ("jane.roe@post.example (Jane Roe)", "Jane Roe"),
        ("Jane Roe <jane@post.example>", "Jane Roe"),
        ("By Jane Roe; by John Doe", "Jane Roe; John Doe"),
        ("Byron Katie", "Byron Katie"),
        ("jane@post.example", "jane@post.example"),
    ],
)
def test_names_of_authors(given: str, want: str) -> None:
    assert author_names(given) == want


def test_newsapi_withdrawals_are_counted(read: Callable[..., mk.Corpus]) -> None:
    gone = {"title": "[Removed]", "content": "[Removed]", "publishedAt": "1970-01-01T00:00:00Z", "urlToImage": None}
    kept = {"title": "A", "content": f"<ul><li>{TEXT}</li></ul>", "publishedAt": "2024-02-27T12:00:00Z"}
    corpus = read("a.json", {"status": "ok", "totalResults": 2, "articles": [gone, {**kept, "urlToImage": ""}]})
    assert corpus.articles["text"].tolist() == [f"A\n{TEXT}"]
    assert "1 of 2 articles were withdrawn" in said(corpus, "passed over")
