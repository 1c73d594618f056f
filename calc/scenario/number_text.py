"""Numbers that stand as text: `15%`, `12,5`, `(500)`, `1 234.50`, `€ 95`; ambiguous ones are reported, not guessed."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from calc.scenario.currencies import CODES
from calc.scenario.faults import shown
from calc.scenario.unclear_value import UnclearValueError

# White space that people and programs put between digits, and marks that show nothing.
SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
APOSTROPHES = "'’ʼ`´"
MINUS = str.maketrans(dict.fromkeys("−–—‒﹣－", "-"))
# A price without cents: 130,- or 130.--
NO_CENTS = re.compile(r"(?<=\d)[.,]-{1,2}(?=\D*$)")
# The signs of currencies, with the codes that each may stand for.
DOLLARS = frozenset("USD AUD CAD NZD SGD HKD TWD MXN BRL ARS CLP COP JMD TTD BBD BSD BZD FJD NAD XCD".split())
SIGNS = {
    "$": DOLLARS, "us$": {"USD"}, "r$": {"BRL"}, "€": {"EUR"}, "£": {"GBP", "EGP", "LBP", "SYP", "GIP", "FKP"},
    "¥": {"JPY", "CNY"}, "₹": {"INR"}, "zł": {"PLN"}, "kč": {"CZK"}, "kr": {"SEK", "NOK", "DKK", "ISK"},
    "kr.": {"DKK", "ISK"}, "fr.": {"CHF"}, "sfr.": {"CHF"}, "₴": {"UAH"}, "₽": {"RUB"}, "₺": {"TRY"}, "₪": {"ILS"},
    "₩": {"KRW"}, "₫": {"VND"}, "₱": {"PHP"}, "฿": {"THB"},
}  # fmt: skip
NUMBER = re.compile(
    r"(?P<before>[^\d.,+-]*)(?P<sign>[+-]?)(?P<middle>[^\d.,+-]*)"
    r"(?P<digits>[\d.,]*\d[.,]?(?:e[+-]?\d{1,3})?)(?P<after>\D*)",
    re.ASCII,
)
LONGEST = 60
PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
# As programs and scenario files write them.
AS_WRITTEN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def is_plain(text: str) -> bool:
    """Whether a number is written as in a scenario file, so that it can mean one thing only.

    >>> is_plain("1200.5"), is_plain("1.200"), is_plain("8%")
    (True, False, False)
    """
    return AS_WRITTEN.fullmatch(text) is not None and not AMBIGUOUS.fullmatch(text.lstrip("+-"))


def without_marks(text: str) -> str:
    """A text in small letters, without what shows nothing, its white space made one blank each."""
    return SPACES.sub(" ", UNSEEN.sub("", text)).strip().casefold()


def number(text: str, unit: str = "", currency: str = "", share: bool = False) -> float:
    """The number that a text means. unit, currency: what may stand beside it; share: a percentage may too.

    Raises UnclearValueError, with both readings where there are two.
    """
    if len(text) > LONGEST:
        raise UnclearValueError(shown(text))
    if is_plain(text) and math.isfinite(value := float(text)):
        return value
    folded = SPACES.sub(" ", UNSEEN.sub("", text)).translate(MINUS).strip().lower()
    negative = folded.startswith("(") and folded.endswith(")")
    bare = NO_CENTS.sub("", folded[1:-1].strip() if negative else folded)
    after = bare.endswith("-")
    match = NUMBER.fullmatch(_closed(bare.removesuffix("-")))
    if not match or negative + after + (match["sign"] == "-") > 1:
        raise UnclearValueError(shown(text))
    negative = negative or after or match["sign"] == "-"
    percent = _percent(text, _beside(text, match, unit, currency), share)
    exact = Decimal(_decimal(text, match["digits"]))
    if percent:
        exact /= 100
    result = float(-exact if negative else exact)
    if not math.isfinite(result):
        raise UnclearValueError(shown(text))
    return result


def _closed(text: str) -> str:
    """Digits that only spaces or apostrophes group, closed up: 1'234 or 1 234 567."""
    return re.sub(rf"(?<=\d)[ {APOSTROPHES}](?=\d{{3}}(?!\d))", "", text)


def _beside(text: str, match: re.Match[str], unit: str, currency: str) -> list[str]:
    """What stands beside the digits, currency and unit taken away."""
    left = []
    for part in (match["before"] + match["middle"], match["after"]):
        word = part.strip()
        rest = unit.lower().removeprefix("currency").removeprefix("usd")
        if rest and word.endswith(rest):
            word = word.removesuffix(rest).strip()
        if word and _is_currency(text, word, unit, currency):
            word = ""
        if word:
            left.append(word)
    return left


def _is_currency(text: str, word: str, unit: str, currency: str) -> bool:
    meant = SIGNS.get(word) or ({word.upper()} if word.upper() in CODES else None)
    if meant is None:
        return False
    if not unit.startswith(("currency", "USD")):
        raise UnclearValueError(shown(text), "an amount of money, where none is meant")
    if currency not in meant:
        named = f"{currency}, the currency" if currency else "the currency"
        raise UnclearValueError(shown(text), f"is it meant in {named} of this scenario?")
    return True


def _percent(text: str, beside: list[str], share: bool) -> bool:
    if beside not in ([], ["%"]):
        raise UnclearValueError(shown(text))
    if beside and not share:
        raise UnclearValueError(shown(text), "a percentage, where a number is meant")
    return bool(beside)


def spelled_out(mantissa: str) -> str:
    """A small number before three digits, written so that nobody takes the digits for thousands.

    >>> spelled_out("1,234"), spelled_out("1.200")
    ('1.2340', '1.2')
    """
    point = mantissa.replace(",", ".")
    return point.rstrip("0").rstrip(".") if point.endswith("0") else f"{point}0"


def _decimal(text: str, digits: str) -> str:
    """Digits with their marks as plain digits with a point."""
    mantissa, _, exponent = digits.partition("e")
    commas, points = mantissa.count(","), mantissa.count(".")
    if AMBIGUOUS.fullmatch(mantissa) and not exponent:
        large, small = re.sub("[.,]", "", mantissa), spelled_out(mantissa)
        raise UnclearValueError(shown(text), f"did you mean {large} or {small}?", large)
    if commas and points:
        decimal = max(",.", key=mantissa.rfind)
    elif commas + points == 1:
        decimal = "," if commas else "."
    else:
        decimal = ""
    grouping = ",." if not decimal else ",.".replace(decimal, "")
    whole, _, fraction = mantissa.partition(decimal) if decimal else (mantissa, "", "")
    groups = re.split(f"[{grouping}]", whole)
    wrong = len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]))
    plain = "".join(groups) + ("." + fraction if fraction else "")
    if wrong or not PLAIN.fullmatch(plain):
        raise UnclearValueError(shown(text))
    return plain + ("e" + exponent if exponent else "")
