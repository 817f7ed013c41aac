"""What a page, the program that saved it and the table of outlets tell of an article: title, source, address, date."""

import pytest

from mediakit.readers import Problem, Record, html
from mediakit.readers.files import in_memory
from mediakit.readers.html_saved import original
from mediakit.readers.html_titles import headline

WORDS = " ".join(["These are the words of a paragraph that is long enough to count as one."] * 3)


def read(page: str) -> tuple[Record, list[Problem]]:
    found = list(html.read(in_memory("page.html", page.encode())))
    records = [item for item in found if isinstance(item, Record)]
    assert len(records) == 1
    return records[0], [item for item in found if isinstance(item, Problem)]


def fields(head: str = "", body: str = f"<p>{WORDS}</p><p>{WORDS}</p>") -> dict[str, object]:
    page = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><article>{body}</article></body></html>"
    return read(page)[0].fields


def doubts(text: str) -> list[str]:
    return [problem.reason for problem in read(text)[1] if problem.kind == "in part"]


LONG = f"<p>{WORDS}</p><p>{WORDS}</p>"


@pytest.mark.parametrize(
    ("title", "names", "kept", "outlet"),
    [
        ("Levees fail - The New York Times", [], "Levees fail", "The New York Times"),
        ("Levees fail - latimes.com", [], "Levees fail", "Los Angeles Times"),
        ("Levees fail | Daily Mail Online", ["Mail Online"], "Levees fail", None),
        ("Levees fail | BBC News", ["bbc.co.uk"], "Levees fail", None),
        ("Levees fail - Reuters", ["Gulf Ledger"], "Levees fail - Reuters", None),
        ("Levees fail | US news | The Guardian", ["the Guardian"], "Levees fail", None),
        ("Levees fail | US news", ["the Guardian"], "Levees fail | US news", None),
        ("The view on levees | Editorial | The Guardian", ["the Guardian"], "The view on levees | Editorial", None),
        ("What The Hill - and Reuters - got wrong", [], "What The Hill - and Reuters - got wrong", None),
        ("水害保険の新制度:朝日新聞デジタル", ["朝日新聞デジタル"], "水害保険の新制度", None),
        ("新規則｜例新聞", ["例新聞"], "新規則", None),
        ("政府发布新规_新浪网", ["新浪网"], "政府发布新规", None),
        ("Новые правила — Пример", ["Пример"], "Новые правила", None),
    ],
)
def test_the_outlet_goes_from_the_title(title: str, names: list[str], kept: str, outlet: str | None) -> None:
    assert headline([title], names) == (kept, outlet)


@pytest.mark.parametrize("title", ["Untitled Document", "untitled", "Home", "無題ドキュメント", "Unbenanntes Dokument"])
def test_placeholders_are_no_titles(title: str) -> None:
    assert "title" not in fields(f"<title>{title}</title>")


@pytest.mark.parametrize(
    ("comment", "url", "saved"),
    [
        ("<!-- saved from url=(0021)https://post.com/a?b&amp;c -->", "https://post.com/a?b&c", None),
        (
            "<!--\n Page saved with SingleFile \n url: https://post.com/a \n"
            " saved date: Mon Mar 14 2022 10:00:00 GMT+0100 (CET)\n-->",
            "https://post.com/a",
            "2022-03-14T10:00:00+01:00",
        ),
        ("<!-- Mirrored from post.com/a by HTTrack Website Copier/3.x -->", "http://post.com/a", None),
    ],
)
def test_where_a_page_was_saved_from(comment: str, url: str, saved: str | None) -> None:
    found = read(f"<!DOCTYPE html>\n{comment}\n<html><head><title>T</title></head><body>{LONG}</body></html>")[0].fields
    assert (found["url"], found["source"], found.get("crawled")) == (url, "post.com", saved)


@pytest.mark.parametrize(
    ("copy", "own"),
    [
        ("https://web.archive.org/web/20150219000000/https://www.post.com/a?b=1", "https://www.post.com/a?b=1"),
        ("http://web.archive.org/web/20150219000000id_/http:/post.com/a", "http://post.com/a"),
        ("https://archive.ph/2015.02.19/https://post.com/a", "https://archive.ph/2015.02.19/https://post.com/a"),
        ("https://archive.org/details/post", "https://archive.org/details/post"),
        ("https://web.archive.org/web/2015/https://web.archive.org/web/2014/https://post.com/", "https://post.com/"),
    ],
)
def test_copies_in_web_archives_have_the_address_of_the_page(copy: str, own: str) -> None:
    assert original(copy) == own
    assert fields(f'<link rel="canonical" href="{copy}">')["url"] == own


def test_a_publisher_in_marked_elements() -> None:
    marked = (
        '<div itemprop="publisher" itemscope><link itemprop="url" href="/"><meta itemprop="name" content="Post"></div>'
    )
    assert fields("<title>War | Post</title>", body=LONG + marked) | {"text": ""} == {
        "text": "",
        "title": "War",
        "source": "Post",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ("<p class='pubdate'>Published: 12 March 2014</p>", "12 March 2014"),
        ("<div id='article-date'>Veröffentlicht am 12. März 2014 um 10:30 Uhr</div>", "12. März 2014 um 10:30"),
        ("<span class='posted-on'>Publié le 12 mars 2014</span>", "12 mars 2014"),
        ("<p class='timestamp'>Updated: 12 March 2014</p>", None),
        ("<aside><p class='pubdate'>12 March 2014</p></aside>", None),
    ],
)
def test_a_date_that_the_page_shows_comes_before_its_update(shown: str, published: str | None) -> None:
    head = '<meta property="article:modified_time" content="2015-01-01T08:00:00Z">'
    found = fields(head, body=f"<h1>War begins</h1>{shown}{LONG}")
    if published is None:
        assert found["published_basis"] == "given as last update (article:modified_time)"
    else:
        assert str(found["published"]).startswith(published)
        assert str(found["published_basis"]).startswith("given in the page (shown)")


def test_the_time_of_a_date_that_was_inferred() -> None:
    found = fields(body=f"<h1>War</h1><p><time datetime='2019-10-15T05:00:00+09:00'>10月15日</time></p>{LONG}")
    assert (found["published"], found["published_basis"]) == ("2019-10-15T05:00:00+09:00", "given in the page (time)")


def test_a_short_page_is_its_article_without_menus_and_a_second_title() -> None:
    body = "<nav><a href='/'>Home</a></nav><article><h1>Man held</h1><p>A man was held on Monday.</p></article>"
    found = read(f"<html><head><title>Man held</title></head><body>{body}<footer>© Post</footer></body></html>")[0]
    assert (found.fields["title"], found.fields["text"]) == ("Man held", "A man was held on Monday.")


def test_teasers_are_no_article_but_linked_headings_in_one_are_fine() -> None:
    def cards(n: int) -> str:
        return "".join(
            f"<div><h3><a href='/{i}'>Headline number {i}</a></h3><p>What story number {i} is about.</p></div>"
            for i in range(n)
        )

    assert "list of links" in doubts(f"<html><body><h1>Post</h1>{cards(30)}</body></html>")[0]
    wrapped = "".join(f"<a href='/{i}'><h2>Headline {i}</h2><p>What {i} is about.</p></a>" for i in range(30))
    assert "list of links" in doubts(f"<html><body><h1>Post</h1>{wrapped}</body></html>")[0]
    article = "".join(f"<h2><a href='#{i}'>Part {i}</a></h2><p>{i}: {WORDS}</p>" for i in range(12))
    assert doubts(f"<html><body><article><h1>War</h1>{article}</article><aside>{cards(12)}</aside></body></html>") == []


def test_an_address_that_is_none_does_no_harm() -> None:
    member = in_memory("a.html", f"<html><body><h2><a href='http://[x'>War</a></h2>{LONG}".encode())
    file = member.member("a.html", member.opened, url="http://[x/a")
    assert any(isinstance(item, Record) for item in html.read(file))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ann@post.com (Ann Lee)", "Ann Lee"),
        ("Ann Lee &lt;ann@post.com&gt;", "Ann Lee"),
        ("Ann Lee (Geneva)", "Ann Lee (Geneva)"),
    ],
)
def test_addresses_are_no_part_of_names(written: str, name: str) -> None:
    assert fields(f'<meta name="author" content="{written}">')["author"] == name
