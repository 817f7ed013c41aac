"""How well are articles told from the rest of their page? The seed articles in the templates of several kinds of site.

    python tools/accuracy_html.py             # accuracy, beside plain trafilatura
    python tools/accuracy_html.py --speed     # pages per second, turn about

The pages are made here, so what is right is known: title, source, author, time and every paragraph. They stand in for
kinds of sites (a blog system, papers with structured data, hashed class names, a live blog, a page of tables from 2003, a
page that a script fills); real pages are dirtier. Precision and recall are over whole lines of the body.
"""
# ruff: noqa: E501 - markup is kept as it is written

from __future__ import annotations

import argparse
import html as markup
import json
import logging
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trafilatura

import mediakit as mk
from mediakit.readers import Record, html
from mediakit.readers.files import in_memory

SEEDS = Path(__file__).parent.parent / "seeds"
SITE, AUTHOR, DATE = "The Daily Example", "Maria Sørensen", "2025-08-17T10:30:00+02:00"
NAV = (
    "<nav><ul>"
    + "".join(f'<li><a href="/{x}">{x}</a></li>' for x in "News World Opinion Sport Culture Weather".split())
    + "</ul></nav>"
)
FOOT = '<footer><p>© 2025 The Daily Example. All rights reserved.</p><a href="/t">Terms</a> <a href="/p">Privacy policy</a></footer>'
MORE = (
    '<aside class="related"><h3>Most read</h3><ol>'
    + "".join(f'<li><a href="/{n}">A headline of another story, number {n}</a></li>' for n in range(8))
    + "</ol></aside>"
)


@dataclass
class Story:
    """What is put into a page, and must come out."""

    title: str
    lines: list[str]
    url: str

    @property
    def paragraphs(self) -> str:
        """The body as a system of articles writes it."""
        return "".join(f"<p>{markup.escape(line)}</p>" for line in self.lines)

    @property
    def thing(self) -> dict[str, object]:
        """What structured data say of it."""
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": DATE,
            "author": [{"@type": "Person", "name": AUTHOR}],
            "publisher": {"@type": "Organization", "name": SITE},
        }


def linked_data(story: Story, **more: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(story.thing | more)}</script>'


def blog(s: Story) -> str:
    t = markup.escape(s.title)
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{t} &#8211; {SITE}</title><link rel="canonical" href="{s.url}"><meta property="og:site_name" content="{SITE}"></head><body>{NAV}<main><article class="post hentry"><header><h1 class="entry-title">{t}</h1><span class="posted-on"><time class="entry-date published" datetime="{DATE}">August 17</time></span> <span class="byline">by <a rel="author" href="/a">{AUTHOR}</a></span></header><div class="entry-content">{s.paragraphs}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Twitter</a></li><li><a href="#">Facebook</a></li></ul></div></div></article><div id="comments"><h2>3 thoughts on “{t}”</h2><ol class="comment-list"><li><p>What a long and thoughtful comment by a reader who disagrees with all of it.</p></li></ol></div></main>{MORE}{FOOT}</body></html>"""


def broadsheet(s: Story) -> str:
    t = markup.escape(s.title)
    inside = s.paragraphs.replace(
        "</p>", '</p><aside class="rich-link"><a href="/x">Read more: another story that readers liked</a></aside>', 1
    )
    figure = '<figure><img src="a.jpg"><figcaption>A picture from the scene. Photograph: A. Nonymous/Agency</figcaption></figure>'
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{t} | World news | {SITE}</title><meta property="og:title" content="{t}"><meta property="og:type" content="article"><meta property="og:url" content="{s.url}"><meta property="og:site_name" content="{SITE}"><meta property="article:published_time" content="{DATE}">{linked_data(s)}</head><body>{NAV}<main><article><div data-gu-name="headline"><h1>{t}</h1></div><div data-gu-name="standfirst"></div>{figure}<div data-gu-name="meta"><address><a rel="author" href="/m">{AUTHOR}</a></address></div><div data-gu-name="body"><div class="article-body-commercial-selector">{inside}</div></div><div class="submeta"><ul><li><a href="/topic">Europe</a></li></ul></div></article></main>{MORE}{FOOT}</body></html>"""


def hashed(s: Story) -> str:
    t = markup.escape(s.title)
    half = len(s.lines) // 2
    group = [s.lines[:half], s.lines[half:]]
    bodies = "".join(
        f'<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">{"".join(f"<p class=css-at9mc1>{markup.escape(line)}</p>" for line in part)}</div></div><div class="css-l9onyx"><div id="story-ad-1"><p>Advertisement</p><a href="#after">SKIP ADVERTISEMENT</a></div></div>'
        for part in group
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{t} - {SITE}</title><meta property="og:title" content="{t}"><meta property="og:url" content="{s.url}"><meta property="og:type" content="article"><meta name="byl" content="By {AUTHOR}"><meta property="article:published_time" content="{DATE}"><meta property="og:site_name" content="{SITE}"></head><body><div id="app"><header>{NAV}</header><main><article id="story"><header class="css-1"><h1 class="css-2">{t}</h1></header><section name="articleBody">{bodies}</section></article></main>{MORE}{FOOT}</div></body></html>"""


def blocks(s: Story) -> str:
    t = markup.escape(s.title)
    body = "".join(
        f'<div data-component="text-block" class="sc-1"><p class="sc-2">{markup.escape(line)}</p></div>'
        for line in s.lines
    )
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{t} - {SITE}</title><meta property="og:title" content="{t}"><meta property="og:site_name" content="{SITE}"><link rel="canonical" href="{s.url}">{linked_data(s)}</head><body><div id="__next"><header>{NAV}</header><main><article><div data-component="headline-block"><h1>{t}</h1></div><div data-component="byline-block"><span>{AUTHOR}</span></div>{body}<div data-component="links-block"><p>More on this story</p><ul><li><a href="/l">Another headline of the day</a></li></ul></div></article></main>{MORE}{FOOT}</div></body></html>"""


def tables(s: Story) -> str:
    t = markup.escape(s.title)
    body = "<br><br>".join(map(markup.escape, s.lines))
    return f"""<HTML><HEAD><TITLE>{SITE}: {t}</TITLE><META NAME="author" CONTENT="{AUTHOR}"><META NAME="date" CONTENT="{DATE}"><META NAME="publisher" CONTENT="{SITE}"><LINK REL="canonical" HREF="{s.url}"></HEAD><BODY><TABLE width=760><TR><TD colspan=3><IMG src=logo.gif></TD></TR><TR><TD width=120><A href="/">Home</A><BR><A href="/w">World</A><BR><A href="/s">Sport</A></TD><TD width=480><FONT size=5><B>{t}</B></FONT><BR><BR><FONT size=2>{body}</FONT></TD><TD><A href="/x">Most read story of the day</A></TD></TR></TABLE><CENTER>© 2003</CENTER></BODY></HTML>"""


def live(s: Story) -> str:
    t = markup.escape(s.title)
    posts = "".join(
        f'<article class="block" id="b{n}"><time datetime="2025-08-17T{10 + n % 12}:00:00Z">{10 + n % 12}.00 BST</time><div class="block-elements"><p>{markup.escape(line)}</p></div></article>'
        for n, line in enumerate(s.lines)
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{t} – live | {SITE}</title><meta property="og:title" content="{t}"><meta property="og:site_name" content="{SITE}"><meta property="og:url" content="{s.url}"><meta property="og:type" content="article">{linked_data(s, **{"@type": "LiveBlogPosting"})}</head><body>{NAV}<main><h1>{t}</h1><div id="liveblog-body">{posts}</div></main>{MORE}{FOOT}</body></html>"""


def scripted(s: Story) -> str:
    t = markup.escape(s.title)
    body = linked_data(s, articleBody="\n\n".join(s.lines))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{t}</title><meta property="og:title" content="{t}"><meta property="og:url" content="{s.url}"><meta property="og:site_name" content="{SITE}">{body}</head><body><div id="root"><div class="spinner"></div></div><noscript>You need to enable JavaScript to run this app.</noscript><script src="/main.js"></script></body></html>"""


TEMPLATES: list[Callable[[Story], str]] = [blog, broadsheet, hashed, blocks, tables, live, scripted]


def stories() -> list[Story]:
    """The seed articles."""
    found = []
    for number, row in enumerate(mk.read_articles(SEEDS).itertuples(), start=1):
        lines = str(row.text).split("\n")
        found.append(Story(str(row.title), lines[1:], f"https://www.daily-example.com/world/story-{number}"))
    return found


def ours(page: str) -> dict[str, str]:
    """What mediakit reads."""
    record = next(item for item in html.read(in_memory("a.html", page.encode())) if isinstance(item, Record))
    return {name: str(record.fields.get(name) or "") for name in ("title", "source", "author", "published", "text")}


def plain(page: str) -> dict[str, str]:
    """What trafilatura says by itself."""
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    names = {"title": "title", "source": "sitename", "author": "author", "published": "date", "text": "text"}
    return {name: str(getattr(found, its, None) or "") for name, its in names.items()}


def compare() -> None:
    """Print a table by template, and the totals."""
    print(
        "| template | reader | title | source | author | time | lines: precision | recall |\n|---|---|---|---|---|---|---|---|"
    )
    totals: dict[str, Counter[str]] = {"mediakit": Counter(), "trafilatura": Counter()}
    told = stories()
    for template in TEMPLATES:
        for name, read in (("mediakit", ours), ("trafilatura", plain)):
            tally: Counter[str] = Counter()
            for story in told:
                said = read(template(story))
                wanted, got = Counter(story.lines), Counter(said["text"].split("\n"))
                right = {"title": story.title, "source": SITE, "author": AUTHOR, "published": DATE}
                tally.update({f"{key} right": said[key] == value for key, value in right.items()})
                tally.update(
                    {"wanted": sum(wanted.values()), "got": sum(got.values()), "hit": sum((wanted & got).values())}
                )
            totals[name].update(tally)
            row(template.__name__, name, tally, len(told))
    for name, tally in totals.items():
        row("all", name, tally, len(told) * len(TEMPLATES))


def row(template: str, name: str, tally: Counter[str], n: int) -> None:
    """One line of the table."""
    counts = " | ".join(f"{tally[f'{key} right']} of {n}" for key in ("title", "source", "author", "published"))
    precision, recall = tally["hit"] / max(tally["got"], 1), tally["hit"] / tally["wanted"]
    print(f"| {template} | {name} | {counts} | {precision:.3f} | {recall:.3f} |")


def speed() -> None:
    """Print pages per second of processor time, each reader in turn, medians of five rounds."""
    pages = [template(story) for template in TEMPLATES for story in stories()]
    seconds: dict[str, list[float]] = {"mediakit": [], "trafilatura": []}
    for _ in range(6):
        for name, read in (("mediakit", ours), ("trafilatura", plain)):
            start = time.process_time()
            for page in pages:
                read(page)
            seconds[name].append(time.process_time() - start)
    for name, values in seconds.items():
        print(
            f"{name}: {len(pages) / statistics.median(values[1:]):.0f} pages/s ({len(pages)} pages, median of 5 rounds)"
        )


if __name__ == "__main__":
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    parser = argparse.ArgumentParser(
        description="The reader of web pages beside trafilatura, on pages made from the seeds."
    )
    parser.add_argument("--speed", action="store_true", help="pages per second instead")
    speed() if parser.parse_args().speed else compare()
