"""Sending by Microsoft Graph: each message is a draft in the sender's mailbox first, and then sent, or left there.

A draft has an id that stays when it moves to the sent items. So where the answer to the sending is lost, the service can
be asked: what is no draft any more has gone out. Until it says so, the message is unknown and is not sent again.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from workbook.mail.access_token import Token
from workbook.mail.attachment import TYPES
from workbook.mail.bundle import Bundle
from workbook.mail.delivery import Delivery
from workbook.mail.envelope import attached_pictures, html_with, shown_pictures
from workbook.mail.graph_requests import UNAUTHORIZED, Answer, CutError, Requests
from workbook.mail.ledger import Ledger
from workbook.mail.picture import Picture
from workbook.mail.refusal import LoginRefusedError, NeverError, NotNowError

HOST = "graph.microsoft.com"
# A file of up to 3 MB goes in one request, a larger one in parts of at most 4 MB, which are multiples of 320 KiB.
LARGEST_AT_ONCE, PART = 3_000_000, 12 * 320 * 1024
CREATED, ACCEPTED, FORBIDDEN, GONE, TOO_MANY, UNAVAILABLE = 201, 202, 403, 404, 429, 503
PERMISSIONS = (
    "the token needs the permissions Mail.ReadWrite and Mail.Send for this mailbox; for an application, an administrator "
    "has to consent to them"
)
DELETED = "its draft is no longer in the mailbox: it was deleted, or sent and moved away"


@dataclass(frozen=True)
class Graph:
    """The mailbox of the sender by Microsoft Graph. token: gives an access token for it.

    drafts: leave the messages as drafts; renew: make a new draft where one is gone, though it may have been sent;
    timeout: seconds for each step; patience: seconds to wait for the answer after a message; authority: certificates to
    trust besides the system's.
    """

    token: Token
    host: str = HOST
    port: int = 443
    authority: Path | None = None
    drafts: bool = False
    renew: bool = False
    timeout: float = 60
    patience: float = 600

    remembers = True

    def open(self) -> GraphConnection:
        """A connection with a token. Raises NotNowError or NeverError."""
        requests = Requests(self.token, self.host, self.port, self.authority, self.timeout)
        requests.start()
        return GraphConnection(requests, self)


class _Declined(Exception):
    """The service did not take a part of the draft."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.detail)
        self.delivery = delivery


class GraphConnection:
    """Messages as drafts in a mailbox, and on their way."""

    def __init__(self, requests: Requests, service: Graph) -> None:
        self._requests, self._service = requests, service

    def deliver(self, bundle: Bundle, when: datetime, pictures: Sequence[Picture | None], ledger: Ledger) -> Delivery:
        """Make the draft, unless it is there, and send it. The service dates the message itself."""
        try:
            draft = ledger.draft(bundle)
            if draft:
                known = self._state(draft, bundle)
                if known != "draft" and not (known == "gone" and self._service.renew):
                    return _known(known)
                draft = draft if known == "draft" else ""
            if not draft:
                draft = self._drafted(bundle, pictures, ledger)
            if self._service.drafts:
                return Delivery("drafted", f"in the drafts of {bundle.sender.addr_spec}", True)
            return self._sent(draft, bundle, ledger)
        except NotNowError as error:
            return Delivery("deferred", str(error), False)
        except _Declined as declined:
            return declined.delivery

    def found_out(self, draft: str, bundle: Bundle) -> Delivery:
        try:
            return _known(self._state(draft, bundle)) if draft else _known("draft")
        except (NotNowError, _Declined) as error:
            return Delivery("unknown", f"by an earlier run; {error}", False)

    def quit(self) -> None:
        self.close()

    def close(self) -> None:
        self._requests.close()

    def _sent(self, draft: str, bundle: Bundle, ledger: Ledger) -> Delivery:
        path = f"{_messages(bundle)}/{quote(draft, safe='')}/send"
        before = ledger.state(bundle.messages[0]) or "drafted"
        try:
            answer = self._requests.order(path, lambda: ledger.record(bundle, "sending"), self._service.patience)
        except CutError as error:
            return self._perhaps(draft, bundle, f"cut before the answer: {error}")
        if answer.status == ACCEPTED:
            return Delivery("sent", answer.says, True)
        if answer.status < 500 or (answer.status == UNAVAILABLE and answer.wait):
            try:
                self._judged(answer, bundle)
            except NeverError:
                ledger.record(bundle, before)  # it surely has not gone out
                raise
        return self._perhaps(draft, bundle, answer.says)

    def _perhaps(self, draft: str, bundle: Bundle, detail: str) -> Delivery:
        """What became of a message whose sending was not answered."""
        try:
            if self._state(draft, bundle) == "sent":
                return Delivery("sent", f"{detail}; it is no draft any more", False)
        except (NotNowError, NeverError, _Declined):
            pass
        return Delivery("unknown", detail, False)

    def _state(self, draft: str, bundle: Bundle) -> str:
        """draft, sent, or gone."""
        answer = self._requests.ask("GET", f"{_messages(bundle)}/{quote(draft, safe='')}?$select=id,isDraft")
        if answer.status == GONE:
            return "gone"
        if not isinstance(answer.content.get("isDraft"), bool):
            self._judged(answer, bundle)
        return "draft" if answer.content.get("isDraft") else "sent"

    def _drafted(self, bundle: Bundle, pictures: Sequence[Picture | None], ledger: Ledger) -> str:
        """Make the draft with all that belongs to it; its id."""
        if ledger.state(bundle.messages[0]) == "drafting":  # an attempt was cut off; half a draft may stand there
            self._remove_halves(bundle)
        ledger.record(bundle, "drafting")
        inline = list(shown_pictures(bundle, pictures))
        draft = self._created(_messages(bundle), _as_json(bundle, html_with(bundle, inline)), bundle)
        for file in _files(bundle, pictures, inline):
            self._attach(f"{_messages(bundle)}/{quote(draft, safe='')}/attachments", file, bundle)
        ledger.record(bundle, "drafted", draft=draft)
        return draft

    def _remove_halves(self, bundle: Bundle) -> None:
        query = urlencode(
            {"$filter": f"internetMessageId eq '{bundle.identifier}'", "$select": "id,isDraft"}, quote_via=quote
        )
        answer = self._requests.ask("GET", f"{_messages(bundle)}?{query}")
        if answer.status != 200:
            self._judged(answer, bundle)
        for item in answer.content.get("value", ()):
            if item["isDraft"]:
                self._requests.ask("DELETE", f"{_messages(bundle)}/{quote(item['id'], safe='')}")

    def _attach(self, path: str, file: Mapping[str, Any], bundle: Bundle) -> None:
        data: bytes = file["data"]
        described = {name: value for name, value in file.items() if name != "data"}
        if len(data) <= LARGEST_AT_ONCE:
            body = {"@odata.type": "#microsoft.graph.fileAttachment", **described}
            self._created(path, body | {"contentBytes": base64.b64encode(data).decode()}, bundle)
            return
        item = {"attachmentType": "file", "size": len(data), **described}
        answer = self._requests.ask("POST", f"{path}/createUploadSession", {"AttachmentItem": item})
        if answer.status != CREATED or not isinstance(answer.content.get("uploadUrl"), str):
            self._judged(answer, bundle)
        for start in range(0, len(data), PART):
            part = data[start : start + PART]
            reached = f"bytes {start}-{start + len(part) - 1}/{len(data)}"
            taken = self._requests.put(answer.content["uploadUrl"], part, reached)
            if taken.status not in (200, CREATED, ACCEPTED):
                self._judged(taken, bundle)

    def _created(self, path: str, body: Mapping[str, Any], bundle: Bundle) -> str:
        answer = self._requests.ask("POST", path, body)
        if answer.status != CREATED or not isinstance(answer.content.get("id"), str):
            self._judged(answer, bundle)
        return str(answer.content["id"])

    def _judged(self, answer: Answer, bundle: Bundle) -> None:
        """Raises what an answer means that is not the one hoped for."""
        if answer.status == UNAUTHORIZED:
            raise LoginRefusedError(f"the token was refused: {answer.says}")
        if answer.status == FORBIDDEN:
            raise LoginRefusedError(f"{bundle.sender.addr_spec} may not be used: {answer.says}. {PERMISSIONS}")
        if answer.status == GONE:
            raise NeverError(f"the mailbox {bundle.sender.addr_spec} or the draft in it is not there: {answer.says}")
        if answer.status == TOO_MANY or not 400 <= answer.status < 500:
            raise _Declined(Delivery("deferred", answer.says, True, answer.wait))
        raise _Declined(Delivery("refused", answer.says, True))


def _known(state: str) -> Delivery:
    if state == "sent":
        return Delivery("sent", "it has gone out already, as the mailbox shows", True)
    return Delivery("unknown", DELETED if state == "gone" else "by an earlier run; it is still a draft", True)


def _messages(bundle: Bundle) -> str:
    return f"/v1.0/users/{quote(bundle.sender.addr_spec, safe='@')}/messages"


def _as_json(bundle: Bundle, html: str) -> dict[str, Any]:
    words, to = bundle.words, bundle.recipient
    body = (
        {"contentType": "text", "content": words.text}
        if words.html is None
        else {"contentType": "html", "content": html}
    )
    return {
        "subject": words.subject,
        "body": body,
        "toRecipients": [{"emailAddress": {"address": to.addr_spec, "name": to.display_name or to.addr_spec}}],
        "internetMessageId": bundle.identifier,
    }


def _files(
    bundle: Bundle, pictures: Sequence[Picture | None], inline: Sequence[tuple[str, Picture]]
) -> Iterator[dict[str, Any]]:
    """What is attached: name, contentType and data of each."""
    for message, name in zip(bundle.messages, bundle.file_names, strict=True):
        kind = "/".join(TYPES[message.attachment.suffix.lower()])
        yield {"name": name, "contentType": kind, "data": message.workbook()}
    for name, picture in attached_pictures(bundle, pictures):
        yield {"name": name, "contentType": "/".join(picture.type), "data": picture.data}
    for name, picture in inline:
        kind = "/".join(picture.type)
        yield {
            "name": f"{name}.{picture.kind}",
            "contentType": kind,
            "data": picture.data,
            "isInline": True,
            "contentId": name,
        }
