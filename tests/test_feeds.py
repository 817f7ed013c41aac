"""Feeds: every format, what entries say, what is broken, and those that are made to do harm."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_samples import web

import mediakit as mk
from mediakit.readers import Problem, ReadError, Record, feeds, reader_for
from mediakit.readers.files import in_memory

Found = tuple[list[Record], list[Problem]]


def read(text: str | bytes) -> Found:
    data = text if isinstance(text, bytes) else text.encode()
    items = list(feeds.read(in_memory("feed.xml", data)))
    return [i for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Problem)]


def rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{head}{items}</channel></rss>'


def item(inside: str) -> dict[str, object]:
    return read(rss(f"<item>{inside}</item>"))[0][0].fields


@pytest.mark.parametrize("name", web.FEEDS)
def test_one_article_in_every_format(name: str) -> None:
    records, problems = read(web.FEEDS[name]())
    fields = records[0].fields
    assert fields["text"] == web.TEXT
    said = [fields[column] for column in ("title", "source", "author", "url", "language")]
    assert said == [web.TITLE, web.SOURCE, web.AUTHOR, web.URL, "en"]
    assert records[0].record == "entry 1"
    assert problems == []
    assert reader_for(in_memory("x.txt", web.FEEDS[name]().encode())).name == "feed"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"]
)
@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_feeds_in_any_encoding(name: str, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding[:6] if encoding.startswith("utf-") else encoding
    data = (
        web.FEEDS[name]()
        .replace('encoding="UTF-8"', f'encoding="{declared}"')
        .replace('encoding="utf-8"', f'encoding="{declared}"')
    )
    file = in_memory("x", data.encode(encoding))
    assert feeds.looks(file)
    assert read(file.read())[0][0].fields["text"] == web.TEXT


def test_an_encoding_that_does_not_fit_is_said() -> None:
    data = rss("<item><title>Größe</title></item>").replace('"1.0"', '"1.0" encoding="utf-8"', 1)
    records, problems = read(data.encode("cp1252"))
    assert records[0].fields["title"] == "Größe"
    assert problems[0].kind == "taken as"
    records, problems = read(data.replace("utf-8", "no-such-thing").encode())
    assert records[0].fields["title"] == "Größe"


def test_content_wins_and_the_summary_is_kept() -> None:
    content = "<content:encoded>&lt;p&gt;All of it, in more words.&lt;/p&gt;</content:encoded>"
    entry = f"<description>What it is about.</description>{content}"
    record = read(rss(f"<item>{entry}</item>"))[0][0]
    assert record.fields["text"] == "All of it, in more words."
    assert record.extra == {"summary": "What it is about."}


def test_summaries_are_said_once_a_feed() -> None:
    entries = "".join(f"<item><title>T{n}</title><description>Short {n}.</description></item>" for n in range(3))
    records, problems = read(rss(entries))
    assert [record.fields["text"] for record in records] == ["Short 0.", "Short 1.", "Short 2."]
    assert [problem.reason for problem in problems] == ["its entries give a summary only, not the whole text"]
    long = f"<item><description>{'word ' * 200}</description></item>"
    assert [record.fields.get("text_basis") for record in read(rss(entries + long))[0]] == ["summary"] * 3 + [None]
    assert "3 of its 4" in read(rss(entries + long))[1][0].reason
    assert read(rss(long))[1] == []


def test_markup_becomes_lines_and_titles_plain_text() -> None:
    assert (
        item("<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;T&amp;amp;T &lt;i&gt;two&lt;/i&gt;&lt;/p&gt;</description>")[
            "text"
        ]
        == "One\nT&T two"
    )
    assert item("<description>Plain\nlines</description>")["text"] == "Plain\nlines"
    assert item("<title>&lt;script&gt;alert(1)&lt;/script&gt; War</title>")["title"] == "<script>alert(1)</script> War"
    assert item("<title>AT&amp;amp;T &amp;#8211; now</title>")["title"] == "AT&T – now"
    assert item("<title>3 &lt; 4</title>")["title"] == "3 < 4"


def test_dates_and_how_they_are_known() -> None:
    assert (
        item("<title>T</title><pubDate>Sun, 17 Aug 2025 10:30:00 EST</pubDate>")["published"]
        == "2025-08-17T15:30:00+00:00"
    )
    day = item("<title>T</title><pubDate>2025-08-17</pubDate>")
    assert day["published_basis"] == "given, day only"
    assert item("<title>T</title><pubDate>once upon a time</pubDate>")["published"] == "once upon a time"
    late = "Fri, 31 Dec 9999 23:30:00 EST"
    assert item(f"<title>T</title><pubDate>{late}</pubDate>")["published"] == late
    assert "published" not in item("<title>T</title>")
    entry = "<entry><title>T</title><updated>2025-08-18T00:00:00Z</updated></entry>"
    fields = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')[0][0].fields
    assert fields["published_basis"] == "given as last update"
    old = '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title><issued>2004-01-02T03:04:05Z</issued>'
    assert read(f"{old}<content>Old.</content></entry></feed>")[0][0].fields["published"] == "2004-01-02T03:04:05+00:00"


def test_sources_authors_and_addresses() -> None:
    assert item('<title>T</title><source url="https://a.com">Aggregated</source>')["source"] == "Aggregated"
    assert item("<title>T</title><author>Ann Lee</author>")["author"] == "Ann Lee"
    assert item("<title>T</title><link>https://post.com/a?b=1&amp;c=2</link>")["url"] == "https://post.com/a?b=1&c=2"
    rooted = read(rss("<item><link>/2024/a</link></item>", "<link>https://post.com/news/</link>"))[0][0]
    assert rooted.fields["url"] == "https://post.com/2024/a"
    assert "url" not in item("<link>/2024/a</link>")
    assert "url" not in item("<title>T</title><link>javascript:alert(1)</link>")
    assert read(rss("<item><title>T</title></item>", "<language>de-AT</language>"))[0][0].fields["language"] == "de"
    two = "<author><name>Ann</name></author><author><name>Bo</name></author>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>{two}<entry><title>T</title></entry></feed>'
    assert read(feed)[0][0].fields["author"] == "Ann; Bo"


def test_feeds_without_entries_and_broken_ones() -> None:
    assert [(p.kind, "without entries" in p.reason) for p in read(rss(""))[1]] == [("passed over", True)]
    records, problems = read(rss("<item><title>A</title></item><item><title>B")[:-20])
    assert records[0].fields["title"] == "A"
    assert "broken XML" in problems[0].reason
    assert read(rss("<item><title>A &#x110000; B &#99999999; C</title></item>"))[0][0].fields["title"].startswith("A")


def test_json_feeds() -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "title": "Post", "author": {"name": "Ann"}}
    items = [{"content_text": "Words.", "date_modified": "2025-08-17"}, {"title": "T", "summary": "Short."}, 3]
    records, problems = read(json.dumps(feed | {"items": items}))
    assert [record.fields.get("text") for record in records] == ["Words.", "Short."]
    assert (records[0].fields["author"], records[0].fields["published_basis"]) == ("Ann", "given as last update")
    assert [record.fields.get("text_basis") for record in records] == [None, "summary"]
    assert [problem.record for problem in problems] == ["entry 3", None]
    with pytest.raises(ReadError, match="broken JSON"):
        read('{"version": "https://jsonfeed.org/version/1", ')


@pytest.mark.parametrize(
    ("start", "known"),
    [
        ("<rss version='2.0'>", True),
        ("<!-- by a robot --><?xml-stylesheet href='x'?><rss>", True),
        ("<!DOCTYPE rss PUBLIC 'x' 'y'>\n<rss version='0.91'>", True),
        ("<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", True),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel>", True),
        ("<rdf:RDF xmlns:foaf='http://xmlns.com/foaf/0.1/'>", False),
        ("<feeding>", False),
        ("<html><body><rss>", False),
        ('{"version": 1}', False),
    ],
)
def test_known_by_content(start: str, known: bool) -> None:
    assert feeds.looks(in_memory("a.txt", start.encode())) is known


# --- hostile feeds ---------------------------------------------------------------------------------------------------


def entities(declared: str, title: str) -> str:
    entry = f"<channel><item><title>{title}</title></item></channel>"
    return f'<?xml version="1.0"?><!DOCTYPE r [{declared}]><rss version="2.0">{entry}</rss>'


def test_entities_that_grow_are_not_grown() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    for text in (entities(laughs, "&l9;"), entities(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 20_000)):
        records, problems = read(text)
        assert len(str(records[0].fields.get("title", ""))) <= 1000
        assert problems


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://192.0.2.1/x"])
def test_external_entities_are_not_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("went to the network"))
    records, _ = read(
        entities(f'<!ENTITY x SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}"> %p;', "before &x; after")
    )
    assert "root:" not in str(records[0].fields)


def test_a_feed_that_is_an_address_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("went to the network"))
    assert read(b"http://192.0.2.1/feed.xml")[0] == []
    assert read(b"/etc/passwd")[0] == []


@pytest.mark.parametrize(
    "inside",
    ["<b>" * 50_000, "&lt;div&gt;" * 50_000, "<" * 50_000, "&" * 50_000, "<![CDATA[" * 20_000, "<x a='" * 20_000],
)
def test_feeds_that_would_break_a_parser(inside: str) -> None:
    records, _ = read(rss(f"<item><title>A</title></item><item><description>{inside}</description></item>"))
    assert records[0].fields["title"] == "A"


@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"<rss><channel><item><title>", b"<?xml version='1.0' encoding='", b"<feed><entry><", b'{"items": [']
    ),
)
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert all(isinstance(found, Record | Problem) for found in feeds.read(in_memory("a.xml", start + data)))


def test_a_feed_through_the_whole_import(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(web.rss(), encoding="utf-8")
    article = mk.read_corpus(tmp_path).articles.iloc[0]
    assert article["text"] == f"{web.TITLE}\n{web.TEXT}"
    assert (article["categories"], article["summary"]) == ("world", "Delegations met.")
