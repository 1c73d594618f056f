"""A company's own defaults: rates, currency, weights and the like, merged under every scenario that does not say them itself.

The file has the form of a scenario, without what belongs to one project, and may name a mail server:

    [project]
    currency = "EUR"
    usd_rate = 0.92
    [overrides.freelancer]
    rate = [70, 95, 140]
    rework = [0.1, 0.2, 0.35]
    [basis.freelancer]
    rework = "own history, n = 41"
    [mail]
    host = "smtp.example.com"

Its money is in its own currency, and converted where a scenario is in another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from calc import catalogue
from calc.scenario.actuals import KEY as ACTUALS
from calc.scenario.basis import COMPANY_DEFAULT, KEY, basis_by_field, basis_by_table, fields_in
from calc.scenario.bounds import DECISION, bounds
from calc.scenario.exchange import DOLLAR, Exchange
from calc.scenario.faults import Fault, problem, short, shown
from calc.scenario.limits import Between
from calc.scenario.quotes import KEY as QUOTES
from calc.scenario.schema import FIELDS
from calc.scenario.spelled import currency_of

MAIL = "mail"
RATE, CURRENCY = "project.usd_rate", "project.currency"
# What belongs to one project, and what stands for it where defaults are checked.
OF_ONE_PROJECT = ("project.name", "project.start", "project.owner")
STAND_IN = {"name": "defaults", "start": "2026-01-01"}


class MailServer(BaseModel):
    """The mail server of a company, and who its mail comes from. Names, passwords, secrets and tokens are never in a file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    service: Annotated[
        Literal["smtp", "microsoft365"],
        Field(description="Send over SMTP, or by Microsoft Graph from a mailbox there."),
    ] = "smtp"
    host: Annotated[str, Field(min_length=1, max_length=253, description="The mail server.")] = ""
    port: Annotated[int | None, Field(ge=1, le=65535, description="Its port; 587, or 465 with tls.")] = None
    tls: Annotated[bool, Field(description="TLS from the first byte instead of STARTTLS.")] = False
    sender: Annotated[str, Field(max_length=254, description="The address that mail comes from.")] = ""
    sender_name: Annotated[str, Field(max_length=80, description="The name that mail comes from.")] = ""
    domains: Annotated[list[str], Field(max_length=50, description="Mail goes to these domains only.")] = []
    token_command: Annotated[
        list[str],
        Field(max_length=50, description="A program that prints an access token, and its arguments; no shell."),
    ] = []
    token_variable: Annotated[
        str, Field(max_length=100, description="The variable of the environment that holds an access token.")
    ] = ""
    tenant: Annotated[str, Field(max_length=253, description="The tenant that gives access tokens, by msal.")] = ""
    client: Annotated[str, Field(max_length=100, description="The application that they are for.")] = ""
    login: Annotated[
        str, Field(min_length=1, max_length=253, description="The host that gives them; another in national clouds.")
    ] = "login.microsoftonline.com"


@dataclass(frozen=True)
class Defaults:
    """where: the file; data: what it says, checked, in the form of a scenario; exchange: the currency of its money."""

    where: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    exchange: Exchange = field(default_factory=Exchange)
    mail: MailServer = field(default_factory=MailServer)

    @property
    def currency(self) -> str | None:
        """The currency of a scenario that names none; None where the defaults name none either."""
        return self.data.get("project", {}).get("currency")


def mail_server(given: Any) -> tuple[MailServer, list[Fault]]:
    """The mail server of a file of defaults, and what is wrong with it."""
    if not isinstance(given, Mapping):
        return MailServer(), [Fault(MAIL, shown(given), "a section with fields of its own", "[mail]")]
    try:
        return MailServer.model_validate(dict(given)), []
    except ValidationError as error:
        faults = []
        for wrong in error.errors(include_url=False, include_context=False):
            name = short(".".join(map(str, wrong["loc"])))
            if wrong["type"] == "extra_forbidden":
                faults.append(
                    problem(f"{MAIL}.{name}", "unknown field", f"known: {', '.join(MailServer.model_fields)}")
                )
            else:
                faults.append(
                    Fault(f"{MAIL}.{name}", shown(wrong["input"]), wrong["msg"].lower(), 'host = "smtp.example.com"')
                )
        return MailServer(), faults


def of_one_project(data: Mapping[str, Any]) -> list[Fault]:
    """A fault for everything in a file of defaults that belongs to one project."""
    hint = "write it into the scenario"
    project = data.get("project")
    names = [dotted for dotted in OF_ONE_PROJECT if isinstance(project, Mapping) and dotted.split(".")[1] in project]
    names += [section for section in ("answers", QUOTES, ACTUALS) if section in data]
    return [problem(name, "belongs to one project, and is no default", hint) for name in names]


def with_currency(data: Mapping[str, Any], defaults: Defaults) -> dict[str, Any]:
    """The data with the currency of the defaults where it names none, and with their rate for that currency."""
    project = data.get("project", {})
    own = defaults.data.get("project", {})
    if not isinstance(project, Mapping) or "currency" not in own:
        return dict(data)
    if project.get("currency") is None or currency_of(project) == own["currency"]:
        rate = {"usd_rate": own["usd_rate"]} if "usd_rate" in own else {}
        project = {"currency": own["currency"], **rate, **{k: v for k, v in project.items() if v is not None}}
    return {**data, "project": dict(project)}


def merged(
    data: Mapping[str, Any], given: Mapping[str, Any], defaults: Defaults, exchange: Exchange | None
) -> dict[str, Any]:
    """The data with every default under it, and with what each is based on.

    given: the data as the user gave it; exchange: the rate of the data, None where that is not known: then amounts of
    money are not merged, and what the rate lacks is a fault anyway.
    """
    theirs = {dotted for dotted, value in fields_in(given) if value is not None}
    said = basis_by_field(defaults.data.get(KEY, {}))
    filled = dict(data)
    basis: dict[str, str] = {}
    for dotted, value in fields_in(defaults.data):
        table, name = _home(dotted)
        if dotted in theirs or not _is_open(filled, table):
            continue
        if dotted in (CURRENCY, RATE):
            if _at(filled, table).get(name) != value:
                continue  # the scenario is in another currency
        elif _is_money(dotted) and exchange is None:
            continue
        else:
            _set(filled, table, name, _converted(value, defaults.exchange, exchange) if _is_money(dotted) else value)
        basis[dotted] = f"{COMPANY_DEFAULT} ({said[dotted]})" if dotted in said else COMPANY_DEFAULT
    if basis:
        tables = filled.get(KEY, {})
        if isinstance(tables, Mapping):
            own = {table: dict(of) if isinstance(of, Mapping) else of for table, of in tables.items()}
            for name, of_defaults in basis_by_table(basis).items():
                if isinstance(own.setdefault(name, {}), dict):
                    own[name].update(of_defaults)
            filled[KEY] = own
    return filled


def _home(dotted: str) -> tuple[tuple[str, ...], str]:
    *tables, name = dotted.split(".")
    return tuple(tables), name


def _at(data: Mapping[str, Any], tables: tuple[str, ...]) -> Mapping[str, Any]:
    for table in tables:
        data = data.get(table, {})
    return data


def _is_open(data: Mapping[str, Any], tables: tuple[str, ...]) -> bool:
    """Whether the tables are there or may be made; anything else in their place is a fault of the scenario."""
    for table in tables:
        data = data.get(table, {})
        if not isinstance(data, Mapping):
            return False
    return True


def _set(data: dict[str, Any], tables: tuple[str, ...], name: str, value: Any) -> None:
    """Put a value in a table, which is copied, since it may be the user's."""
    for table in tables:
        data[table] = dict(data.get(table, {}))
        data = data[table]
    data[name] = value


def _is_money(dotted: str) -> bool:
    """Whether the value is an amount in the currency of its file. Settings of the decision stay in US dollars."""
    if dotted in FIELDS:
        limit = FIELDS[dotted].limit
        return isinstance(limit, Between) and limit.money
    section, _, rest = dotted.partition(".")
    model, _, name = rest.partition(".")
    if section != "overrides" or model == DECISION or not bounds(model, name):
        return False
    return catalogue.parameters()[model][name].in_dollars


def _converted(value: Any, of: Exchange, to: Exchange | None) -> Any:
    """An amount, or every end of its range, in the currency of the scenario."""
    if to is None or of.currency == to.currency:
        return value
    if isinstance(value, Mapping):
        return {end: _converted(one, of, to) for end, one in value.items()}
    if isinstance(value, list | tuple):
        return [_converted(one, of, to) for one in value]
    return value / of.per_usd * to.per_usd


def exchange_of_defaults(data: Mapping[str, Any]) -> Exchange:
    """The exchange rate of checked defaults."""
    project = data.get("project", {})
    return Exchange(project.get("currency", DOLLAR), float(project.get("usd_rate", 1.0)))
