"""Polars expressions. Importing this registers the namespace ``titlecanon`` on every expression.

>>> import polars as pl
>>> import titlecanon.polars
>>> titles = pl.LazyFrame({"title": ["Sr. Technical Support Engineer", None]})
>>> titles.select(pl.col("title").titlecanon.code()).collect()["code"].to_list()
['TSE.GEN.P4', None]

The functions of this module do the same to expressions, and are known to type checkers:

>>> titles.select(titlecanon.polars.confidence(pl.col("title"))).collect()["confidence"].to_list()
[0.8, None]
"""

from __future__ import annotations

import polars as pl

from titlecanon import _usual
from titlecanon._native import Normalizer

ANSWER = pl.Struct(
    {
        "verdict": pl.String,
        "code": pl.String,
        "role": pl.String,
        "function": pl.String,
        "focus": pl.String,
        "level": pl.String,
        "family": pl.String,
        "soc": pl.String,
        "confidence": pl.Float64,
        "function_confidence": pl.Float64,
        "level_confidence": pl.Float64,
        "method": pl.String,
    }
)
"""The type of an answer."""


def normalize(titles: pl.Expr, *, normalizer: Normalizer | None = None) -> pl.Expr:
    """The answers to titles, as structs, null where the title is null; the name stays."""
    answers = normalizer or _usual

    def answer(titles: pl.Series) -> pl.Series:
        return pl.Series(titles.name, answers._normalize_titles(titles), dtype=ANSWER)

    return titles.map_batches(answer, return_dtype=ANSWER, is_elementwise=True)


def code(titles: pl.Expr, *, normalizer: Normalizer | None = None) -> pl.Expr:
    """The role codes of titles, named ``code``; null where there is none."""
    return normalize(titles, normalizer=normalizer).struct.field("code")


def confidence(titles: pl.Expr, *, normalizer: Normalizer | None = None) -> pl.Expr:
    """How sure the role of each title is, named ``confidence``; null where there is none."""
    return normalize(titles, normalizer=normalizer).struct.field("confidence")


@pl.api.register_expr_namespace("titlecanon")
class Namespace:
    """``pl.col("title").titlecanon``."""

    def __init__(self, titles: pl.Expr) -> None:
        self._titles = titles

    def normalize(self, *, normalizer: Normalizer | None = None) -> pl.Expr:
        """The answers, as structs, null where the title is null; the name stays."""
        return normalize(self._titles, normalizer=normalizer)

    def code(self, *, normalizer: Normalizer | None = None) -> pl.Expr:
        """The role codes, named ``code``."""
        return code(self._titles, normalizer=normalizer)

    def confidence(self, *, normalizer: Normalizer | None = None) -> pl.Expr:
        """How sure the roles are, named ``confidence``."""
        return confidence(self._titles, normalizer=normalizer)
