"""Types for type checkers. Nothing here is needed when the package runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypedDict


class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


Titles = Iterable[str | None] | _ArrowArray | _ArrowStream
"""A list of titles and ``None``, a Series of pandas or Polars, or what has an Arrow array of texts inside."""


class ArrowAnswers(Protocol):
    """What ``pyarrow.StructArray`` and ``titlecanon.Answers`` have in common; ``pyarrow.array(answers)`` is the former of both."""

    def __len__(self) -> int: ...

    def to_pylist(self) -> list[dict[str, Any] | None]: ...

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


class _Candidate(TypedDict):
    code: str
    role: str
    soc: str | None
    confidence: float


class Candidate(_Candidate, total=False):
    """A role that a title may mean."""

    external_id: str | None


class Neighbor(TypedDict):
    """A role near another."""

    code: str
    title: str
    distance: float
    verdict: str


Record = dict[str, Any]
"""A role's record: see ``titlecanon.role``."""
