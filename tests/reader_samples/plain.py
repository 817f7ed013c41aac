"""Samples of the kinds that hold plain text: text, csv, json, json lines."""

TXT = """Talks end without a deal

ANCHORAGE (Reuters) - The leaders met for “three hours”.

No deal was signed.
"""
CSV = b"""title,body,outlet,date
"Talks, end","He said ""no"".
Then he left.",Post,2025-08-17
Second,A text.,Sun,
"""
JSONL = b"""{"title": "Talks end", "text": "No deal.", "date": "2025-08-17"}
{"headline": "Second", "body": "A text."}
"""
JSON = b"""{"articles": [
  {"title": "Talks end", "content": "No deal.", "source": {"name": "Post"}},
  {"title": "Second"}
]}
"""
HITS = b"""{"took": 3, "hits": {"total": 1, "hits": [{"_id": "a1", "_source": {"title": "Talks &amp; end",
 "text": "<p>No deal.</p><ul><li>One &amp; two</li></ul>", "full_text": "<div>No deal <b>was</b> signed.</div>",
 "year": 2025, "month": "8", "day": 17, "source": "null"}}]}}
"""
BY_COLUMNS = b"""{"title": {"0": "Talks end", "1": "Second"}, "text": {"0": "No deal.", "1": "A text."}}"""
REPORT = b"""Report:,talks
From:,2025-08-01

Date,Title,Snippet,Full Text,title,source,source_name
2025-08-17,Talks end,No,"No deal.<br/><br/>None.",Again,17,Post
2025-08-18,Second
"""

SAMPLES: dict[str, bytes] = {
    "story.txt": TXT.encode(),
    "old.txt": "La réunion s’est terminée sans accord.\r\nLe président a dit « non ».\r\n".encode("cp1252"),
    "stories.csv": CSV,
    "stories.jsonl": JSONL,
    "stories.json": JSON,
    "hits.json": HITS,
    "columns.json": BY_COLUMNS,
    "report.csv": REPORT,
    "table.txt": b"title\ttext\tsource\nA\tNo deal was signed.\tPost\nB\tNobody came.\tSun\n",
}
