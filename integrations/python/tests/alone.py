"""What the package does where nothing else is installed. Run by itself, not by pytest."""

import sys

import titlecanon
from titlecanon import Normalizer

for module in ["pyarrow", "numpy", "pandas", "polars"]:
    try:
        __import__(module)
    except ImportError:
        continue
    sys.exit(f"{module} is installed here: this is to be run where nothing is")

assert titlecanon.normalize_title("Sr. Technical Support Engineer").code == "TSE.GEN.P4"
answers = titlecanon.normalize_titles(["Sr. Technical Support Engineer", None, "asdf"])
assert isinstance(answers, titlecanon.Answers), answers
assert [answer and answer["code"] for answer in answers.to_pylist()] == ["TSE.GEN.P4", None, None]
assert [type(capsule).__name__ for capsule in answers.__arrow_c_array__()] == ["PyCapsule", "PyCapsule"]
# What has capsules goes in without pyarrow too.


class Column:
    """A column of texts, of which nothing is known but its capsules."""

    def __init__(self, inner):
        self.inner = inner

    def __arrow_c_array__(self, requested_schema=None):
        return self.inner.__arrow_c_array__(requested_schema)


try:
    titlecanon.normalize_titles(Column(answers))
except TypeError as error:
    assert "it has the columns verdict, code" in str(error), error
else:
    sys.exit("a table is no column of texts")
assert Normalizer(fuzzy=False).candidates("Cook", 3)
assert titlecanon.role("TSE.GEN.P4")["title"] == "Senior Technical Support Engineer"
try:
    Normalizer("nowhere")
except titlecanon.TaxonomyError as error:
    assert error.problems[0].line == 0
else:
    sys.exit("there is no taxonomy nowhere")
print(f"alone on Python {sys.version.split()[0]}: good")
