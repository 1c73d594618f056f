"""One field of a scenario: the texts that people read, its limit, and its default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from pydantic.fields import FieldInfo

from calc import catalogue
from calc.scenario.exchange import Exchange
from calc.scenario.limits import SPREAD, Between, Limit, is_estimate, shown


@dataclass(frozen=True)
class InputField:
    """label, unit, about: for people; example: a value as it is written in TOML, without quotes.

    default: None for an empty field, or one that is required. published: the setting, in US dollars, whose converted
    value holds where the field is empty. otherwise: the default in words, where it depends on the rest of the scenario.
    example_of: what the example is true of, where it would mislead about anything else.
    """

    section: str
    name: str
    label: str
    unit: str
    about: str
    example: str
    limit: Limit
    kind: Any
    default: Any
    is_required: bool
    published: str = ""
    otherwise: str = ""
    example_of: str = ""

    @property
    def dotted(self) -> str:
        return f"{self.section}.{self.name}"

    @property
    def between(self) -> Between:
        """The limit of a number."""
        assert isinstance(self.limit, Between), f"{self.dotted} is not a number"
        return self.limit

    @property
    def is_number(self) -> bool:
        return isinstance(self.limit, Between)

    @property
    def is_whole(self) -> bool:
        return int in (get_args(self.kind) or (self.kind,))

    @property
    def is_estimate(self) -> bool:
        return is_estimate(self.kind)

    @property
    def is_optional(self) -> bool:
        """Whether it may be empty: a number that need not be there, or a text of no length."""
        return type(None) in get_args(self.kind) or self.default == ""

    def of_one(self, exchange: Exchange | None = None) -> str:
        """What is allowed for a single value. exchange: None where the text is for any scenario."""
        if not isinstance(self.limit, Between):
            return self.limit.said()
        said = self.limit.said(exchange, "a whole number" if self.is_whole else "a number")
        if self.unit.startswith("share"):
            said += f" ({self.example} is {float(self.example):.0%})"
        if self.is_optional:
            said += f", or empty{self._published(exchange)}"
        return said

    def allowed(self, exchange: Exchange | None = None) -> str:
        """What is allowed, a range included where the field takes one."""
        return self.of_one(exchange) + (SPREAD if self.is_estimate else "")

    def example_in(self, exchange: Exchange | None = None) -> str:
        """The example as people read it; one of money in the project's currency where the rate is known."""
        if self.example_of:
            return f"{self.example} for {self.example_of}"
        if exchange is None or not isinstance(self.limit, Between) or not self.limit.money:
            return self.example
        return f"{float(self.example) * exchange.per_usd:.12g}"

    @property
    def default_said(self) -> str:
        """The default in words where it depends on the rest of the scenario, else an empty text."""
        if self.published:
            return f"{shown(catalogue.settings()[self.published].value)} USD at the exchange rate"
        return self.otherwise

    def in_force(self, value: Any, exchange: Exchange) -> Any:
        """The value in force: for an empty field that follows a published figure, that figure, converted."""
        if value is None and self.published:
            return catalogue.settings()[self.published].value * exchange.per_usd
        return value

    def _published(self, exchange: Exchange | None) -> str:
        if not self.published:
            return ""
        value = catalogue.settings()[self.published].value
        return f" for {shown(value)} USD" if exchange is None else f" for {shown(value * exchange.per_usd)}"


def input_field(section: str, name: str, info: FieldInfo) -> InputField:
    """The field as the schema declares it."""
    extra = info.json_schema_extra
    assert isinstance(extra, dict), f"{section}.{name} is not declared with `described`"
    limit = next(entry for entry in info.metadata if isinstance(entry, Limit))
    default = None if info.is_required() else info.default
    return InputField(
        section,
        name,
        info.title or "",
        str(extra["unit"]),
        info.description or "",
        str(extra["example"]),
        limit,
        info.annotation,
        default,
        info.is_required(),
        str(extra.get("published", "")),
        str(extra.get("otherwise", "")),
        str(extra.get("example_of", "")),
    )
