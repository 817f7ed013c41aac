"""Samples of what news services give: NewsAPI, GDELT, Media Cloud; written for the tests in their real layouts."""

import json

NEWSAPI_ARTICLES = [
    {
        "source": {"id": "hilltop-post", "name": "The Hilltop Post"},
        "author": "Jane Doe",
        "title": "Ferry talks end - and begin again - Hilltop Post",
        "description": "The ports parted.",
        "url": "https://hilltop.example/2025/ferry",
        "urlToImage": None,
        "publishedAt": "2025-08-17T05:15:00Z",
        "content": "The two ports met for “three hours” on Saturday.\r\nThey parted without a deal and… [+2048 chars]",
    },
    {
        "source": {"id": None, "name": "Talkurier.example"},
        "author": None,
        "title": "Fähren - das Ende",
        "description": "Nur eine Zusammenfassung.",
        "url": "https://talkurier.example/b",
        "urlToImage": "https://talkurier.example/b.jpg",
        "publishedAt": "2025-08-18T00:00:00Z",
        "content": None,
    },
    {
        "source": {"id": None, "name": "Mag"},
        "author": "",
        "title": "Short and whole",
        "description": "A short one.",
        "url": "https://mag.example/c",
        "urlToImage": None,
        "publishedAt": "2025-08-18T01:02:03Z",
        "content": "A short text that is all there is.",
    },
]
NEWSAPI = json.dumps({"status": "ok", "totalResults": 38, "articles": NEWSAPI_ARTICLES}, ensure_ascii=False, indent=1)
NEWSAPI_LINES = "\n".join(json.dumps(article) for article in NEWSAPI_ARTICLES)
NEWSAPI_ERROR = '{"status":"error","code":"apiKeyInvalid","message":"Your API key is invalid or incorrect."}'


def row(n: int, **cells: str) -> str:
    """A tab-separated row of n cells; `c4="x"` fills cell 4."""
    return "\t".join(cells.get(f"c{place}", "") for place in range(n))


_DOCUMENT = {"c1": "20250817101500", "c2": "1", "c3": "hilltop.example", "c7": "PEACE;WAR;", "c11": "ann oak;jane doe"}
GKG = "\n".join(
    [
        row(
            27,
            **_DOCUMENT,
            c0="20250817101500-12",
            c4="https://hilltop.example/world/ferry-talks-end-without-a-deal-48121.html",
            c15="-2.5,1.25,3.75,5.0,20.1,0.5,345",
            c26="<PAGE_LINKS>http://a.example</PAGE_LINKS><PAGE_AUTHORS>Jane Doe</PAGE_AUTHORS>"
            "<PAGE_PRECISEPUBTIMESTAMP>20250817051500</PAGE_PRECISEPUBTIMESTAMP>"
            "<PAGE_TITLE>Ferry talks end &amp; begin &#x201C;again&#x201D;</PAGE_TITLE>",
        ),
        row(
            27,
            **(_DOCUMENT | {"c3": "talkurier.example"}),
            c0="20250817101500-T13",
            c4="http://talkurier.example/a/f%C3%A4hren-gespr%C3%A4che-enden-ohne-ergebnis-a-9f2c1d.html?x=1",
            c15="1.5,2,0.5,2.5,20,0,90",
            c25="srclc:deu;eng:GT-DEU 1.0",
        ),
        row(27, **_DOCUMENT, c0="20250817101500-14", c4="https://hilltop.example/?id=77", c15=""),
    ]
)
GKG1 = (
    "DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGANIZATIONS\tTONE\tCAMEOEVENTIDS\tSOURCES\tSOURCEURLS\n"
    + row(
        11,
        c0="20130401",
        c1="2",
        c3="PEACE",
        c7="1.5,2,3,4,5,6",
        c9="a.example;b.example",
        c10="http://a.example/ferries-stay-in-port<UDIV>http://b.example/x",
    )
)
_MENTION = {"c1": "20250817101500", "c2": "20250817103000", "c3": "1", "c4": "hilltop.example", "c12": "2000"}
_FERRY = "https://hilltop.example/world/ferry-talks-end-without-a-deal"
MENTIONS = "\n".join(
    [
        row(16, **_MENTION, c0="1111", c5=_FERRY, c13="-3.4"),
        row(16, **_MENTION, c0="1112", c5=_FERRY, c13="-3.4"),
        row(16, **(_MENTION | {"c3": "2", "c4": "BBC Monitoring"}), c0="1113", c5="The Quay/BBC Monitoring/Text"),
        row(
            16, **_MENTION, c0="1114", c5="http://talkurier.example/a/zwei-haefen-kein-ergebnis", c14="srclc:deu;eng:x"
        ),
        "a line that is no row",
    ]
)
MENTIONS_TABLE = (
    ",GLOBALEVENTID,EventTimeDate,MentionTimeDate,MentionType,MentionSourceName,MentionIdentifier,MentionDocTone\n"
    f'0,1111,20250817101500,20250817103000,1,hilltop.example,"{_FERRY},again",-3.4\n'
)
_EVENT = {"c0": "7", "c1": "20250816", "c2": "202508", "c3": "2025", "c4": "2025.62", "c34": "-1.5"}
EVENTS = row(61, **_EVENT, c59="20250817101500", c60=_FERRY) + "\n"
EVENTS_1 = row(58, **_EVENT, c56="20250817", c57=_FERRY) + "\n"
DOC_API = json.dumps(
    {
        "articles": [
            {
                "url": _FERRY,
                "url_mobile": "",
                "title": "Ferry talks end without a deal",
                "seendate": "20250817T101500Z",
                "socialimage": "",
                "domain": "hilltop.example",
                "language": "English",
                "sourcecountry": "United States",
            }
        ]
    }
)
MENTIONS_JSON = "\n".join(
    json.dumps({"GLOBALEVENTID": n, "MentionTimeDate": 20250817103000, "MentionType": 1, "MentionIdentifier": _FERRY})
    for n in (1111, 1112)
)
DOC_API_TABLE = (
    f"URL,MobileURL,Date,Title\n{_FERRY},,2025-08-17 10:15:00,Ferry talks end without a deal\n"
    'https://b.example/x,,2025-08-17 10:30:00,"Ports, and ferries"\n'
)
STORY_LIST = (
    "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url\n"
    '901,2025-08-17 05:15:00,"Talks, ended",https://hilltop.example/a,en,False,peace,1,The Hilltop Post,http://h.example\n'
    "902,undateable,Fähren,https://talkurier.example/b,de,False,,2,Talkurier,http://t.example\n"
)
STORY_LIST_NEW = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    "f00,2025-08-18 01:00:00,en,hilltop.example,hilltop.example,2025-08-17,Talks ended,https://hilltop.example/a\n"
)

SAMPLES: dict[str, bytes] = {
    "newsapi.json": NEWSAPI.encode(),
    "newsapi.jsonl": NEWSAPI_LINES.encode(),
    "newsapi-error.json": NEWSAPI_ERROR.encode(),
    "20250817.gkg.csv": GKG.encode(),
    "20130401.gkg.csv": GKG1.encode(),
    "mentions.CSV": MENTIONS.encode(),
    "mentions-table.csv": MENTIONS_TABLE.encode(),
    "export.CSV": EVENTS.encode(),
    "export1.CSV": EVENTS_1.encode(),
    "artlist.json": DOC_API.encode(),
    "mentions.jsonl": MENTIONS_JSON.encode(),
    "artlist.csv": DOC_API_TABLE.encode(),
    "stories.csv": STORY_LIST.encode(),
    "stories-new.csv": STORY_LIST_NEW.encode(),
}
