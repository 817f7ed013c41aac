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

SAMPLES: dict[str, bytes] = {
    "story.txt": TXT.encode(),
    "old.txt": "La réunion s’est terminée sans accord.\r\nLe président a dit « non ».\r\n".encode("cp1252"),
    "stories.csv": CSV,
    "stories.jsonl": JSONL,
    "stories.json": JSON,
}
