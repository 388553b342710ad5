"""What a batch from Python costs beside the library alone, in one process, on the same titles and as many threads.

    python bench.py                                         prints the report, for the installed package
    python bench.py --output ../reports/python.json         writes it, and prints the README's tables

Titles are made from the embedded taxonomy's aliases with a fixed seed: as they stand (exact), with a word of level (composed), with
the marks and words of vacancies (messy), with one wrong letter (fuzzy), and made-up words (no match); all distinct. Each time is the
best of several rounds, in which the two take turns; the share is the median of the rounds', so that what others do on the machine
meanwhile favours neither.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

import titlecanon
import titlecanon._native
import titlecanon.polars

ALIASES = Path(__file__).resolve().parents[2] / "data" / "aliases"


def made(count: int) -> dict[str, list[str]]:
    """So many distinct titles of each kind."""
    rng = random.Random(7_1713)
    aliases = []
    for path in sorted(ALIASES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            aliases += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]

    def messy(alias: str) -> str:
        shift = rng.choice([" - Night Shift", " (Remote)", " (m/f/d)", ", Full-Time", " - $25/hr", " #JR4711"])
        return f"{alias.upper()}{shift}, {rng.choice(['Austin, TX', 'Acme Corp', 'EMEA', 'West'])}"

    def fuzzy(alias: str) -> str:
        at, how = rng.randrange(len(alias)), rng.randrange(3)
        return alias[:at] + ["e", "a" + alias[at], ""][how] + alias[at + 1 :]

    kinds: dict[str, Callable[[str], str]] = {
        "exact": lambda alias: alias,
        "composed": lambda alias: f"{rng.choice(['Senior', 'Sr.', 'Junior', 'Lead'])} {alias}",
        "messy": messy,
        "fuzzy": fuzzy,
        "no_match": lambda _: " ".join("".join(rng.choices("qzxvuk", k=6)) for _ in range(3)),
    }
    titles: dict[str, list[str]] = {}
    for kind, make in kinds.items():
        distinct: dict[str, None] = {}
        while len(distinct) < count:
            distinct[make(rng.choice(aliases))] = None
        titles[kind] = list(distinct)
    titles["mixed"] = [title for titles in zip(*titles.values()) for title in titles]
    return titles


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def rate(titles: int, took: float) -> int:
    return int(round(titles / took, -3))


def measure(count: int, rounds: int) -> dict[str, Any]:
    distinct = []
    for kind, titles in made(count).items():
        array = pa.array(titles)
        for threads in [1, 2] if kind == "mixed" else [2]:
            bare, batch = [], []
            for _ in range(rounds):
                bare.append(titlecanon._native.bare_seconds(titles, threads))
                batch.append(seconds(partial(titlecanon.normalize_titles, array, threads=threads)))
            distinct.append(
                {
                    "titles": kind,
                    "count": len(titles),
                    "threads": threads,
                    "library_titles_a_second": rate(len(titles), min(bare)),
                    "batch_titles_a_second": rate(len(titles), min(batch)),
                    "share_of_library": round(statistics.median(one / other for one, other in zip(bare, batch)), 2),
                }
            )
    mixed = made(200)["mixed"]
    rng = random.Random(1)
    repeated = [rng.choice(mixed) for _ in range(count * 10)]
    array, series = pa.array(repeated), pl.Series("title", repeated)
    frame, words = pl.DataFrame(series), array.dictionary_encode()
    ways: dict[str, Callable[[], Any]] = {
        "pyarrow array": lambda: titlecanon.normalize_titles(array),
        "pyarrow dictionary": lambda: titlecanon.normalize_titles(words),
        "Polars expression, code": lambda: frame.select(titlecanon.polars.code(pl.col("title"))),
        "list": lambda: titlecanon.normalize_titles(repeated),
    }
    many = [
        {
            "from": way,
            "rows": len(repeated),
            "distinct": len(set(repeated)),
            "rows_a_second": rate(len(repeated), best(work, rounds)),
        }
        for way, work in ways.items()
    ]
    one = best(lambda: [titlecanon.normalize_title(title) for title in mixed], rounds) / len(mixed)
    bare_one = min(titlecanon._native.bare_seconds(mixed, 1) for _ in range(rounds)) / len(mixed)
    return {
        "data_version": titlecanon.data_version(),
        "machine": f"{os.cpu_count()} cores, shared",
        "versions": {"python": platform.python_version(), "pyarrow": pa.__version__, "polars": pl.__version__},
        "distinct": distinct,
        "repeated": many,
        "one_title": {"microseconds": round(one * 1e6, 1), "library_microseconds": round(bare_one * 1e6, 1)},
    }


def tables(report: dict[str, Any]) -> str:
    """What the README says of a report."""
    lines = [
        "| distinct titles | threads | library, titles a second | batch, titles a second | share |",
        "|---|---|---|---|---|",
    ]
    for row in report["distinct"]:
        rates = f"{row['library_titles_a_second']:,.0f} | {row['batch_titles_a_second']:,.0f}"
        lines.append(
            f"| {row['count']:,} {row['titles'].replace('_', ' ')} | {row['threads']} | {rates} | {row['share_of_library']:.2f} |"
        )
    lines += ["", "| repeated titles from | rows | rows a second |", "|---|---|---|"]
    lines += [f"| {row['from']} | {row['rows']:,} | {row['rows_a_second']:,.0f} |" for row in report["repeated"]]
    one = report["one_title"]
    return "\n".join(lines) + (
        f"\n\nOne title at a time takes {one['microseconds']} µs by `normalize_title`, of which the library has "
        f"{one['library_microseconds']}; the rest makes the `Answer`.\n"
    )


def best(work: Callable[[], Any], rounds: int) -> float:
    return min(seconds(work) for _ in range(rounds))


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--output", type=Path, help="the file to write; usually it is printed")
    arguments.add_argument("--quick", action="store_true", help="few titles, once: to see that it runs")
    asked = arguments.parse_args()
    report = measure(500, 1) if asked.quick else measure(40_000, 15)
    text = json.dumps(report, indent=2) + "\n"
    if asked.output:
        asked.output.parent.mkdir(exist_ok=True)
        asked.output.write_text(text, encoding="utf-8")
        sys.stdout.write(tables(report))
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
