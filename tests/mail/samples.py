"""A workbook, the fields of a message, and a pace that never waits: what the tests of mail share."""

import email
import email.policy
import errno
import itertools
import os
import random
from datetime import UTC, datetime

from tests.receive.hostile import good
from workbook.mail import Bundle, Pace

SENDER = "sender@example.com"
WORKBOOK = good.packed(good.xlsx())
LARGE = good.packed(good.xlsx(**{"xl/media/image1.png": random.Random(7).randbytes(6_000_000)}))
FIELDS = {
    "project": "Checkout rescue",
    "recommendation": "Freelancer, then hire",
    "total": "41,200",
    "currency": "USD",
    "paid": "36,000",
    "besides": "USD 5,200 for the time of your own people",
    "budget": "It would be invoiced at USD 36,000 against a budget of 40,000: 4,000 to spare.",
    "alerts": "Only one path is left.\nLate: about 60 weeks.",
    "cheapest": "Freelancer throughout",
    "why_not": "It fits the answers less well.",
    "runner_up": "Agency",
    "runner_up_same_scope": "55,000",
}
WHEN = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


class Hurry(Pace):
    """A pace that never waits, and writes down for how long it would have."""

    def __init__(self, **more):
        self.now, self.slept = 0.0, []
        super().__init__(clock=lambda: self.now, sleep=self.pass_time, **more)

    def pass_time(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def states(summary):
    return [outcome.state for outcome in summary.outcomes]


def alone(message):
    """The message with that workbook alone."""
    return Bundle((message,))


def parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def full_at(number):
    """In place of os.fsync: the disk is full from the call of that number on."""
    calls, real = itertools.count(1), os.fsync

    def fsync(handle):
        if next(calls) >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    return fsync
