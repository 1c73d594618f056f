"""Every other answer to a single question, against the second program."""

from calc import catalogue


def test_every_answer_flips_to_the_path_that_the_second_program_recommends_and_no_other_does(cases):
    for searches, judge in cases:
        now = judge.path({})
        outcome = {(flip.question, flip.answer): flip.path for flip in searches.flips}
        for question in catalogue.questions():
            for answer in ("yes", "no", "unknown"):
                assert outcome.get((question, answer), now) == judge.path({question: answer})


def test_a_question_still_open_comes_first_and_says_what_was_given(cases):
    for searches, judge in cases:
        known = [flip.given != "unknown" for flip in searches.flips]
        assert known == sorted(known)
        assert all(flip.given == judge.given(flip.question) != flip.answer for flip in searches.flips)
