"""Whose certificates a connection trusts."""

import ssl
from pathlib import Path

from workbook.mail.refusal import NeverError


def trusting(authority: Path | None) -> ssl.SSLContext:
    """A context for TLS that trusts the system's certificates, and those of a file besides; NeverError if it holds none."""
    context = ssl.create_default_context()
    if authority:
        try:
            context.load_verify_locations(authority)
        except OSError as error:  # ssl.SSLError is one too
            raise NeverError(f"{authority} holds no readable certificates: {error}") from None
    return context
