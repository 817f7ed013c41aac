"""What news services give: NewsAPI's answers, GDELT's tables and lists, Media Cloud's story lists."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_samples import services as samples
from test_databases import Found, read

import mediakit as mk
from mediakit.readers import ReadError, reader_for
from mediakit.readers.files import in_memory
from mediakit.readers.gdelt_rows import title_of
from mediakit.readers.records import NOT_READ

SEEN = "inferred from the time at which GDELT saw it"


# --- NewsAPI ---------------------------------------------------------------------------------------------------------


def test_newsapi_fields_and_what_is_missing() -> None:
    found = read("top.json", samples.NEWSAPI)
    assert found.reader == "newsapi"
    assert found.column("source") == ["The Hilltop Post", "Talkurier.example", "Mag"]
    assert found.column("title") == ["Ferry talks end - and begin again", "Fähren - das Ende", "Short and whole"]
    assert found.column("author") == ["Jane Doe", None, None]
    assert found.column("text_basis") == ["start only", "description", None]
    assert found.column("characters_missing") == [2048, None, None]
    assert str(found.column("text")[0]).endswith("They parted without a deal and")
    assert found.column("text")[1:] == ["Nur eine Zusammenfassung.", "A short text that is all there is."]
    assert found.reasons == [
        "the search found 38 articles, this file holds 3",
        "1 of 3 texts are cut off by NewsAPI: only a start",
        "1 of 3 articles have a description only, no text",
    ]
    assert {problem.kind for problem in found.problems} == {"in part"}


@pytest.mark.parametrize(
    "content",
    [
        samples.NEWSAPI_LINES,
        json.dumps(samples.NEWSAPI_ARTICLES),
        json.dumps({"data": {"status": "ok", "totalResults": 3, "articles": samples.NEWSAPI_ARTICLES}}),
        json.dumps([{"status": "ok", "totalResults": 1, "articles": [a]} for a in samples.NEWSAPI_ARTICLES]),
        "\n".join(json.dumps({"status": "ok", "articles": [a]}) for a in samples.NEWSAPI_ARTICLES),
    ],
    ids=["lines", "list", "wrapped", "pages in a list", "pages a line"],
)
def test_newsapi_in_other_wrappings(content: str) -> None:
    found = read("x.json", content)
    assert found.reader == "newsapi"
    assert found.column("url") == [article["url"] for article in samples.NEWSAPI_ARTICLES]
    assert not any("the search found" in reason for reason in found.reasons)


def test_newsapi_errors_and_broken_answers_say_why() -> None:
    with pytest.raises(ReadError, match="no articles: Your API key is invalid"):
        read("x.json", samples.NEWSAPI_ERROR)
    with pytest.raises(ReadError, match="without articles"):
        read("x.json", '{"status":"ok","totalResults":0,"articles":[]}')
    with pytest.raises(ReadError, match="broken JSON"):
        read("x.json", samples.NEWSAPI[: samples.NEWSAPI.index('"content"')])


def test_of_a_broken_answer_of_newsapi_what_is_whole_is_read() -> None:
    cut_off = read("x.json", samples.NEWSAPI[:-20])
    assert cut_off.column("title") == ["Ferry talks end - and begin again", "Fähren - das Ende"]
    [problem] = [problem for problem in cut_off.problems if problem.kind == NOT_READ]
    assert problem.record == "item 3"
    assert "broken JSON" in problem.reason
    pages = [json.dumps({"status": "ok", "articles": [item]}) for item in samples.NEWSAPI_ARTICLES]
    lines = read("x.jsonl", "\n".join([pages[0], pages[1][:-9], pages[2]]))
    assert lines.column("title") == ["Ferry talks end - and begin again", "Short and whole"]
    assert [problem.record for problem in lines.problems if problem.kind == NOT_READ] == ["line 2"]


def test_of_a_broken_list_of_gdelt_what_is_whole_is_read() -> None:
    row = {"title": "Ports talk", "seendate": "20250817T101500Z", "domain": "a.example", "language": "English"}
    rows = [row | {"url": f"https://a.example/{n}", "sourcecountry": "France", "socialimage": ""} for n in range(3)]
    found = read("x.json", json.dumps({"articles": rows})[:-20])
    assert found.reader == "gdelt json"
    assert len(found.records) == 2
    assert [problem.record for problem in found.problems if problem.kind == NOT_READ] == ["item 3"]
    found = read("x.json", "\n".join([json.dumps(rows[0]), json.dumps(rows[1])[:-9], json.dumps(rows[2])]))
    assert len(found.records) == 2
    assert [problem.record for problem in found.problems if problem.kind == NOT_READ] == ["line 2"]


@pytest.mark.parametrize(
    ("title", "source", "kept"),
    [
        ("War - Peace - Reuters", "Reuters", "War - Peace"),
        ("Talks end | The Guardian", "The Guardian", "Talks end"),
        ("Talks end - New York Times", "The New York Times", "Talks end"),
        ("Talks end - Foxnews.com", "Foxnews.com", "Talks end"),
        ("Talks end - Reuters", "BBC News", "Talks end - Reuters"),
        ("Reuters", "Reuters", "Reuters"),
        ("A deal—at last", "at last", "A deal—at last"),
    ],
)
def test_newsapi_tails_of_titles_go_when_they_name_the_source(title: str, source: str, kept: str) -> None:
    article = samples.NEWSAPI_ARTICLES[0] | {"title": title, "source": {"id": None, "name": source}}
    assert read("x.json", json.dumps({"articles": [article]})).column("title") == [kept]


def test_newsapi_items_of_the_wrong_kind_are_problems() -> None:
    broken = [{"publishedAt": "2025-08-17", "urlToImage": None, "title": 5}, None, "text"]
    found = read("x.json", json.dumps({"status": "ok", "articles": [*samples.NEWSAPI_ARTICLES, *broken]}))
    assert len(found.records) == 3
    assert [problem.record for problem in found.problems[:3]] == ["item 4", "item 5", "item 6"]


# --- GDELT -----------------------------------------------------------------------------------------------------------


def test_gkg_titles_dates_and_measures() -> None:
    found = read("20250817.gkg.csv", samples.GKG)
    assert found.reader == "gdelt"
    assert found.column("title") == [
        "Ferry talks end & begin “again”",
        "Fähren gespräche enden ohne ergebnis",
        "hilltop.example/?id=77",
    ]
    assert found.column("text_basis") == ["title", "address", "address"]
    assert found.column("published") == ["2025-08-17T05:15:00Z", "2025-08-17T10:15:00Z", "2025-08-17T10:15:00Z"]
    assert found.column("published_basis") == [None, SEEN, SEEN]
    assert found.column("author") == ["Jane Doe", None, None]
    assert found.column("language") == ["eng", "deu", "eng"]
    assert found.column("gdelt_tone") == [-2.5, 1.5, None]
    assert found.column("length") == [345, 90, None]
    assert found.column("persons") == ["ann oak;jane doe"] * 3
    assert found.reasons[0] == "GDELT GKG: metadata of 3 documents, no texts"
    assert found.problems[1].kind == "taken as"


def test_gkg_1_has_several_documents_a_row() -> None:
    found = read("20130401.gkg.csv", samples.GKG1)
    assert found.column("source") == ["a.example", "b.example"]
    assert found.column("url") == ["http://a.example/ferries-stay-in-port", "http://b.example/x"]


def test_mentions_of_one_document_are_one_article() -> None:
    found = read("mentions.CSV", samples.MENTIONS)
    assert found.column("title") == [
        "Ferry talks end without a deal",
        "The Quay/BBC Monitoring/Text",
        "Zwei haefen kein ergebnis",
    ]
    assert found.column("mentions") == [2, 1, 1]
    assert found.column("url")[1] is None
    assert found.column("source")[1] == "BBC Monitoring"
    assert (found.problems[0].record, found.problems[0].kind) == ("row 5", "not read")


@pytest.mark.parametrize("name", ["export.CSV", "export1.CSV", "artlist.json", "artlist.csv"])
def test_events_and_lists_of_the_doc_api(name: str) -> None:
    found = read(name, samples.SAMPLES[name])
    assert found.reader.startswith("gdelt")
    assert found.column("url")[0] == "https://hilltop.example/world/ferry-talks-end-without-a-deal"
    assert found.column("title")[0] == "Ferry talks end without a deal"
    assert found.column("published_basis")[0] == SEEN


def test_tables_with_a_header_may_be_parted_by_commas() -> None:
    found = read("from_python.csv", samples.MENTIONS_TABLE)
    assert found.column("url") == ["https://hilltop.example/world/ferry-talks-end-without-a-deal,again"]


def test_rows_as_json_are_read_as_the_table_is() -> None:
    found = read("mentions.jsonl", samples.MENTIONS_JSON)
    assert found.column("title") == ["Ferry talks end without a deal"]
    assert found.column("mentions") == [2]
    assert found.column("published") == ["2025-08-17T10:30:00Z"]
    listed = read("m.json", json.dumps([json.loads(line) for line in samples.MENTIONS_JSON.split("\n")] + [5]))
    assert listed.column("mentions") == [2]
    assert listed.reasons[0] == "no document of GDELT"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://a.example/2025/08/17/world/ports-talk-again.html", "Ports talk again"),
        ("https://a.example/story/ports_talk_again_12345/", "Ports talk again"),
        ("https://a.example/ports-talk-again/2025/x", "Ports talk again"),
        ("https://a.example/news/politik/h%C3%A4fen-ohne-ergebnis-48121.php?x=1", "Häfen ohne ergebnis"),
        ("https://a.example/index.php?id=3", "a.example/index.php?id=3"),
        ("https://[broken/ports-talk-again", "https://[broken/ports-talk-again"),
    ],
)
def test_titles_from_addresses(address: str, title: str) -> None:
    assert title_of(address) == title


@given(st.text(max_size=300))
def test_any_address_gives_some_title(path: str) -> None:
    assert title_of(f"https://a.example/{path}")


def test_metadata_of_gdelt_stays_apart_from_texts(tmp_path: Path) -> None:
    for name in ("20250817.gkg.csv", "mentions.CSV", "artlist.json", "stories.csv", "newsapi.json"):
        (tmp_path / name).write_bytes(samples.SAMPLES[name])
    (tmp_path / "story.txt").write_text("A headline here\n\nThe ports met and parted again on Saturday.\n")
    articles = mk.read_corpus(tmp_path).articles
    whole = articles[articles["text_basis"].isna()]
    assert set(whole["path"]) == {"newsapi.json", "story.txt"}
    bare = articles[articles["text_basis"].isin(["title", "address"])]
    assert len(bare) == 9
    assert (bare["text"] == bare["title"]).all()


# --- Media Cloud -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "ids", "sources"),
    [
        (samples.STORY_LIST, ["901", "902"], ["The Hilltop Post", "Talkurier"]),
        (samples.STORY_LIST_NEW, ["f00"], ["hilltop.example"]),
    ],
    ids=["old", "new"],
)
def test_story_lists(content: str, ids: list[str], sources: list[str]) -> None:
    found = read("stories.csv", content)
    assert found.reader == "story list"
    assert [str(value) for value in found.column("article_id")] == ids
    assert found.column("source") == sources
    assert set(found.column("text_basis")) == {"title"}
    assert f"story list of {len(ids)}: titles and addresses, no texts" in found.reasons


def test_a_story_list_with_texts_is_an_ordinary_table() -> None:
    header = "id,media_name,publish_date,title,url,text\n1,Post,2025-08-17,Talks,http://a.example,The ports met.\n"
    assert reader_for(in_memory("x.csv", header.encode())).name == "csv"


def test_every_sample_is_known_and_gives_records_or_a_reason() -> None:
    for name, data in samples.SAMPLES.items():
        if name == "newsapi-error.json":
            continue
        found: Found = read(name, data)
        assert found.records, name
        assert found.problems, name
        assert found.reader in ("newsapi", "gdelt", "gdelt json", "story list"), name


def test_dates_of_story_lists_that_cannot_be_read_are_missing(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(samples.STORY_LIST, encoding="utf-8")
    corpus = mk.read_corpus(tmp_path)
    assert corpus.articles["published"].isna().tolist() == [False, True]
    assert corpus.articles["published"].iloc[0] == pd.Timestamp("2025-08-17 05:15", tz="UTC")
    assert any("undateable" in reason for reason in corpus.problems["reason"])
