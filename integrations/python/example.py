"""The roles of the titles in a column of a CSV file, as CSV.

    python example.py                       of a few titles
    python example.py roster.csv title      of those in a file's column

Takes nothing but the package.
"""

import csv
import sys

import titlecanon


def main() -> None:
    if len(sys.argv) == 1:
        rows = [
            {"title": title}
            for title in [
                "Sr. Technical Support Engineer (Remote)",
                "VP of Sales, EMEA",
                "RN - ICU, Nights",
                "Analyst",
                "asdf",
            ]
        ]
        column = "title"
    elif len(sys.argv) == 3:
        path, column = sys.argv[1:]
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if column not in (reader.fieldnames or []):
                sys.exit(f"{path} has no column {column}; it has {', '.join(reader.fieldnames or [])}")
            rows = list(reader)
    else:
        sys.exit((__doc__ or "").strip())
    answers = titlecanon.normalize_titles([row[column] or None for row in rows]).to_pylist()
    out = csv.writer(sys.stdout)
    fields = ["verdict", "code", "role", "confidence"]
    out.writerow([column, *fields])
    for row, answer in zip(rows, answers):
        out.writerow([row[column], *((answer or {}).get(field) for field in fields)])


if __name__ == "__main__":
    main()
