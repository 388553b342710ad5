"""The namespace of Polars expressions."""

import polars as pl
import pytest

import titlecanon
import titlecanon.polars
from titlecanon import Normalizer

TITLES = ["Sr. Technical Support Engineer", None, "asdf", "Welder", "Welder"]


@pytest.fixture
def frame():
    return pl.DataFrame({"id": range(5), "title": TITLES})


def test_the_type_is_that_of_the_answers():
    assert pl.Series(titlecanon.normalize_titles([])).dtype == titlecanon.polars.ANSWER


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_in_lazy_frames(frame, engine):
    title = pl.col("title").titlecanon
    lazy = frame.lazy().select("id", title.normalize().alias("answer"), title.code(), title.confidence())
    # The types are known before anything runs.
    assert lazy.collect_schema() == {
        "id": pl.Int64, "answer": titlecanon.polars.ANSWER, "code": pl.String, "confidence": pl.Float64,
    }  # fmt: skip
    found = lazy.collect(engine=engine)
    assert found.schema == lazy.collect_schema()
    answers = titlecanon.normalize_titles(TITLES).to_pylist()
    assert found["answer"].to_list() == answers
    assert found["answer"].null_count() == 1
    assert found["code"].to_list() == [answer and answer["code"] for answer in answers]
    assert found["confidence"].to_list() == [answer and answer["confidence"] for answer in answers]


def test_in_eager_frames_groups_and_filters(frame):
    assert frame.select(pl.col("title").titlecanon.normalize()).columns == ["title"]
    kept = frame.lazy().filter(pl.col("title").titlecanon.confidence() > 0.6).collect()
    assert kept["id"].to_list() == [0]
    grouped = frame.group_by(pl.col("title").titlecanon.code(), maintain_order=True).len()
    assert grouped.rows() == [("TSE.GEN.P4", 1), (None, 2), ("WEL.GEN.S2", 2)]
    windowed = frame.select(pl.col("title").titlecanon.code().over("id"))
    assert windowed["code"].to_list() == ["TSE.GEN.P4", None, None, "WEL.GEN.S2", "WEL.GEN.S2"]


def test_no_rows_and_only_nulls():
    for titles in [[], [None, None]]:
        frame = pl.DataFrame({"title": titles}, schema={"title": pl.String})
        found = frame.select(pl.col("title").titlecanon.normalize())
        assert found.schema == {"title": titlecanon.polars.ANSWER} and found["title"].to_list() == titles


def test_another_normalizer_and_categories(frame):
    title = pl.col("title").cast(pl.Categorical)
    strict = Normalizer(confident=1.0, review=1.0)
    answers = frame.select(titlecanon.polars.normalize(title, normalizer=strict))["title"]
    assert answers.to_list() == strict.normalize_titles(TITLES).to_pylist()
    assert frame.select(title.titlecanon.code(normalizer=strict)).to_series().to_list() == [
        answer and answer["code"] for answer in strict.normalize_titles(TITLES).to_pylist()
    ]


def test_a_column_of_numbers(frame):
    with pytest.raises(Exception, match="texts, not Arrow's Int64"):
        frame.select(pl.col("id").titlecanon.code())
