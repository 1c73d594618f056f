"""What other programs write in another way and mean the same: the one list of it.

    function   PERCENTILE and _xlfn.PERCENTILE.INC, as Gnumeric writes it
    cells      $A$10 and $A$10:$A$10, as LibreOffice writes ranges of charts once a sheet was copied
    number     0.5 and .5 and 5E-1
    is_a_program_s  names that programs define for themselves: print areas, filters

White space, capitals of sheets and functions, quotes around sheets and a sheet's own name before its cells are left out
of account in `workbook.receive.checking.same_formula`, empty texts and the last digits of numbers in `comparing`.
"""

from __future__ import annotations

import re
from functools import lru_cache

# What files put before the names of functions that their format did not know at first, or that another program has.
BEFORE_FUNCTIONS = re.compile(
    r"(?:_xlfn\.|_xlws\.|_xludf\.|COM\.MICROSOFT\.|ORG\.(?:GNUMERIC|LIBREOFFICE|OPENOFFICE)\.)+", re.IGNORECASE
)
# The names that Excel 2010 gave to functions which it has kept under their former ones, with the same arguments.
FORMERLY = {
    "BETA.INV": "BETAINV",
    "BINOM.DIST": "BINOMDIST",
    "BINOM.INV": "CRITBINOM",
    "CHISQ.DIST.RT": "CHIDIST",
    "CHISQ.INV.RT": "CHIINV",
    "CHISQ.TEST": "CHITEST",
    "CONFIDENCE.NORM": "CONFIDENCE",
    "COVARIANCE.P": "COVAR",
    "EXPON.DIST": "EXPONDIST",
    "F.DIST.RT": "FDIST",
    "F.INV.RT": "FINV",
    "F.TEST": "FTEST",
    "GAMMA.DIST": "GAMMADIST",
    "GAMMA.INV": "GAMMAINV",
    "LOGNORM.INV": "LOGINV",
    "MODE.SNGL": "MODE",
    "NORM.DIST": "NORMDIST",
    "NORM.INV": "NORMINV",
    "NORM.S.INV": "NORMSINV",
    "PERCENTILE.INC": "PERCENTILE",
    "PERCENTRANK.INC": "PERCENTRANK",
    "POISSON.DIST": "POISSON",
    "QUARTILE.INC": "QUARTILE",
    "RANK.EQ": "RANK",
    "STDEV.P": "STDEVP",
    "STDEV.S": "STDEV",
    "T.INV.2T": "TINV",
    "T.TEST": "TTEST",
    "VAR.P": "VARP",
    "VAR.S": "VAR",
    "WEIBULL.DIST": "WEIBULL",
    "Z.TEST": "ZTEST",
}
# Print areas, titles and filters under the names of Excel, LibreOffice and Gnumeric; what Excel keeps of newer charts
# and functions; the views that a workbook was shared in.
A_PROGRAM_S = re.compile(
    r"_xlnm[._].*|(?:_xlnm[._])?(?:Print_Area|Print_Titles|Sheet_Title|_FilterDatabase)(?:_\d+)*"
    r"|_xl(?:chart|fn|pm|eta|ws)\..*|__Anonymous_Sheet_DB__\d*|Z_[0-9A-F_]{36}_\.wvu\..*",
    re.IGNORECASE,
)


def function(name: str) -> str:
    """The name of a function in the one way that formulas are compared by."""
    bare = BEFORE_FUNCTIONS.sub("", name).upper()
    return FORMERLY.get(bare, bare)


def cells(text: str) -> str:
    """A range of one cell as that cell."""
    first, _, last = text.partition(":")
    return first if first == last else text


@lru_cache(maxsize=1000)
def number(text: str) -> str:
    return repr(float(text))


def is_a_program_s(name: str) -> bool:
    """Whether a defined name is one that programs make for themselves, and nobody reads."""
    return A_PROGRAM_S.fullmatch(name) is not None
