"""Which build of the analyses the tests are of."""

import sys

import processors.analysis.analyser
import processors.analysis.sentiment.danish
from tests.support.compiled import COMPILED


def test_the_tests_are_of_the_build_that_was_asked_for() -> None:
    """`make test-compiled` puts what was compiled in front; a build that were passed over would look tested."""
    asked_for_compiled = str(COMPILED) in sys.path
    for module in (processors.analysis.analyser, processors.analysis.sentiment.danish):
        assert str(module.__file__).endswith(".py") != asked_for_compiled
