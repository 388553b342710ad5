"""A program whose types are wrong where it says so."""

import titlecanon
from titlecanon import Normalizer

titlecanon.normalize_title(None)  # wrong
titlecanon.normalize_titles(5)  # wrong
titlecanon.normalize_titles([1])  # wrong
titlecanon.normalize_titles(["Cook"], threads="2")  # wrong
Normalizer("own", "more")  # wrong
code: str = titlecanon.normalize_title("Cook").code  # wrong
titlecanon.normalize_title("Cook").code = "x"  # wrong
titlecanon.neighbors("TSE.GEN.P4")[0]["nearness"]  # wrong
