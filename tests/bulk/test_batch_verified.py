"""What was written is compared byte for byte; of the workbooks that are laid out together, one is inflated and parsed."""

import hashlib

import pytest

from tests.bulk.batches import orders
from workbook.bulk.batch.making import Kind, made
from workbook.bulk.batch.placing import DamagedError, put_aside
from workbook.files import whole
from workbook.files.archive import archive, contents, deflated
from workbook.files.content import packed_hash


@pytest.fixture(scope="module")
def workbooks():
    return list(made(orders(3), Kind()))


def without_an_end(content):
    """The workbook with a sheet that breaks off, in a zip that is whole."""
    members = contents(content)
    del members["xl/worksheets/sheet2.xml"][-1]
    return archive(deflated(name, bytes(member)) for name, member in members.items())


def test_the_first_of_a_chunk_stands_for_it(workbooks):
    assert [workbook.is_sample for workbook in workbooks] == [True, False, False]


def test_a_sample_that_is_no_workbook_is_not_written(workbooks, tmp_path):
    first = workbooks[0]
    broken = without_an_end(first.content)
    without_styles = {name: bytes(part) for name, part in contents(first.content).items() if name != "xl/styles.xml"}
    for content in (
        broken,
        archive(deflated(name, part) for name, part in without_styles.items()),
        first.content[:-9],
    ):
        with pytest.raises(DamagedError):
            put_aside(first._replace(content=content), tmp_path)
        assert list(tmp_path.iterdir()) == []
        # One that is no sample is taken as it was made.
        aside = put_aside(first._replace(content=broken, is_sample=False), tmp_path)
        (tmp_path / aside.temporary).unlink()


@pytest.mark.parametrize("at", [0, 1])
def test_every_workbook_is_what_its_line_says_and_one_that_reads_back_differently_is_not_kept(
    workbooks, tmp_path, monkeypatch, at
):
    aside = put_aside(workbooks[at], tmp_path)
    content = (tmp_path / aside.temporary).read_bytes()
    assert content == workbooks[at].content
    assert (aside.sha256, aside.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert aside.content == packed_hash(content)
    (tmp_path / aside.temporary).unlink()

    true_write = whole.written
    monkeypatch.setattr(whole, "written", lambda path, content, mode: true_write(path, content[:-1] + b"\x01"))
    with pytest.raises(DamagedError):
        put_aside(workbooks[at], tmp_path)
    assert list(tmp_path.iterdir()) == []
