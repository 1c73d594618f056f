"""An access token for the login, from a command or from the environment; it is written down nowhere."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from calc.text.printable import printable
from workbook.mail.refusal import LoginRefusedError, NotNowError

# Gives a token that is valid now. Raises LoginRefusedError or NotNowError.
Token = Callable[[], str]
# The characters of a bearer token (RFC 6750).
BEARER = re.compile(r"[A-Za-z0-9._~+/-]+=*", re.ASCII)
LONGEST_REASON = 200


@dataclass(frozen=True)
class CommandToken:
    """The token that a command prints. command: the program and its arguments; no shell reads them."""

    command: tuple[str, ...]
    timeout: float = 120

    def __call__(self) -> str:
        name = self.command[0]
        try:
            ended = subprocess.run(
                self.command, stdin=subprocess.DEVNULL, capture_output=True, timeout=self.timeout, check=False
            )
        except subprocess.TimeoutExpired:
            raise NotNowError(f"no access token: {name} took longer than {self.timeout:g} seconds") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise LoginRefusedError(f"no access token: {name} cannot be run: {why}") from None
        if ended.returncode:
            last_words = printable(" ".join(ended.stderr.decode("utf-8", "replace").split())[:LONGEST_REASON])
            raise LoginRefusedError(f"no access token: {name} ended with code {ended.returncode}: {last_words}")
        return _checked(ended.stdout.decode("utf-8", "replace"), f"what {name} prints")


@dataclass(frozen=True)
class VariableToken:
    """The token in a variable of the environment."""

    name: str

    def __call__(self) -> str:
        if not os.environ.get(self.name):
            raise LoginRefusedError(f"no access token: the variable {self.name} is not set")
        return _checked(os.environ[self.name], f"what {self.name} holds")


def _checked(text: str, what: str) -> str:
    """The token alone. What it is instead is not shown: it may be a secret."""
    token = text.strip()
    if not BEARER.fullmatch(token):
        raise LoginRefusedError(f"no access token: {what} is not a token alone on one line")
    return token
