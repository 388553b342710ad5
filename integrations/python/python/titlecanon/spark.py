"""Spark: a column of answers beside a column of titles, by ``DataFrame.mapInArrow``.

``normalize(df, "title")`` is all that most need. What it does can be had apart: ``map_in_arrow`` makes the function, ``schema`` the
schema that goes with it.

Workers need this package and pyarrow, and the files of a ``Normalizer`` of your own at the same paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from titlecanon import _usual
from titlecanon._native import Normalizer

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_FIELDS = {
    "verdict": "string",
    "code": "string",
    "role": "string",
    "function": "string",
    "focus": "string",
    "level": "string",
    "family": "string",
    "soc": "string",
    "confidence": "double",
    "function_confidence": "double",
    "level_confidence": "double",
    "method": "string",
}

ANSWER = f"struct<{','.join(f'{name}:{of}' for name, of in _FIELDS.items())}>"
"""The type of an answer, for schemas that are texts."""


def map_in_arrow(
    column: str = "title",
    *,
    into: str = "answer",
    normalizer: Normalizer | None = None,
    threads: int = 1,
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """A function for ``DataFrame.mapInArrow``: from record batches to such with the answers to the titles in ``column`` as a last column
    named ``into``. One thread, as Spark has a task a core.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"id": [7], "title": ["Welder"]})
    >>> [answered] = map_in_arrow("title", into="role")(iter([batch]))
    >>> answered.schema.names, answered["role"][0]["role"].as_py()
    (['id', 'title', 'role'], 'Welder')
    """
    answers = normalizer or _usual

    def answer(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            names = batch.schema.names
            if column not in names:
                raise ValueError(f"there is no column {column!r}; there are {', '.join(names)}")
            if into in names:
                raise ValueError(f"there is a column {into!r} already; say another name by into=")
            yield batch.append_column(into, answers.normalize_titles(batch.column(column), threads=threads))

    return answer


def schema(of: StructType, *, into: str = "answer") -> StructType:
    """The schema of what ``map_in_arrow`` makes of a frame with the schema ``of``."""
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    types = {"string": StringType(), "double": DoubleType()}
    answer = StructType([StructField(name, types[kind]) for name, kind in _FIELDS.items()])
    return StructType([*of.fields, StructField(into, answer)])


def normalize(
    frame: DataFrame, column: str = "title", *, into: str = "answer", normalizer: Normalizer | None = None
) -> DataFrame:
    """The frame with the answers to the titles in ``column`` as a last column named ``into``."""
    if column not in frame.columns:
        raise ValueError(f"there is no column {column!r}; there are {', '.join(frame.columns)}")
    if into in frame.columns:
        raise ValueError(f"there is a column {into!r} already; say another name by into=")
    return frame.mapInArrow(map_in_arrow(column, into=into, normalizer=normalizer), schema(frame.schema, into=into))
