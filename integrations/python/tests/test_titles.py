"""One title, and many of every kind that Python has."""

import copy
import json
import pickle
import threading

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import titlecanon
from titlecanon import Normalizer

TITLES = ["Sr. Technical Support Engineer (Remote)", None, "asdf", "", "Welder", "Intern", "Welder", None]
FIELDS = [
    "verdict", "code", "role", "function", "focus", "level", "family", "soc",
    "confidence", "function_confidence", "level_confidence", "method",
]  # fmt: skip
TEXT = set(FIELDS) - {"confidence", "function_confidence", "level_confidence"}


def expected(titles):
    """What normalize_title says, in the fields that batches have."""
    answers = [title if title is None else titlecanon.normalize_title(title).to_dict() for title in titles]
    return [answer and {name: answer[name] for name in FIELDS} for answer in answers]


def test_an_answer_has_what_the_library_says():
    answer = titlecanon.normalize_title("Sr. Technical Support Engineer (Remote)")
    assert answer.to_dict() == {
        "verdict": "confident",
        "code": "TSE.GEN.P4",
        "role": "Senior Technical Support Engineer",
        "function": "Technical Support Engineer",
        "focus": "General",
        "level": "P4",
        "family": "Information Technology",
        "soc": "15-1232",
        "confidence": 0.8,
        "function_confidence": 1.0,
        "level_confidence": 0.8,
        "band": "high",
        "method": "composed",
        "qualifiers": ["remote"],
        "candidates": [
            {"code": "TSE.GEN.P4", "role": "Senior Technical Support Engineer", "soc": "15-1232", "confidence": 0.8}
        ],
    }
    for name, value in answer.to_dict().items():
        assert getattr(answer, name) == value
    assert answer.external_id is None
    assert answer.title == "Sr. Technical Support Engineer (Remote)"
    assert "alias" in answer.explain() and answer.explain() == Normalizer().explain(answer.title)
    assert json.loads(json.dumps(answer.to_dict())) == answer.to_dict()


def test_an_answer_cannot_be_changed_and_compares_by_value():
    answer = titlecanon.normalize_title("Welder")
    with pytest.raises(AttributeError):
        answer.code = "TSE.GEN.P4"
    answer.candidates.clear()
    answer.to_dict().clear()
    assert answer.candidates and answer.to_dict()
    same, other = titlecanon.normalize_title("Welder"), titlecanon.normalize_title("welder")
    assert answer == same and hash(answer) == hash(same) and answer != other and answer != "Welder"
    assert pickle.loads(pickle.dumps(answer)) == copy.deepcopy(answer) == answer
    assert pickle.loads(pickle.dumps(answer)).explain() == answer.explain()


@pytest.mark.parametrize("title", [None, 5, b"Welder", ["Welder"], float("nan")])
def test_what_is_no_title(title):
    with pytest.raises(TypeError, match="a title is a str, not "):
        titlecanon.normalize_title(title)


def test_any_text_has_an_answer():
    assert titlecanon.normalize_title("").verdict == "no_match"
    assert titlecanon.normalize_title("Welder \0 \U0001f9d1\u200d\U0001f3ed").code is not None
    huge = "Welder " * 1_000_000
    assert titlecanon.normalize_title(huge).explain()
    # A lone surrogate is no text: it reads as U+FFFD, alike in one title and in many.
    for title in ["\ud800 Welder", "Weld\udfffer", "\ud800"]:
        one = titlecanon.normalize_title(title)
        assert titlecanon.normalize_titles([title]).to_pylist()[0]["code"] == one.code
        assert "\ufffd" in one.explain()
    assert titlecanon.normalize_title("\ud800 Welder").code == titlecanon.normalize_title("Welder").code
    assert titlecanon.normalize_titles([huge, "x" * 10_000_000])[1]["code"].as_py() is None


def kinds():
    yield "list", TITLES
    yield "tuple", tuple(TITLES)
    yield "generator", (title for title in TITLES)
    for data_type in [pa.string(), pa.large_string(), pa.string_view()]:
        yield f"pyarrow {data_type}", pa.array(TITLES, data_type)
        yield f"pyarrow sliced {data_type}", pa.array(["Cook", *TITLES, "Cook"], data_type)[1:-1]
    for key in [pa.int8(), pa.uint16(), pa.int64()]:
        yield f"pyarrow dictionary {key}", pa.array(TITLES).dictionary_encode().cast(pa.dictionary(key, pa.string()))
    keys = pa.array([0, 1, 2, 3, 4, 5, 6, None], pa.int32())
    values = pa.array(
        ["Sr. Technical Support Engineer (Remote)", None, "asdf", "", "Welder", "Intern", "Welder", "Cook"]
    )
    yield "pyarrow dictionary with nulls and repeats", pa.DictionaryArray.from_arrays(keys, values)
    yield "pyarrow chunked", pa.chunked_array([TITLES[:3], [], TITLES[3:]], pa.string())
    yield "pyarrow chunked dictionary", pa.chunked_array([TITLES[:3], TITLES[3:]]).dictionary_encode()
    yield "pandas", pd.Series(TITLES)
    yield "pandas object", pd.Series(TITLES, dtype=object)
    yield "pandas object with NaN and NA", pd.Series([pd.NA, *TITLES, float("nan"), pd.NaT], dtype=object)[1:-2]
    yield "pandas category", pd.Series(TITLES, dtype="category")
    yield "pandas pyarrow", pd.Series(TITLES, dtype="string[pyarrow]")
    yield "pandas python", pd.Series(TITLES, dtype="string[python]")
    yield "pandas reindexed", pd.Series(TITLES, index=range(10, 18))
    yield "numpy", pd.Series(TITLES, dtype=object).to_numpy()
    yield "polars", pl.Series(TITLES)
    yield "polars chunked", pl.concat([pl.Series(TITLES[:3]), pl.Series(TITLES[3:])], rechunk=False)
    yield "polars categorical", pl.Series(TITLES, dtype=pl.Categorical)
    yield "polars enum", pl.Series(TITLES, dtype=pl.Enum(sorted({title for title in TITLES if title is not None})))


@pytest.mark.parametrize("kind, titles", [*kinds()], ids=lambda value: value if isinstance(value, str) else "")
def test_every_kind_of_series_is_answered_alike(kind, titles):
    answers = titlecanon.normalize_titles(titles)
    assert isinstance(answers, pa.StructArray)
    answers.validate(full=True)
    assert answers.to_pylist() == expected(TITLES), kind
    assert answers.null_count == 2


def test_the_type_of_the_answers():
    fields = {name: pa.string() if name in TEXT else pa.float64() for name in FIELDS}
    assert titlecanon.normalize_titles([]).type == pa.struct(fields)
    assert [field.name for field in titlecanon.normalize_titles(["Cook"]).type] == FIELDS


@pytest.mark.parametrize(
    "titles", [[], pa.array([], pa.string()), pa.chunked_array([], pa.string()), pl.Series([], dtype=pl.String)]
)
def test_nothing_has_no_answers(titles):
    assert len(titlecanon.normalize_titles(titles)) == 0


@pytest.mark.parametrize("titles", [[None, None], pa.nulls(2), pl.Series([None, None]), pd.Series([None, None])])
def test_nulls_alone(titles):
    assert titlecanon.normalize_titles(titles).to_pylist() == [None, None]


def test_what_counts_as_missing():
    assert titlecanon.normalize_titles([None, float("nan"), pd.NA, pd.NaT]).null_count == 4


@pytest.mark.parametrize(
    "titles, message",
    [
        (["Welder", 5], r"row 1 \(from 0\) of the titles is 5 \(int\)"),
        ([b"Welder"], r"row 0 .* is b'Welder' \(bytes\); .*: decode it first"),
        ([["Welder"] * 100], r"row 0 .* is \['Welder'.*… \(list\)"),
        (
            pd.Series(["Welder", None, 1.5], dtype=object, index=[7, 8, 9]),
            r"row 2 \(from 0\) of the titles is 1.5 \(float\)",
        ),
        (pd.Series([1.5]), "texts, not Arrow's Float64"),
        (pl.Series([1]), "texts, not Arrow's Int64"),
        (pa.array([b"Welder"]), "texts, not Arrow's Binary"),
        (pa.array([1]).dictionary_encode(), "texts, not Arrow's Dictionary"),
        (pa.table({"id": [1], "title": ["Cook"]}), "not a table; it has the columns id, title: give one of them"),
        (pd.DataFrame({"id": [1], "title": ["Cook"]}), "not a table; it has the columns id, title"),
        (pl.DataFrame({"id": [1], "title": ["Cook"]}), "not a table; it has the columns id, title"),
        ("Welder", "not a str; for one title there is normalize_title"),
        (b"Welder", "not bytes: decode it first"),
        ({"title": "Welder"}, "not dict"),
        (None, "not None"),
        (5, "not int"),
    ],
)
def test_what_are_no_titles(titles, message):
    with pytest.raises(TypeError, match=message):
        titlecanon.normalize_titles(titles)


def test_errors_of_the_series_itself_come_through():
    def broken():
        yield "Welder"
        raise RuntimeError("the file ends here")

    with pytest.raises(RuntimeError, match="the file ends here"):
        titlecanon.normalize_titles(broken())


@pytest.mark.parametrize("threads, error", [(0, ValueError), (-1, ValueError), (1.5, TypeError), ("2", TypeError)])
def test_threads_are_a_whole_number(threads, error):
    with pytest.raises(error, match="threads is a whole number from 1"):
        titlecanon.normalize_titles([], threads=threads)


def test_threads_change_nothing():
    titles = [
        f"{level} {job} {number}"
        for number in range(200)
        for level in ["Sr.", "Junior", ""]
        for job in ["Cook", "Welder", "qzx"]
    ]
    one = titlecanon.normalize_titles(titles, threads=1)
    assert one.to_pylist() == expected(titles)
    for threads in [None, 2, 3, 64]:
        assert titlecanon.normalize_titles(titles, threads=threads).equals(one)


def test_others_run_meanwhile():
    """Without the interpreter's lock: another thread counts while a batch is answered."""
    titles = pa.array([f"Senior Engineerr {number} of Custmer Supprt" for number in range(30_000)])
    counted, answering = [0], threading.Event()

    def count():
        answering.wait()
        while answering.is_set():
            counted[0] += 1

    counter = threading.Thread(target=count)
    counter.start()
    answering.set()
    before = counted[0]
    titlecanon.normalize_titles(titles, threads=1)
    during = counted[0] - before
    answering.clear()
    counter.join()
    # Holding the lock, it would count for the few steps at either end only.
    assert during > 10_000


def test_slices_of_large_dictionaries_answer_only_what_they_have():
    values = pa.array([f"Custmer Supprt Enginer {number}" for number in range(300_000)])
    array = pa.DictionaryArray.from_arrays(pa.array([5, 5, 7], pa.int32()), values)
    assert titlecanon.normalize_titles(array, threads=1).to_pylist() == expected(
        [values[at].as_py() for at in [5, 5, 7]]
    )


def test_answers_without_pyarrow_in_between():
    answers = Normalizer()._normalize_titles(TITLES)
    assert len(answers) == len(TITLES) and answers.to_pylist() == list(answers) == expected(TITLES)
    assert answers[-1] is None and answers[-4] == answers[4]
    for row in [len(TITLES), -len(TITLES) - 1]:
        with pytest.raises(IndexError):
            answers[row]
    assert repr(answers) == "<titlecanon.Answers: 8 answers>"
    assert pa.array(answers).to_pylist() == pl.Series(answers).to_list() == expected(TITLES)
    assert pa.field(answers).type == pa.array(answers).type
