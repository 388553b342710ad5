"""A program whose types are right."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import titlecanon
import titlecanon.polars
from titlecanon import Answer, Normalizer, TaxonomyError


def code(title: str) -> str | None:
    answer: Answer = titlecanon.normalize_title(title)
    return answer.code if answer.confidence is not None and answer.confidence > 0.8 else None


def codes(titles: list[str | None]) -> list[str | None]:
    answers = Normalizer(Path("own"), overlay="more", confident=0.9).normalize_titles(titles, threads=2)
    return [answer["code"] if answer is not None else None for answer in answers.to_pylist()]


def series(titles: pl.Series) -> int:
    return len(titlecanon.normalize_titles(titles))


def column() -> pl.Expr:
    return titlecanon.polars.code(pl.col("title"))


def problems(error: TaxonomyError) -> list[int]:
    return [problem.line for problem in error.problems]


nearest: str = titlecanon.neighbors("TSE.GEN.P4", 1)[0]["code"]
distance: float = titlecanon.role_distance("TSE.GEN.P4", nearest)
title: str = titlecanon.role(nearest)["title"]
version: str = titlecanon.__version__
