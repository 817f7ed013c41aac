"""Articles by period: the counts, the empty periods, the figure."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.frames import build


def articles(rows: list[tuple[str | None, str | None]]) -> pd.DataFrame:
    when = [None if day is None else pd.Timestamp(day) for _, day in rows]
    return build(
        "articles",
        [
            {"article_id": f"a{number}", "source": source, "published": when[number], "title": None, "text": "Text."}
            for number, (source, _) in enumerate(rows)
        ],
    )


def test_an_empty_period_has_its_row_and_no_date_is_last() -> None:
    found = mk.coverage(
        articles([("A", "2025-01-05"), ("A", "2025-03-31T23:59:59"), ("B", "2025-01-31"), ("B", None), (None, None)]),
        period="month",
    )
    rows = list(
        zip(found["source"], found["period"].dt.strftime("%Y-%m").fillna("none"), found["n_articles"], strict=True)
    )
    assert rows == [
        *[("A", "2025-01", 1), ("A", "2025-02", 0), ("A", "2025-03", 1), ("A", "none", 0)],
        *[("B", "2025-01", 1), ("B", "2025-02", 0), ("B", "2025-03", 0), ("B", "none", 1)],
        *[("unknown", "2025-01", 0), ("unknown", "2025-02", 0), ("unknown", "2025-03", 0), ("unknown", "none", 1)],
    ]
    assert (found["unit"] == "month").all()


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2025-01-26", "day"),
        ("2025-01-27", "week"),
        ("2025-06-29", "week"),
        ("2025-07-01", "month"),
        ("2039-01-01", "year"),
    ],
)
def test_the_shortest_period_that_can_be_read_side_by_side(last: str, unit: str) -> None:
    assert set(mk.coverage(articles([("A", "2025-01-01"), ("A", last)]))["unit"]) == {unit}


def test_weeks_begin_on_monday() -> None:
    found = mk.coverage(articles([("A", "2025-08-17"), ("A", "2025-08-18")]), period="week")
    assert list(found["period"].dt.day_name()) == ["Monday", "Monday"]
    assert list(found["n_articles"]) == [1, 1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B", None]), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str)),
        max_size=12,
    ),
    st.sampled_from(["month", "quarter", "year", None]),
)
def test_every_article_is_counted_once(rows: list[tuple[str | None, str | None]], period: str | None) -> None:
    frame = articles(rows)
    found = mk.coverage(frame, period=period)
    assert found["n_articles"].sum() == len(frame)
    assert not found.duplicated(["source", "period"]).any()
    whole = mk.coverage(frame, by=None, period=period)
    assert whole["n_articles"].sum() == len(frame)
    sizes = found.groupby("source")["n_articles"].sum().to_dict()
    assert sizes == frame["source"].fillna("unknown").value_counts().to_dict()


def test_an_unknown_period_is_named() -> None:
    with pytest.raises(ValueError, match="no period 'decade'"):
        mk.coverage(articles([("A", "2025-01-01")]), period="decade")


def test_the_figure_shows_the_numbers_and_what_is_left_out() -> None:
    frame = articles(
        [(f"Outlet {number}", f"2025-0{1 + number % 3}-01") for number in range(18)] + [("Outlet 1", None)]
    )
    found = mk.coverage(frame, period="month")
    fig = mk.plot_coverage(found, articles=frame)
    heat, texts = fig.data
    assert len(heat.y) == 15
    assert sum(map(int, filter(None, texts.text))) == 16
    assert "3 smaller groups with 3 articles not shown" in fig.layout.meta["caption"]
    assert "1 without a date" in fig.layout.meta["caption"]
    assert heat.customdata[0][0] == ["Outlet 1", "Jan 2025"]
    assert list(fig.layout.xaxis.ticktext)[-1] == "no date"


def test_the_figure_of_nothing_says_so() -> None:
    assert "nothing to show" in mk.plot_coverage(mk.coverage(articles([]))).layout.annotations[0].text
