"""Web pages, feeds and archives as outlets and browsers give them; one invented article in all of them."""
# ruff: noqa: E501 - markup is kept as it is written

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


MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{x}'>{x}</a></li>" for x in ("News", "World", "Sport", "Culture"))
    + "</ul></nav>"
)
FOOTER = (
    "<footer><p>© 2025 The Daily Example. All rights reserved. <a href='/terms'>Terms of use</a> "
    "<a href='/privacy'>Privacy policy</a></p></footer>"
)
TEASERS = (
    "<aside class='related'><h3>More on this story</h3><ul>"
    "<li><a href='/a'>Grain prices fall again as ships leave port</a></li>"
    "<li><a href='/b'>Opinion: why this summit is different from the last</a></li></ul></aside>"
)
CONSENT = (
    "<div id='cookie-banner'><p>We use cookies. <button>Accept all</button> <a href='/c'>Manage cookies</a></p></div>"
)


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


def german() -> str:
    """A German newspaper: headline with a kicker, "Von …", date in the text only, Latin-1."""
    lead = "Zum ersten Mal seit dem Frühjahr trafen sich die Delegationen am Sonntag in Genf. Grenzen waren kein Thema."
    more = "Die Vermittler wollen zuerst einen Austausch der Gefangenen. Beide Regierungen hatten das bisher abgelehnt."
    last = (
        "Niemand erwartet in dieser Woche eine Einigung. Am Donnerstag kommen die Außenminister dazu, heißt es in Genf."
    )
    return f"""<!DOCTYPE html><html lang="de-DE"><head><meta charset="iso-8859-1">
<title>Genf: Friedensgespräche beginnen - Beispielzeitung</title><meta property="og:site_name" content="Beispielzeitung">
<meta property="og:title" content="Genf: Friedensgespräche beginnen"><meta name="date" content="2025-08-17T08:30:00+02:00">
<meta name="author" content="Von Jürgen Müßig"><link rel="canonical" href="https://www.beispielzeitung.de/politik/genf-1.html">
</head><body><nav><a href="/">Start</a> <a href="/politik">Politik</a></nav><main><article><header>
<h2><span class="kicker">Genf</span><span>Friedensgespräche beginnen</span></h2></header>
<p>{lead}</p><p>{more}</p><p>{last}</p></article></main><footer><p>Impressum</p></footer></body></html>"""


PAGES = {"wordpress": wordpress, "structured": structured, "meta_only": meta_only, "amp": amp}


def mhtml() -> bytes:
    """The page as a browser saves it in one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = URL
    message["Subject"] = TITLE
    message["Date"] = "Mon, 18 Aug 2025 07:00:00 -0000"
    message.make_related()
    page = EmailMessage()
    page.set_content(structured(), subtype="html", cte="quoted-printable")
    page["Content-Location"] = URL
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", maintype="image", subtype="png")
    message.attach(page)
    message.attach(picture)
    message.set_param("type", "text/html")
    return message.as_bytes()


# --- feeds -----------------------------------------------------------------------------------------------------------

ESCAPED = "".join(f"<p>{text}</p>" for text in BODY).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rss() -> str:
    """RSS 2.0 with the whole text in content:encoded."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{SOURCE}</title><link>https://www.{DOMAIN}/</link>
<language>en-gb</language><item><title>{TITLE}</title><link>{URL}</link><dc:creator>{AUTHOR}</dc:creator>
<pubDate>Sun, 17 Aug 2025 10:30:00 +0200</pubDate><category>world</category><description>Delegations met.</description>
<content:encoded>{ESCAPED}</content:encoded></item></channel></rss>"""


def rdf() -> str:
    """RSS 1.0, the whole text in the description."""
    return f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://{DOMAIN}/">
<title>{SOURCE}</title><link>https://{DOMAIN}/</link><dc:language>en</dc:language></channel><item rdf:about="{URL}">
<title>{TITLE}</title><link>{URL}</link><dc:creator>{AUTHOR}</dc:creator><dc:date>{DATE}</dc:date>
<description>{ESCAPED}</description></item></rdf:RDF>"""


def atom() -> str:
    """Atom 1.0 with XHTML content and a date of publication before the last update."""
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{SOURCE}</title>
<link href="https://{DOMAIN}/"/><updated>2025-08-18T00:00:00Z</updated><id>urn:x</id><entry><title>{TITLE}</title>
<link rel="alternate" href="{URL}"/><id>urn:y</id><published>{DATE}</published><updated>2025-08-18T00:00:00Z</updated>
<author><name>{AUTHOR}</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
{"".join(f"<p>{text}</p>" for text in BODY)}</div></content></entry></feed>"""


def json_feed() -> str:
    """JSON Feed 1.1."""
    item = {"id": "1", "url": URL, "title": TITLE, "date_published": DATE, "authors": [{"name": AUTHOR}]}
    item |= {"content_html": "".join(f"<p>{text}</p>" for text in BODY), "tags": ["world"], "language": "en"}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": SOURCE, "items": [item]}, indent=1)


FEEDS = {"rss.xml": rss, "rdf.xml": rdf, "atom.xml": atom, "feed.json": json_feed}

# --- archives --------------------------------------------------------------------------------------------------------


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    """A tar archive, not packed."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def warc_record(kind: str, url: str, block: bytes, *, length: int | None = None, mime: str = "") -> bytes:
    """One WARC record; `length` is what its heading says, when that is to be wrong."""
    mime = mime or ("application/http; msgtype=response" if kind in ("response", "revisit") else "text/plain")
    heading = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-08-18T07:00:00Z\r\n"
    heading += f"Content-Type: {mime}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    return heading.encode() + block + b"\r\n\r\n"


def http(body: bytes, *, status: str = "200 OK", mime: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    """An HTTP response."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{more}\r\n".encode() + body


def chunked(body: bytes, size: int = 700) -> bytes:
    """A body in chunks."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def warc() -> bytes:
    """A page, gzipped in chunks, among what else a crawl brings home."""
    packed = chunked(gzip.compress(structured().encode(), mtime=0))
    more = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    records = [
        warc_record("warcinfo", "", b"software: example\r\n"),
        warc_record("request", URL, b"GET / HTTP/1.1\r\n\r\n"),
        warc_record("response", f"https://{DOMAIN}/gone", http(b"Gone", status="404 Not Found")),
        warc_record("response", f"https://{DOMAIN}/a.png", http(b"\x89PNG", mime="image/png")),
        warc_record("response", URL, http(packed, more=more)),
        warc_record("revisit", URL, http(b"")),
    ]
    return b"".join(records)


def arc() -> bytes:
    """A page in the older format."""
    spec = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    page = http(structured().encode())
    heading = f"{URL} 192.0.2.1 20250818070000 text/html {len(page)}\n".encode()
    return b"filedesc://a.arc 0.0.0.0 20250818070000 text/plain %d\n%s\n" % (len(spec), spec) + heading + page + b"\n"


PAGE = structured().encode()
SAMPLES: dict[str, bytes] = {
    **{f"{name}.html": page().encode() for name, page in PAGES.items()},
    "german.html": german().encode("latin-1"),
    "saved.mhtml": mhtml(),
    "fragment.html": paragraphs().encode(),
    **{name: feed().encode() for name, feed in FEEDS.items()},
    "pages.zip": zipped({"a.html": PAGE, "b.txt": TEXT.encode(), "metadata.csv": b"file,source\nb.txt,Post\n"}),
    "pages.tar": tarred({"a.html": PAGE, "b.txt": TEXT.encode()}),
    "pages.tar.gz": gzip.compress(tarred({"a.html": PAGE, "b.txt": TEXT.encode()}), mtime=0),
    "page.html.gz": gzip.compress(PAGE, mtime=0),
    "crawl.warc": warc(),
    "crawl.warc.gz": gzip.compress(warc(), mtime=0),
    "crawl.arc": arc(),
}
