"""Searches: what would have to be true, what to ask first, how firmly the recommendation stands, finding out first."""

from calc.searches.answering import Answering
from calc.searches.completions import Firmness, Swing, completed
from calc.searches.finding_out import FindingOut
from calc.searches.searches import Searches
from calc.searches.single_answers import AnswerFlip

__all__ = ["AnswerFlip", "Answering", "FindingOut", "Firmness", "Searches", "Swing", "completed"]
