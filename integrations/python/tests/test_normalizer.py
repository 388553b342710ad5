"""Taxonomies of one's own, settings, roles."""

import multiprocessing
import pickle
import re
import subprocess
import sys

import pytest

import titlecanon
from titlecanon import Normalizer, TaxonomyError


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "functions.tsv").write_text("code\tname\nNIN\tCode Ninja\nPIR\tPirate\n")
    return folder


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "overlay"
    folder.mkdir()
    (folder / "aliases.tsv").write_text("text\tfunction\nNinja\tSWE\n")
    (folder / "blocks.tsv").write_text("text\nStudent Worker\n")
    return folder


def test_a_taxonomy_of_ones_own(own, overlay):
    normalizer = Normalizer(own)
    assert normalizer.normalize_title("Code Ninjas (remote)").code == "NIN.GEN.P3"
    assert normalizer.normalize_titles(["Pirate", "Welder"]).to_pylist()[0]["code"] == "PIR.GEN.P3"
    assert normalizer.normalize_title("Welder").verdict == "no_match"
    assert normalizer.role("NIN.GEN.P3")["title"] == "Code Ninja"
    assert Normalizer(str(own)).normalize_title("Pirate").code == "PIR.GEN.P3"
    assert Normalizer(overlay=overlay).normalize_title("Senior Ninja").code == "SWE.GEN.P4"
    assert Normalizer(overlay=overlay).normalize_title("Student Worker").code is None
    assert titlecanon.normalize_title("Ninja").code is None


def test_ids_of_the_publisher(tmp_path):
    (tmp_path / "functions.tsv").write_text(
        "code\tname\ttracks\tdefault_level\tstatus\tscope\tversion\tconfidence\tsummary\tsource\texternal_id\n"
        "NIN\tCode Ninja\tP\tP3\tdraft\tglobal\t1\t0.70\tCodes.\tours\tn-1\n"
    )
    answer = Normalizer(tmp_path).normalize_title("Code Ninja")
    assert answer.external_id == answer.to_dict()["external_id"] == answer.candidates[0]["external_id"] == "n-1"


def test_every_problem_of_a_taxonomy_is_told(own):
    (own / "functions.tsv").write_text("code\tname\nnin\tCode Ninja\nPIR\t\n")
    with pytest.raises(TaxonomyError) as raised:
        Normalizer(own)
    error = raised.value
    assert isinstance(error, ValueError)
    assert {(problem.file, problem.line) for problem in error.problems} == {
        (str(own / "functions.tsv"), line) for line in [2, 3]
    }
    assert str(error).splitlines() == [f"{len(error.problems)} problems", *map(str, error.problems)]
    assert all(problem.message for problem in error.problems)
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems and str(again) == str(error)


@pytest.mark.parametrize("argument", ["taxonomy", "overlay"])
def test_a_taxonomy_that_is_not_there(tmp_path, argument):
    with pytest.raises(TaxonomyError, match=re.escape(f"{tmp_path / 'none'}: cannot be read")):
        Normalizer(**{argument: tmp_path / "none"})


def test_a_file_that_is_no_compiled_taxonomy(tmp_path):
    (tmp_path / "own.bin").write_bytes(b"something else")
    with pytest.raises(TaxonomyError) as raised:
        Normalizer(tmp_path / "own.bin")
    assert raised.value.problems[0].file == str(tmp_path / "own.bin")


def test_settings():
    titles = [
        f"{level} {job}"
        for level in ["Sr.", "Chief"]
        for job in ["Cook", "Analyst", "Stocker", "Enginer", "Blue Widget Cook"]
    ]
    verdicts = lambda normalizer: [normalizer.normalize_title(title).verdict for title in titles]
    usual = verdicts(Normalizer())
    # What one of the two is taken for when only the other is said.
    assert verdicts(Normalizer(confident=0.86)) == verdicts(Normalizer(review=0.30)) == usual
    assert usual.count("confident") < verdicts(Normalizer(confident=0.4)).count("confident")
    assert usual.count("no_match") < verdicts(Normalizer(confident=0.95, review=0.95)).count("no_match")
    assert Normalizer(fuzzy=False).normalize_title("Elecrician").verdict == "no_match"
    assert len(Normalizer(candidates=2).normalize_title("Analyst").candidates) == 2
    assert len(Normalizer(candidates=8).normalize_title("Analyst").candidates) > 2


@pytest.mark.parametrize(
    "setting", [{"confident": 1.1}, {"review": -0.1}, {"confident": float("nan")}, {"candidates": 0}, {"candidates": 9}]
)
def test_settings_out_of_range(setting):
    with pytest.raises(ValueError, match=f"{next(iter(setting))} is "):
        Normalizer(**setting)


def answer_elsewhere(normalizer):
    return normalizer.normalize_titles(["Senior Ninja"]).to_pylist()[0]["code"]


def test_it_goes_to_other_processes(own, overlay, monkeypatch):
    monkeypatch.chdir(overlay.parent)
    normalizer = Normalizer(overlay="overlay", confident=0.9, review=0.2, fuzzy=False, candidates=3)
    again = pickle.loads(pickle.dumps(normalizer))
    assert (
        repr(again)
        == repr(normalizer)
        == f"Normalizer(overlay='{overlay}', confident=0.9, review=0.2, fuzzy=False, candidates=3)"
    )
    assert repr(Normalizer()) == repr(pickle.loads(pickle.dumps(Normalizer()))) == "Normalizer()"
    monkeypatch.chdir("/")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(answer_elsewhere, [normalizer]) == ["SWE.GEN.P4"]
    # Nothing of ours stands in the way of a fork.
    answer_elsewhere(normalizer)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.map(answer_elsewhere, [normalizer]) == ["SWE.GEN.P4"]


def test_more_answers_than_an_array_holds(tmp_path):
    """A family's name so long that fewer than a million rows of it are more than the 2 GiB that offsets of 32 bits reach."""
    for path, rows in {
        "families.tsv": [("code", "name", "summary"), ("IT", "Computers " * 400 + "and more", "Computers.")],
        "functions/it.tsv": [
            (
                "code",
                "name",
                "tracks",
                "default_level",
                "status",
                "scope",
                "version",
                "confidence",
                "summary",
                "source",
            ),
            ("NIN", "Ninja", "P", "P3", "draft", "global", "1", "0.70", "Codes.", "ours"),
        ],
        "focuses/it.tsv": [
            ("function", "code", "name", "job", "area", "default_level"),
            ("NIN", "GEN", "General", "Ninja", "Ninja", ""),
        ],
        "aliases/it.tsv": [
            ("text", "function", "focus", "level", "type", "confidence", "approval", "source"),
            ("Ninja", "NIN", "GEN", "", "common", "1.00", "draft", "ours"),
        ],
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("".join("\t".join(row) + "\n" for row in rows))
    normalizer = Normalizer(tmp_path)
    assert normalizer.normalize_titles(["Ninja"] * 1000).to_pylist()[999]["code"] == "NIN.GEN.P3"
    for titles in [["Ninja"] * 600_000, [None] + ["Ninja"] * 600_000]:
        with pytest.raises(OverflowError, match="too many for one Arrow array .*; give the titles in parts"):
            normalizer.normalize_titles(titles)


def test_candidates():
    found = Normalizer().candidates("Lead Cloud Data Platform Engineer", 5)
    assert len(found) == 5 and list(found[0]) == ["code", "role", "soc", "confidence"]
    assert [one["confidence"] for one in found] == sorted((one["confidence"] for one in found), reverse=True)
    assert Normalizer().candidates("", 5) == [] and Normalizer().candidates("Cook", 0) == []
    with pytest.raises(TypeError):
        Normalizer().candidates(None)


def test_roles():
    senior = titlecanon.role("TSE.GEN.P4")
    assert senior["code"] == "TSE.GEN.P4" and senior["level"]["years"] == {"from": 5, "to": 8}
    assert len(senior["profile"]["plan"]) == 5 and senior["crosswalk"][0]["code"] == "15-1232"
    assert (
        titlecanon.role_distance("TSE.GEN.P4", "TSE.GEN.P4") == 0 < titlecanon.role_distance("TSE.GEN.P4", "SWE.GEN.P4")
    )
    near = titlecanon.neighbors("TSE.GEN.P4", 3)
    assert [titlecanon.role_distance("TSE.GEN.P4", one["code"]) for one in near] == [one["distance"] for one in near]
    assert re.fullmatch(r"\d{4}\.\d+\.\d+", titlecanon.data_version()) and re.fullmatch(
        r"\d+\.\d+\.\d+", titlecanon.__version__
    )


@pytest.mark.parametrize(
    "code, error, message",
    [
        ("tse", ValueError, '"tse" is no role code: a role code has three parts'),
        ("TSE.GEN.X1", ValueError, "the third part of a role code is a level"),
        ("XXX.GEN.P1", LookupError, "the taxonomy has no function XXX"),
        ("TSE.XXX.P1", LookupError, "Technical Support Engineer has no focus XXX"),
        ("TSE.GEN.S1", LookupError, "Technical Support Engineer is on no level S1"),
        (None, TypeError, "str"),
    ],
)
def test_what_is_no_role(code, error, message):
    for ask in [titlecanon.role, titlecanon.neighbors, lambda code: titlecanon.role_distance("TSE.GEN.P4", code)]:
        with pytest.raises(error, match=message):
            ask(code)


def test_a_batch_can_be_interrupted():
    script = """
import _thread, threading, titlecanon
titles = [f"Custmer Supprt Enginer of Blue Widgets {number}" for number in range(2_000_000)]
threading.Timer(0.5, _thread.interrupt_main).start()
try:
    titlecanon.normalize_titles(titles, threads=1)
except KeyboardInterrupt:
    print("interrupted")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == "interrupted\n", done.stderr
