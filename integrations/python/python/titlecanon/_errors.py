"""The error of taxonomies. The native half raises it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One problem of a taxonomy's sources."""

    file: str
    """The file's path."""
    line: int
    """The line, from 1; 0 where the file as a whole is meant."""
    message: str
    """What is wrong and what to do about it."""

    def __str__(self) -> str:
        """``file:line: message``."""
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class TaxonomyError(ValueError):
    """What is wrong with a taxonomy: all of it, not only the first.

    >>> raise TaxonomyError([("own/functions.tsv", 3, "no code")])
    Traceback (most recent call last):
    titlecanon._errors.TaxonomyError: 1 problem
    own/functions.tsv:3: no code
    """

    def __init__(self, problems: Sequence[tuple[str, int, str]]) -> None:
        super().__init__(problems)
        self.problems = [Problem(*problem) for problem in problems]
        """The problems, by file and line. There is at least one."""

    def __str__(self) -> str:
        """How many there are, and then one a line."""
        count = len(self.problems)
        return "\n".join([f"{count} problem{'' if count == 1 else 's'}", *map(str, self.problems)])
