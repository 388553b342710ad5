"""Spark's mapInArrow: its function on batches, and a real Spark."""

import pickle
import sys

import pyarrow as pa
import pytest

import titlecanon.spark
from titlecanon import Normalizer

TITLES = ["Sr. Technical Support Engineer", None, "asdf", "Welder"]


def test_batches_have_their_answers_beside_them():
    batches = [
        pa.RecordBatch.from_pydict({"id": [1, 2, 3, 4], "title": TITLES}),
        pa.RecordBatch.from_pydict({"id": [], "title": pa.array([], pa.string())}),
    ]
    found = list(titlecanon.spark.map_in_arrow("title")(iter(batches)))
    assert [batch.schema.names for batch in found] == [["id", "title", "answer"]] * 2
    assert found[0]["answer"].to_pylist() == titlecanon.normalize_titles(TITLES).to_pylist()
    assert found[1].num_rows == 0


@pytest.mark.parametrize(
    "arguments, message",
    [(("job",), "no column 'job'; there are id, title"), (("title", "id"), "a column 'id' already")],
)
def test_wrong_columns(arguments, message):
    batch = pa.RecordBatch.from_pydict({"id": [1], "title": ["Cook"]})
    column, into = [*arguments, "answer"][:2]
    with pytest.raises(ValueError, match=message):
        list(titlecanon.spark.map_in_arrow(column, into=into)(iter([batch])))


@pytest.mark.spark
def test_a_real_spark(tmp_path, monkeypatch):
    from pyspark.sql import SparkSession

    # Workers are this very Python, which has the package.
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
    (tmp_path / "aliases.tsv").write_text("text\tfunction\nNinja\tSWE\n")
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = spark.createDataFrame(
            [(at, title) for at, title in enumerate([*TITLES, "Ninja"] * 20)], "id long, title string"
        )
        found = titlecanon.spark.normalize(frame.repartition(4), "title")
        assert found.schema["answer"].dataType.simpleString() == titlecanon.spark.ANSWER
        usual = [
            answer and answer["code"] for answer in titlecanon.normalize_titles([*TITLES, "Ninja"]).to_pylist()
        ] * 20
        rows = found.select("answer", "id", "answer.code").orderBy("id").collect()
        assert [row.code for row in rows] == usual
        assert rows[0].answer.confidence == 0.8 and rows[1].answer is None
        # A normaliser of one's own goes to the workers.
        own = titlecanon.spark.normalize(frame, "title", into="own", normalizer=Normalizer(overlay=tmp_path))
        assert own.where("title = 'Ninja'").select("own.code").distinct().collect()[0].code == "SWE.GEN.P3"
        with pytest.raises(ValueError, match="no column 'job'"):
            titlecanon.spark.normalize(frame, "job")
    finally:
        spark.stop()
    assert pickle.loads(pickle.dumps(Normalizer(overlay=tmp_path))).normalize_title("Ninja").code == "SWE.GEN.P3"
