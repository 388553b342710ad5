"""Free-text job titles to canonical role codes, with honest confidence.

>>> import titlecanon
>>> titlecanon.normalize_title("Sr. Technical Support Engineer (Remote)").code
'TSE.GEN.P4'

One title: ``normalize_title``. Many, to Arrow: ``normalize_titles``. Another taxonomy or other thresholds: ``Normalizer``. Polars
expressions: ``titlecanon.polars``. Spark: ``titlecanon.spark``.
"""

from __future__ import annotations

from importlib.metadata import version as _version
from typing import TYPE_CHECKING

from titlecanon._errors import Problem, TaxonomyError
from titlecanon._native import Answer, Answers, Normalizer

if TYPE_CHECKING:
    from titlecanon._types import ArrowAnswers, Neighbor, Record, Titles

__all__ = [
    "Answer",
    "Answers",
    "Normalizer",
    "Problem",
    "TaxonomyError",
    "data_version",
    "neighbors",
    "normalize_title",
    "normalize_titles",
    "role",
    "role_distance",
]

__version__: str = _version("titlecanon")

_usual = Normalizer()


def normalize_title(title: str) -> Answer:
    """The answer to one title. Any ``str`` has one, in bounded time; anything else is a ``TypeError``.

    >>> answer = normalize_title("VP of Sales, EMEA")
    >>> answer.verdict, answer.level, answer.qualifiers
    ('confident', 'M6', ['place'])
    """
    return _usual.normalize_title(title)


def normalize_titles(titles: Titles, *, threads: int | None = None) -> ArrowAnswers:
    """The answers to many titles, in order, as an Arrow array of structs. See ``Normalizer.normalize_titles``.

    >>> answers = normalize_titles(["Tehcnical Support Enginer", None])
    >>> [answer and answer["method"] for answer in answers.to_pylist()]
    ['fuzzy', None]
    """
    return _usual.normalize_titles(titles, threads=threads)


def role(code: str) -> Record:
    """Everything that the taxonomy says of a role. See ``Normalizer.role``.

    >>> senior = role("TSE.GEN.P4")
    >>> senior["title"], senior["level"]["typical_experience"]
    ('Senior Technical Support Engineer', '5–8 years')
    """
    return _usual.role(code)


def role_distance(one: str, other: str) -> float:
    """How far apart two roles are, from 0 to 1. See ``Normalizer.role_distance``.

    >>> role_distance("TSE.GEN.P4", "TSE.GEN.P5")
    0.07
    """
    return _usual.role_distance(one, other)


def neighbors(code: str, k: int = 10) -> list[Neighbor]:
    """The ``k`` other roles that are nearest, nearest first. See ``Normalizer.neighbors``.

    >>> neighbors("TSE.GEN.P4", 1)
    [{'code': 'TSE.GEN.P3', 'title': 'Technical Support Engineer', 'distance': 0.07, 'verdict': 'confident'}]
    """
    return _usual.neighbors(code, k)


def data_version() -> str:
    """Which edition of the embedded taxonomy answers: ``YEAR.MONTH.NUMBER``.

    >>> len(data_version().split("."))
    3
    """
    return _usual.data_version()
