"""A stand-in for Microsoft Graph and the login of Microsoft Entra ID, which answers as these document."""

import base64
import contextlib
import json
import re
import ssl
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

TENANT, CLIENT, SECRET = "example.com", "11111111-2222-3333-4444-555555555555", "s3cret~of.the_application"
MAILBOX = "sender@example.com"
LARGEST_PART = 4 * 1024 * 1024


class GraphMailbox:
    """A mailbox at the service: its drafts, what it sent, and how it treats a recipient by the first word of the address."""

    def __init__(self):
        self.items, self.taken, self.tried, self.requests = {}, [], Counter(), Counter()
        self.uploads, self.tokens, self.given = {}, {"good-token"}, 0
        self.lock = threading.Lock()

    def counts(self):
        return Counter(item["toRecipients"][0]["emailAddress"]["address"] for item in self.taken)

    def drafts(self):
        return [item for item in self.items.values() if item["isDraft"]]


def served_graph(mailbox, certificate):
    """The service on a free port of this machine, over TLS; it runs in a thread of its own."""

    class Handler(_Handler):
        graph = mailbox

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """A client that trusts nobody, or was cut off, is no error here."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    mailbox.base = f"https://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def _any(self):
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        with self.graph.lock, contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if parts.path.startswith(f"/{TENANT}/"):
                self._login(parts.path, data)
            elif parts.path.startswith("/upload/"):
                self._upload(parts.path, data)
            elif self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.graph.tokens:
                self._answer(401, _error("InvalidAuthenticationToken", "Access token has expired or is not yet valid."))
            else:
                self._mail(parts, data)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the standard library

    def _mail(self, parts, data):
        graph = self.graph
        match = re.fullmatch(
            r"/v1\.0/users/([^/]+)/messages(?:/([^/]+))?(?:/(send|attachments)(/createUploadSession)?)?", parts.path
        )
        assert self.headers["Prefer"] == 'IdType="ImmutableId"'
        owner, id, what, session = unquote(match[1]), match[2] and unquote(match[2]), match[3], match[4]
        graph.requests[f"{self.command} {what or ('message' if id else 'messages')}"] += 1
        if owner.startswith("nobody"):
            return self._answer(404, _error("ErrorInvalidUser", f"The requested user '{owner}' is invalid."))
        if owner.startswith("forbidden"):
            return self._answer(403, _error("ErrorAccessDenied", "Access is denied. Check credentials and try again."))
        if id and id not in graph.items:
            return self._answer(404, _error("ErrorItemNotFound", "The specified object was not found in the store."))
        if self.command == "GET" and not id:
            wanted = re.fullmatch(r"internetMessageId eq '(.*)'", parse_qs(parts.query)["$filter"][0])[1]
            same = [one for one in graph.items.values() if one["internetMessageId"] == wanted]
            return self._answer(200, {"value": [{"id": one["id"], "isDraft": one["isDraft"]} for one in same]})
        if self.command == "GET":
            return self._answer(200, {"id": id, "isDraft": graph.items[id]["isDraft"]})
        if self.command == "DELETE":
            del graph.items[id]
            return self._answer(204)
        if what == "send":
            return self._send(graph.items[id])
        given = json.loads(data)
        if session:
            upload = f"/upload/{len(graph.uploads)}"
            graph.uploads[upload] = (id, given["AttachmentItem"], bytearray())
            return self._answer(201, {"uploadUrl": graph.base + upload, "nextExpectedRanges": ["0-"]})
        if what == "attachments":
            content = base64.b64decode(given.pop("contentBytes"), validate=True)
            if len(content) > 3 * 1024 * 1024:
                return self._answer(413, _error("ErrorMessageSizeExceeded", "The message exceeds the maximum size."))
            return self._attached(graph.items[id], given, content)
        id = f"AAkALgAA/{len(graph.items)}+={graph.requests['POST messages']}"
        graph.items[id] = {**given, "id": id, "isDraft": True, "attachments": []}
        return self._answer(201, {"id": id, "isDraft": True})

    def _attached(self, item, given, content):
        item["attachments"].append({**given, "content": bytes(content)})
        self._answer(201, {"id": f"attachment {len(item['attachments'])}"})

    def _upload(self, path, data):
        assert "Authorization" not in self.headers
        id, item, content = self.graph.uploads[path]
        first, last, size = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", self.headers["Content-Range"]).groups())
        assert (first, last - first + 1, size) == (len(content), len(data), item["size"])
        assert len(data) <= LARGEST_PART
        content += data
        if len(content) == size:
            return self._attached(self.graph.items[id], item, content)
        return self._answer(200, {"nextExpectedRanges": [f"{len(content)}-"]})

    def _send(self, item):
        recipient = item["toRecipients"][0]["emailAddress"]["address"]
        self.graph.tried[recipient] += 1
        word, first = recipient.partition("-")[0], self.graph.tried[recipient] == 1
        if not item["isDraft"]:
            return self._answer(400, _error("ErrorInvalidOperation", "The item is not a draft."))
        if word == "busy" or (word == "later" and first):
            return self._answer(429, _error("ApplicationThrottled", "Too many requests."), {"Retry-After": "17"})
        if word == "closed" and first:
            return self._answer(503, _error("ServiceUnavailable", "Try again later."), {"Retry-After": "3"})
        if word == "never":
            return self._answer(400, _error("ErrorInvalidRecipients", "At least one recipient is not valid."))
        if word == "expired" and first:
            self.graph.tokens.clear()
            return self._answer(401, _error("InvalidAuthenticationToken", "Lifetime validation failed."))
        if word in ("brokenbefore", "cutbefore") and first:
            return self._answer(500, _error("InternalServerError", "")) if word == "brokenbefore" else self._cut()
        self.graph.taken.append(item)
        if word != "slow":  # the item is still among the drafts for a moment
            item["isDraft"] = False
        if word in ("brokenafter", "cutafter", "slow") and first:
            return self._answer(504, _error("UnknownError", "")) if word == "brokenafter" else self._cut()
        return self._answer(202)

    def _cut(self):
        self.close_connection = True
        self.connection.close()

    def _login(self, path, data):
        graph = self.graph
        if path.endswith("/.well-known/openid-configuration"):
            at = f"{graph.base}/{TENANT}/oauth2/v2.0"
            names = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "device_authorization_endpoint": "devicecode",
            }
            return self._answer(
                200, {"issuer": f"{graph.base}/{TENANT}/v2.0", **{name: f"{at}/{end}" for name, end in names.items()}}
            )
        given = {name: values[0] for name, values in parse_qs(data.decode()).items()}
        if path.endswith("/devicecode"):
            said = "To sign in, open https://login.example.com and enter the code ABCD"
            return self._answer(
                200,
                {
                    "user_code": "ABCD",
                    "device_code": "d",
                    "verification_uri": "https://login.example.com",
                    "expires_in": 900,
                    "interval": 1,
                    "message": said,
                },
            )
        right = given["client_id"] == CLIENT and (
            given.get("client_secret") == SECRET or given["grant_type"].endswith("device_code")
        )
        if not right:
            return self._answer(
                401, {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}
            )
        graph.given += 1
        token = f"token-{graph.given}.{given.get('scope', '').partition(' ')[0].replace('/', '-').replace(':', '')}"
        graph.tokens.add(token)
        return self._answer(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": token})

    def _answer(self, status, content=None, headers=()):
        data = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _error(code, message):
    return {"error": {"code": code, "message": message}}
