"""Web pages: the same article out of many templates, what pages say of themselves, odd and hostile pages."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_samples import web

import mediakit as mk
from mediakit.readers import Problem, ReadError, Record, html, reader_for
from mediakit.readers.files import in_memory
from mediakit.readers.html_text import markup_to_text
from mediakit.readers.html_titles import plain, without_site
from mediakit.readers.repair import tidy

WORDS = " ".join(["These are the words of a paragraph that is long enough to count as one."] * 3)


def read(page: str | bytes, name: str = "page.html") -> tuple[Record, list[Problem]]:
    found = list(html.read(in_memory(name, page if isinstance(page, bytes) else page.encode())))
    records = [item for item in found if isinstance(item, Record)]
    assert len(records) == 1
    return records[0], [item for item in found if isinstance(item, Problem)]


def page(head: str = "", body: str = f"<p>{WORDS}</p><p>{WORDS}</p>", lang: str = "en") -> str:
    return f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body><article>{body}</article></body></html>"


def fields(head: str = "", **more: str) -> dict[str, object]:
    return read(page(head, **more))[0].fields


# --- whole pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", web.PAGES)
def test_one_article_in_many_templates(name: str) -> None:
    record, problems = read(web.PAGES[name]())
    assert record.fields["text"] == web.TEXT
    said = {name: record.fields[name] for name in ("title", "source", "author", "url", "language", "published")}
    assert said == {
        "title": web.TITLE,
        "source": web.SOURCE,
        "author": web.AUTHOR,
        "url": web.URL,
        "language": "en",
        "published": web.DATE,
    }
    assert str(record.fields["published_basis"]).startswith("given in the page (")
    assert problems == []


def test_a_page_saved_by_a_browser_in_one_file() -> None:
    record, problems = read(web.mhtml(), "saved.mhtml")
    assert record.fields["text"] == web.TEXT
    assert (record.fields["url"], record.fields["crawled"]) == (web.URL, "2025-08-18T07:00:00+00:00")
    assert problems == []


def test_a_page_with_its_pictures_inside() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 20_000_000}'>"
    record, problems = read(web.structured().replace("<h1>", f"{picture}<h1>"))
    assert record.fields["text"] == web.TEXT
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_pages_in_any_encoding_whatever_they_declare(encoding: str) -> None:
    for declared in ("utf-8", "iso-8859-1", "windows-1252"):
        text = web.structured().replace('charset="utf-8"', f'charset="{declared}"')
        assert read(text.encode(encoding))[0].fields["text"] == web.TEXT, declared


@pytest.mark.parametrize(
    ("encoding", "declared", "text"),
    [
        ("cp1251", "windows-1251", "Переговоры о мире начались в воскресенье в Женеве, сообщили дипломаты."),
        ("cp932", "Shift_JIS", "和平交渉は日曜日にジュネーブで始まったと外交官が語った。双方の代表団が参加した。"),
        (
            "iso2022_jp",
            "iso-2022-jp",
            "和平交渉は日曜日にジュネーブで始まったと外交官が語った。双方の代表団が参加した。",
        ),
        ("gb18030", "gb2312", "外交官表示，和平谈判周日在日内瓦开始，双方代表团均出席了会议。"),
        ("iso8859_2", "ISO-8859-2", "Rozmowy pokojowe rozpoczęły się w niedzielę w Genewie, powiedzieli dyplomaci."),
    ],
)
def test_declared_encodings_are_believed_where_they_fit(encoding: str, declared: str, text: str) -> None:
    data = page(f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>", f"<p>{text}</p>" * 2)
    assert str(read(data.encode(encoding))[0].fields["text"]).startswith(text)


def test_fragments_and_old_layouts() -> None:
    assert read(web.paragraphs())[0].fields["text"] == web.TEXT
    layout = (
        f"<html><body><table><tr><td>Menu</td><td><p>{WORDS}</p><p>{WORDS} Two.</p></td></tr></table></body></html>"
    )
    assert f"{WORDS}\n{WORDS} Two." in str(read(layout)[0].fields["text"])


def test_tables_of_data_keep_their_rows() -> None:
    assert markup_to_text(
        "<table><tr><th>Side</th><th>Lost</th></tr><tr><td>A</td><td><p>12</p></td></tr></table>"
    ) == ("Side | Lost\nA | 12")
    assert markup_to_text("<p>One<br>two</p><script>no()</script>three &amp; four") == "One\ntwo\nthree & four"
    assert markup_to_text("no markup\nat all, 3 < 4 &amp; 5") == "no markup\nat all, 3 < 4 & 5"


# --- what pages say of themselves ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "names", "kept"),
    [
        ("War | Peace talks", ["The Daily Example"], "War | Peace talks"),
        ("War | Peace talks | The Daily Example", ["The Daily Example"], "War | Peace talks"),
        ("War – live - Daily Example", ["The Daily Example", "x.com"], "War – live"),
        ("Daily-Example.com: War begins", ["The Daily Example"], "Daily-Example.com: War begins"),
        ("BBC News - War begins", ["BBC News"], "War begins"),
        ("War begins – bbc.co.uk", ["BBC News", "bbc.co.uk"], "War begins"),
        ("BBC News", ["BBC News"], "BBC News"),
        ("What the Daily Example got wrong", ["The Daily Example"], "What the Daily Example got wrong"),
    ],
)
def test_titles_without_the_site(title: str, names: list[str], kept: str) -> None:
    assert without_site(title, names) == kept


def test_a_shorter_headline_in_the_page_ends_the_title() -> None:
    head = "<title>War | Peace talks | World | Post</title>"
    assert fields(head, body=f"<h1>War | Peace talks</h1><p>{WORDS}</p><p>{WORDS}</p>")["title"] == "War | Peace talks"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&lt;b&gt;War&lt;/b&gt; begins", "War begins"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; War", "<script>alert(1)</script> War"),
        ("A &amp;amp; B &amp;#8211; C", "A & B – C"),
        ("Prices &lt; 3 and &gt; 2", "Prices < 3 and > 2"),
        ("How to use the &lt;b&gt; tag", "How to use the <b> tag"),
    ],
)
def test_markup_in_titles_is_plain_text(written: str, shown: str) -> None:
    assert fields(f"<meta property='og:title' content='{written}'>")["title"] == shown


def test_dates_and_how_they_are_known() -> None:
    given = '<meta property="article:published_time" content="2025-08-17T10:30:00Z">'
    update = '<meta property="article:modified_time" content="2025-08-19T10:30:00Z">'
    assert fields(given + update)["published_basis"] == "given in the page (article:published_time)"
    day = fields('<meta name="date" content="2025-08-17">')
    assert (day["published"], day["published_basis"]) == ("2025-08-17", "given in the page (date), day only")
    local = fields('<meta name="date" content="2025-08-17 10:30">')["published_basis"]
    assert local == "given in the page (date), time zone unknown: taken as UTC"
    both = fields(given + '<meta name="date" content="2025-08-17">')
    assert both["published"] == "2025-08-17T10:30:00Z"
    assert fields(update)["published_basis"] == "given as last update (article:modified_time)"
    address = fields('<link rel="canonical" href="https://post.com/2024/03/05/war-begins">')
    assert (address["published"], address["published_basis"]) == (
        "2024-03-05",
        "inferred by htmldate from the address, day only",
    )
    assert "published" not in fields('<meta name="date" content="{{date}}">')


def test_sources_authors_and_addresses() -> None:
    assert fields('<link rel="canonical" href="https://www.post.co.uk/a">')["source"] == "post.co.uk"
    assert fields('<meta name="author" content="By Ann Lee">')["author"] == "Ann Lee"
    assert "author" not in fields('<meta property="article:author" content="https://facebook.com/post">')
    thing = '{"@type":"NewsArticle","author":[{"name":"Ann Lee"},{"name":"Bo Yi"}],"publisher":{"name":"Post"}}'
    both = fields(f'<script type="application/ld+json">{thing}</script>')
    assert (both["author"], both["source"]) == ("Ann Lee; Bo Yi", "Post")
    assert "author" not in fields('<script type="application/ld+json">{"@type": broken</script>')


def test_the_address_a_page_was_got_from_counts_where_the_page_names_another_site() -> None:
    def url(canonical: str) -> object:
        file = in_memory("a.html", page(f"<link rel='canonical' href='{canonical}'>").encode())
        member = file.member("a.html", file.opened, url="https://post.com/a?x=1")
        return next(item for item in html.read(member) if isinstance(item, Record)).fields["url"]

    assert url("/a") == "https://post.com/a"
    assert url("https://other.com/a") == url("https://post.com/") == url("javascript:x") == "https://post.com/a?x=1"


# --- what is no whole article ----------------------------------------------------------------------------------------


def doubts(text: str) -> list[str]:
    return [problem.reason for problem in read(text)[1] if problem.kind == "in part"]


def test_pages_that_are_no_whole_articles_are_said() -> None:
    assert (
        "only 6 words of body found" in doubts(page("<title>T</title>", "<p>Subscribe now to read on, please.</p>"))[0]
    )
    assert "error page" in doubts(page("<title>404 Not Found</title>", "<p>Nothing is here, sorry.</p>"))[0]
    assert "error page" in doubts(page("<title>Page not found | Post</title>", "<p>Nothing here.</p>"))[0]
    locked = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"T","isAccessibleForFree":false}</script>'
    )
    assert "not free" in doubts(page(locked))[0]
    links = "".join(f"<li><a href='/{n}'>Another headline of the day, number {n}</a></li>" for n in range(60))
    assert "list of links" in doubts(f"<html><body><h1>Post</h1><ul>{links}</ul></body></html>")[0]
    assert (
        doubts(page("<title>The 404 people who stayed</title>", "".join(f"<p>{n}. {WORDS}</p>" for n in range(5))))
        == []
    )


def test_pages_without_text_are_problems() -> None:
    for nothing in (b"<html><body></body></html>", b"<!-- x -->", b"<html><script>app()</script></html>"):
        with pytest.raises(ReadError):
            list(html.read(in_memory("a.html", nothing)))


@pytest.mark.parametrize(
    ("start", "known"),
    [
        ("<!doctype html><p>x", True),
        ("\ufeff<!-- saved from url=(0042)https://post.com/ -->\n<!DOCTYPE html><html>", True),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y">', True),
        ("<p>A fragment", True),
        ("<rss version='2.0'>", False),
        ("Plain text about <p> tags", False),
        ("<xml><item>x</item></xml>", False),
    ],
)
def test_known_by_content(start: str, known: bool) -> None:
    assert html.looks(in_memory("a.txt", start.encode())) is known


# --- hostile pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 1_000_000,
        f"<p title='{'x' * 11_000_000}'>" + WORDS,
        "<p>" + "w" * 12_000_000,
        "<table><tr><td>" * 20_000,
        "<a href='" + "?" * 100_000 + "'>x</a>",
        "<p>" + "&lt;" * 100_000,
        "<!--" * 100_000,
    ],
    ids=["nested", "attribute", "word", "tables", "address", "entities", "comments"],
)
def test_pages_that_would_break_a_parser(body: str) -> None:
    found = list(html.read(in_memory("a.html", f"<html><body><p>{WORDS}</p>{body}".encode())))
    assert any(isinstance(item, Record) for item in found)


def test_pages_that_are_too_large_are_refused() -> None:
    with pytest.raises(ReadError, match="MB"):
        list(html.read(in_memory("a.html", b"<html>" + b"<p>word</p>" * 2_000_000)))


def test_very_many_elements_are_read_as_plain_text() -> None:
    record, problems = read(f"<html><body><p>{WORDS}</p>{'<p>x</p>' * 30_000}")
    assert str(record.fields["text"]).startswith(WORDS)
    assert "30,00" in problems[0].reason


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_title_is_one_plain_line(title: str) -> None:
    shown = plain(title)
    assert "\n" not in shown
    assert shown == tidy(shown)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"<html>", b"<!doctype html><p>", b"MIME-Version: 1.0\n", b"<meta charset="]),
)
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert all(isinstance(item, Record | Problem) for item in html.read(in_memory("a.html", start + data)))


def test_script_in_a_page_never_reaches_the_card_or_the_evidence(tmp_path: Path) -> None:
    attack = "&lt;img src=x onerror=alert(1)&gt;War&lt;script&gt;alert(2)&lt;/script&gt;"
    name = "<svg onload=alert(3)>.html"
    head = f"<meta property='og:title' content='{attack}'><meta property='og:site_name' content='{attack}'>"
    body = f"<p>{WORDS}</p><p>Then &lt;script&gt;alert(4)&lt;/script&gt; peace came to all of the land.</p>"
    (tmp_path / name).write_text(page(head, body), encoding="utf-8")
    corpus = mk.read_corpus(tmp_path)
    sentences = mk.sentences(corpus.articles)
    evidence = mk.show_evidence(mk.evidence(sentences, corpus.articles), corpus.articles)
    shown = corpus._repr_html_() + evidence._repr_html_()
    for forbidden in ("<script>alert", "<img src=x", "<svg onload"):
        assert forbidden not in shown
    assert "&lt;script&gt;alert(4)" in shown


def test_a_page_through_the_whole_import(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(web.structured(), encoding="utf-8")
    article = mk.read_corpus(tmp_path).articles.iloc[0]
    assert article["text"] == f"{web.TITLE}\n{web.TEXT}"
    assert article["published"] == datetime(2025, 8, 17, 8, 30, tzinfo=UTC)
    assert reader_for(in_memory("a.txt", web.structured().encode())).name == "html"
