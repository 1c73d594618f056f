"""Sending by Microsoft Graph to a stand-in for it: drafts, large files, refusals, and nothing sent twice."""

import pytest

from calc.scenario.faults import Refused
from tests.mail.graph_server import CLIENT, SECRET, TENANT, GraphMailbox, served_graph
from tests.mail.samples import FIELDS, LARGE, SENDER, WORKBOOK, Hurry, states
from workbook.mail import CommandToken, EntraToken, Graph, Outgoing, Server, VariableToken, composed, send
from workbook.mail.picture import Picture


@pytest.fixture
def graph_mailbox():
    return GraphMailbox()


@pytest.fixture
def graph(graph_mailbox, certificate, monkeypatch):
    """How to reach the stand-in, as arguments of Graph."""
    running = served_graph(graph_mailbox, certificate)
    monkeypatch.setenv("TOKEN", "good-token")
    port = running.server_address[1]
    yield {
        "token": VariableToken("TOKEN"),
        "host": "localhost",
        "port": port,
        "authority": certificate[0],
        "timeout": 10,
    }
    running.shutdown()
    running.server_close()


def test_a_message_goes_out_once_with_text_picture_and_workbook(graph, graph_mailbox, messages, tmp_path):
    made = messages("ada", "bob")
    run = {"pace": Hurry(), "picture": lambda _: Picture("png", b"\x89PNG picture")}
    assert states(send(made, tmp_path / "l", Graph(**graph), **run)) == ["sent", "sent"]
    assert states(send(made, tmp_path / "l", Graph(**graph), **run)) == ["already", "already"]
    assert graph_mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}
    first = graph_mailbox.taken[0]
    assert first["subject"] == "Checkout rescue: Freelancer, then hire"
    assert first["body"]["contentType"] == "html"
    workbook, picture = first["attachments"]
    assert (workbook["name"], workbook["content"]) == ("checkout rescue.xlsx", WORKBOOK)
    assert workbook["contentType"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert (picture["isInline"], picture["content"]) == (True, b"\x89PNG picture")
    assert f'src="cid:{picture["contentId"]}"' in first["body"]["content"]
    assert graph_mailbox.drafts() == []


def test_a_workbook_of_more_than_three_megabytes_is_uploaded_in_parts(
    graph, graph_mailbox, messages, workbook, tmp_path
):
    workbook.write_bytes(LARGE)
    assert states(send(messages("ada"), tmp_path / "l", Graph(**graph), pace=Hurry())) == ["sent"]
    [(_, item, _)] = graph_mailbox.uploads.values()
    assert (item["size"], item["name"]) == (len(LARGE), "checkout rescue.xlsx")
    assert graph_mailbox.taken[0]["attachments"][0]["content"] == LARGE


def test_drafts_wait_in_the_mailbox_and_are_sent_on_request_and_not_made_twice(
    graph, graph_mailbox, messages, tmp_path
):
    made = messages("ada", "bob", "cyd", "dan")
    leave = Graph(**graph, drafts=True)
    assert states(send(made, tmp_path / "l", leave, pace=Hurry())) == ["drafted"] * 4
    assert states(send(made, tmp_path / "l", leave, pace=Hurry())) == ["already"] * 4
    assert (len(graph_mailbox.drafts()), graph_mailbox.taken) == (4, [])
    by_hand, deleted, *_ = graph_mailbox.drafts()
    by_hand["isDraft"] = False
    del graph_mailbox.items[deleted["id"]]
    summary = send(made, tmp_path / "l", Graph(**graph), pace=Hurry())
    assert states(summary) == ["sent", "unknown", "sent", "sent"]
    assert "no longer in the mailbox" in summary.outcomes[1].detail
    assert graph_mailbox.counts() == {"cyd@example.org": 1, "dan@example.org": 1}
    again = {"pace": Hurry(), "repeat_unknown": True}
    assert states(send(made, tmp_path / "l", Graph(**graph, renew=True), **again)) == [
        "already",
        "sent",
        "already",
        "already",
    ]
    assert graph_mailbox.counts()["bob@example.org"] == 1


def test_a_draft_is_not_sent_by_a_mail_server_as_well(graph, graph_mailbox, server, mailbox, messages, tmp_path):
    made = messages("ada")
    assert states(send(made, tmp_path / "l", Graph(**graph, drafts=True), pace=Hurry())) == ["drafted"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown"]
    assert not mailbox.taken
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_unknown=True)) == ["sent"]


def test_throttled_messages_wait_as_long_as_the_service_asks(graph, graph_mailbox, messages, tmp_path):
    pace = Hurry(chance=lambda: 0, first_wait=1)
    summary = send(messages("later-1", "closed-1", "busy-1", "ada"), tmp_path / "l", Graph(**graph), pace=pace)
    assert states(summary) == ["sent", "sent", "deferred", "sent"]
    assert max(pace.slept) >= 14  # 17 seconds after its attempt, less those that the other messages took
    assert "429 ApplicationThrottled" in summary.outcomes[2].detail
    assert graph_mailbox.requests["POST messages"] == 4  # the same draft at every attempt
    assert graph_mailbox.tried["busy-1@example.org"] == 4


def test_a_refused_recipient_is_not_tried_again(graph, graph_mailbox, messages, tmp_path):
    for _ in range(2):
        assert states(send(messages("never-1", "ada"), tmp_path / "l", Graph(**graph), pace=Hurry()))[0] == "refused"
    assert graph_mailbox.tried["never-1@example.org"] == 1


def test_what_was_cut_off_is_sent_if_the_mailbox_shows_it_and_else_unknown(graph, graph_mailbox, messages, tmp_path):
    made = messages("cutbefore-1", "cutafter-1", "brokenbefore-1", "brokenafter-1", "slow-1")
    expected = ["unknown", "sent", "unknown", "sent", "unknown"]
    assert states(send(made, tmp_path / "l", Graph(**graph), pace=Hurry())) == expected
    next(item for item in graph_mailbox.taken if item["isDraft"])["isDraft"] = False
    later = ["unknown", "already", "unknown", "already", "sent"]
    assert states(send(made, tmp_path / "l", Graph(**graph), pace=Hurry())) == later
    assert max(graph_mailbox.counts().values()) == 1
    again = send(made, tmp_path / "l", Graph(**graph, renew=True), pace=Hurry(), repeat_unknown=True)
    assert states(again) == ["sent", "already", "sent", "already", "already"]
    assert set(graph_mailbox.counts().values()) == {1}
    assert graph_mailbox.requests["POST messages"] == 5  # a repetition sends the draft that is there


def test_a_token_that_expires_on_the_way_is_fetched_anew(graph, graph_mailbox, messages, tmp_path, monkeypatch):
    tokens = iter(["good-token", "next-token"])

    def token():
        now = next(tokens)
        graph_mailbox.tokens.add(now)
        return now

    made = messages("expired-1", "ada")
    assert states(send(made, tmp_path / "l", Graph(**graph | {"token": token}), pace=Hurry())) == ["sent", "sent"]
    assert set(graph_mailbox.counts().values()) == {1}


@pytest.mark.parametrize(
    ("change", "state", "says"),
    [
        ({"token": VariableToken("NONE")}, "refused", "the variable NONE is not set"),
        ({"token": lambda: "old"}, "refused", "401 InvalidAuthenticationToken"),
        ({"sender": "forbidden@example.com"}, "refused", "needs the permissions Mail.ReadWrite and Mail.Send"),
        ({"sender": "nobody@example.com"}, "deferred", "nobody@example.com"),
        ({"authority": None}, "deferred", "certificate of localhost is not valid"),
        ({"port": 1}, "deferred", "localhost:1"),
    ],
)
def test_a_service_that_takes_nothing_ends_the_run_and_a_later_one_sends(
    change, state, says, graph, graph_mailbox, workbook, tmp_path
):
    sender = change.get("sender", SENDER)
    made = composed([Outgoing(f"{name}@example.org", name, FIELDS, workbook) for name in "ab"], sender)
    bad = Graph(**graph | {name: value for name, value in change.items() if name != "sender"})
    summary = send(made, tmp_path / "l", bad, pace=Hurry())
    assert states(summary) == [state] * 2
    assert says in summary.outcomes[0].detail
    assert not graph_mailbox.taken
    if sender == SENDER:
        assert states(send(made, tmp_path / "l", Graph(**graph), pace=Hurry())) == ["sent", "sent"]


def test_half_a_draft_of_an_attempt_that_was_cut_off_is_removed(graph, graph_mailbox, messages, tmp_path, monkeypatch):
    made, attach = messages("ada"), "workbook.mail.graph.GraphConnection._attach"
    with monkeypatch.context() as broken:
        broken.setattr(attach, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(made, tmp_path / "l", Graph(**graph), pace=Hurry())
    assert [draft["attachments"] for draft in graph_mailbox.drafts()] == [[]]
    assert states(send(made, tmp_path / "l", Graph(**graph, drafts=True), pace=Hurry())) == ["drafted"]
    assert [len(draft["attachments"]) for draft in graph_mailbox.drafts()] == [1]


def test_an_application_logs_in_with_its_secret_and_a_person_with_a_code(
    graph, graph_mailbox, certificate, messages, tmp_path, monkeypatch
):
    pytest.importorskip("msal")
    said = []
    entra = {"tenant": TENANT, "client": CLIENT, "login": f"localhost:{graph['port']}", "authority": certificate[0]}
    monkeypatch.setenv("ENGAGEMENT_CLIENT_SECRET", SECRET)
    login = Graph(**graph | {"token": EntraToken(**entra, say=said.append)})
    assert states(send(messages("ada"), tmp_path / "l", login, pace=Hurry())) == ["sent"]
    assert said == []
    monkeypatch.setenv("ENGAGEMENT_CLIENT_SECRET", "wrong")
    summary = send(messages("bob"), tmp_path / "l", Graph(**graph | {"token": EntraToken(**entra)}), pace=Hurry())
    assert states(summary) == ["refused"]
    assert "AADSTS7000215" in summary.outcomes[0].detail
    monkeypatch.delenv("ENGAGEMENT_CLIENT_SECRET")
    login = Graph(**graph | {"token": EntraToken(**entra, say=said.append)})
    assert states(send(messages("bob"), tmp_path / "l", login, pace=Hurry())) == ["sent"]
    assert "enter the code ABCD" in said[0]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("nowhere-at-all",), "nowhere-at-all cannot be run"),
        (("python3", "-c", "import sys; sys.exit('log in\\x1b first')"), "ended with code 1: log in"),
        (("python3", "-c", "print('two words')"), "is not a token alone on one line"),
    ],
)
def test_a_command_that_gives_no_token_is_named_with_its_reason_and_not_what_it_printed(
    command, says, messages, tmp_path
):
    server = Server("localhost", 1, token=CommandToken(command))
    with pytest.raises(Exception, match=says) as caught:
        server.token()
    assert "two words" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_command_gets_its_arguments_as_they_are():
    assert CommandToken(("python3", "-c", "import sys; print(sys.argv[1].replace('$', ''))", "$HOME"))() == "HOME"


def test_a_draft_with_a_foreign_id_in_the_ledger_is_refused(tmp_path, messages, graph):
    (tmp_path / "l").write_text('{"at": "x", "key": "a", "to": "b", "state": "drafted", "detail": "", "draft": 1}\n')
    with pytest.raises(Refused, match="not written by this program"):
        send(messages("ada"), tmp_path / "l", Graph(**graph))
