"""Web pages, feeds and archives in the forms that outlets and browsers give them; one invented article in all of them."""

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage

TITLE = "War | Peace talks begin in Geneva"
BODY = [
    "Delegations from both sides met in Geneva on Sunday for the first time since the ceasefire collapsed in spring.",
    "“We have come to listen, and we will stay as long as it takes,” the chief negotiator, Anna Kowalska, told "
    "reporters before the doors closed behind her.",
    "The mediators want an exchange of prisoners first. Both governments had refused to speak of borders before that, "
    "and neither said on Sunday whether it had changed its mind.",
    "What is on the table",
    "An exchange of all prisoners of war",
    "Safe passage for grain ships",
    "Diplomats who know the drafts say that a monitored line of contact comes next. It would be watched from the air, "
    "and violations would be published every evening.",
    "Nobody expects an agreement this week. The talks go on until Thursday, when the foreign ministers fly in.",
]
HEADING, ITEMS = BODY[3], BODY[4:6]
TEXT = "\n".join(BODY)
AUTHOR, SOURCE, DOMAIN = "Maria Sørensen", "The Daily Example", "daily-example.com"
URL = f"https://www.{DOMAIN}/world/2025/aug/17/peace-talks-begin-geneva"
DATE = "2025-08-17T10:30:00+02:00"


def paragraphs(quote: str = "", extra: str = "") -> str:
    """The body as HTML; a pull quote after the second paragraph."""
    first = "".join(f"<p>{text}</p>\n" for text in BODY[:2])
    listed = "".join(f"<li>{item}</li>" for item in ITEMS)
    last = "".join(f"<p>{text}</p>\n" for text in BODY[6:])
    return f"{first}{quote}<p>{BODY[2]}</p>\n<h2>{HEADING}</h2><ul>{listed}</ul>\n{last}{extra}"


MENU = "<nav><ul>" + "".join(f"<li><a href='/{x}'>{x}</a></li>" for x in ("News", "World", "Sport", "Culture")) + "</ul></nav>"
FOOTER = (
    "<footer><p>© 2025 The Daily Example. All rights reserved. <a href='/terms'>Terms of use</a> "
    "<a href='/privacy'>Privacy policy</a></p></footer>"
)
TEASERS = (
    "<aside class='related'><h3>More on this story</h3><ul>"
    "<li><a href='/a'>Grain prices fall again as ships leave port</a></li>"
    "<li><a href='/b'>Opinion: why this summit is different from the last</a></li></ul></aside>"
)
CONSENT = "<div id='cookie-banner'><p>We use cookies. <button>Accept all</button> <a href='/c'>Manage cookies</a></p></div>"


def wordpress() -> str:
    """A blog theme: title with the site's name behind it, byline and date in marked elements."""
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="UTF-8"><title>{TITLE} &#8211; {SOURCE}</title>
<meta name="viewport" content="width=device-width"><link rel="canonical" href="{URL}" />
<meta property="og:site_name" content="{SOURCE}" />
<meta name="generator" content="WordPress 6.8" /><style>.a{{color:red}}</style></head>
<body class="post single">{MENU}{CONSENT}<div id="content"><main>
<article class="post-1 post hentry"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{DATE}">August 17, 2025</time>
</span><span class="byline">by <a rel="author" href="/author/ms">{AUTHOR}</a></span></div></header>
<div class="entry-content">{paragraphs()}</div>
<footer class="entry-footer"><span>Tagged <a href="/tag/war" rel="tag">war</a></span></footer></article>
<div id="comments"><h2>2 thoughts</h2><ol><li><p>First! What a great article this is, thank you so much.</p></li>
<li><p>I do not agree with any of what is written here, sorry.</p></li></ol></div></main>
<div id="secondary" class="widget-area">{TEASERS}</div></div>{FOOTER}</body></html>"""


def structured() -> str:
    """A newspaper's own system: Open Graph, JSON-LD in a graph, a pull quote, teasers between paragraphs."""
    thing = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "World"}]},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": DATE,
                "dateModified": "2025-08-18T08:00:00+02:00",
                "author": [{"@type": "Person", "name": AUTHOR}],
                "publisher": {"@type": "NewsMediaOrganization", "name": SOURCE},
                "isAccessibleForFree": True,
            },
        ],
    }
    quote = "<aside class='pullquote'><blockquote>“We have come to listen, and we will stay as long as it takes”</blockquote></aside>"
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{TITLE} | World news | {SOURCE}</title><meta property="og:title" content="{TITLE} | World news | {SOURCE}">
<meta property="og:type" content="article"><meta property="og:url" content="{URL}">
<meta property="og:site_name" content="{SOURCE}">
<script type="application/ld+json">{json.dumps(thing)}</script><script>window.x = "<p>no text</p>";</script></head>
<body><header>{MENU}</header><main><article><h1>{TITLE}</h1>
<div class="byline"><a rel="author" href="/profile/ms">{AUTHOR}</a></div><time datetime="{DATE}">Sun 17 Aug 2025 10.30</time>
<div class="article-body">{paragraphs(quote)}</div></article>{TEASERS}</main>{FOOTER}</body></html>"""


def meta_only() -> str:
    """Only Open Graph and meta elements, body in plain div elements, with an image caption and share links."""
    return f"""<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta property="og:title" content="{TITLE}"><meta property="og:type" content="article">
<meta property="og:site_name" content="{SOURCE}"><meta property="article:published_time" content="{DATE}">
<meta name="author" content="{AUTHOR}"><link rel="canonical" href="{URL}"><title>{TITLE} - {SOURCE}</title></head>
<body><div id="wrap">{MENU}<div class="story"><h1>{TITLE}</h1><div class="share"><a href="#">Share on Facebook</a>
<a href="#">Tweet</a></div><div class="story-body">{paragraphs()}</div></div><div class="sidebar">{TEASERS}</div>
{FOOTER}</div></body></html>"""


def amp() -> str:
    """The article's AMP page."""
    thing = {"@context": "http://schema.org", "@type": "NewsArticle", "headline": TITLE, "datePublished": DATE}
    thing |= {"author": {"@type": "Person", "name": AUTHOR}, "publisher": {"@type": "Organization", "name": SOURCE}}
    return f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>{TITLE} - {SOURCE}</title>
<link rel="canonical" href="{URL}"><script async src="https://cdn.ampproject.org/v0.js"></script>
<script type="application/ld+json">{json.dumps(thing)}</script><style amp-boilerplate>body{{opacity:0}}</style></head>
<body><amp-sidebar id="s"><ul><li><a href="/">Home</a></li></ul></amp-sidebar><article><h1>{TITLE}</h1>
<amp-img src="a.jpg" width="1" height="1"></amp-img>{paragraphs()}
<amp-ad width="300" height="250" type="x"></amp-ad></article>{FOOTER}</body></html>"""


PAGES = {"wordpress": wordpress, "structured": structured, "meta_only": meta_only, "amp": amp}
