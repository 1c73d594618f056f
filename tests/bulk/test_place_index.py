"""The index of a manifest: a dict's answers in a fraction of its memory."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from workbook.bulk.batch.place_index import PlaceIndex

KEYS = st.one_of(st.integers(-3, 3), st.text(alphabet="ab\ud800", max_size=2))


@given(st.lists(st.tuples(KEYS, st.integers(0, 9)), max_size=12))
def test_it_answers_as_a_dict_of_lists_would(added):
    index, known = PlaceIndex(), {}
    for key, place in added:
        index.add(key, place)
        known.setdefault(key, []).append(place)
    for key in [*known, 7, "no"]:
        assert index.places(key) == known.get(key, [])[::-1]
    assert index.shared() == {place for places in known.values() if len(places) > 1 for place in places}
    assert sorted(index.last()) == sorted(places[-1] for places in known.values())


def test_it_gives_rows_in_their_order_and_takes_less_than_64_bytes_for_each():
    tracemalloc.start()
    index = PlaceIndex()
    for row in range(50_000, 0, -1):
        index.add(row, 2 * row)
    assert list(index.last()) == list(range(2, 100_002, 2))
    index.places(1)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 64 * 50_000
