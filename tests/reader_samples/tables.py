"""Text, tables and JSON in small: what fuzzing starts from."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = [
    {
        "id": number,
        "headline": f"Ministers meet for the {number}th time",
        "body": "“We talked,” said the minister. Größe – naïf.\n\nNo agreement was reached.\nShare this article",
        "outlet": {"name": "The Example"} if number % 2 else "The Example",
        "pubDate": f"2025-08-{number + 10}T10:30:00Z",
        "fields": {"byline": "Jane Doe", "wordcount": "12"},
        "tags": ["a", {"b": None}],
        "score": number / 3,
    }
    for number in range(1, 5)
]
CSV = (
    "id;Headline;Body;Date;code;n\r\n"
    '1;"Talks; again";"First line.\r\n\r\nSecond ""line""";17/08/2025;007;1\r\n'
    "2;Größe;naïf – text;NA;008;2.5\r\n"
    "\r\n"
    "3;T;x;y;z;1;too many\r\n"
)
TEXT = (
    "Ministers Meet In Geneva\n\nBy Jane Doe\n\nThe ministers met in Geneva on Monday for the fourth round of talks "
    "since the\nspring, and both delegations left the building without a statement after eleven\nhours behind closed "
    "doors.\n\nNobody expects a quick answer.\n\nShare your thoughts in the comments below!\n"
)


def _parquet() -> bytes:
    out = io.BytesIO()
    plain = [{name: value for name, value in row.items() if name not in ("outlet", "tags")} for row in ROWS]
    pq.write_table(pa.Table.from_pylist(plain), out)
    return out.getvalue()


SAMPLES = {
    "table-a.txt": TEXT.encode(),
    "table-latin.txt": (TEXT + "Größe, naïf, „so“").encode("cp1252"),
    "table-wide.txt": TEXT.encode("utf-16"),
    "table-a.csv": CSV.encode(),
    "table-latin.csv": CSV.encode("cp1252"),
    "table-excel.csv": ("sep=;\r\n" + CSV).encode("utf-16"),
    "table-a.tsv": CSV.replace(";", "\t").encode("utf-8-sig"),
    "table-a.jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "table-b.jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode(),
    "table-a.json": json.dumps({"status": "ok", "response": {"results": ROWS}}, indent=1).encode(),
    "table-one.json": json.dumps(ROWS[0]).encode(),
    "table-a.parquet": _parquet(),
}
