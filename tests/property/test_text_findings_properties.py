"""Whatever is said: what is found stands at its place in the text, and does not depend on what was heard before."""

from hypothesis import example, given
from hypothesis import strategies as st

from processors.analysis.action_items import find_actions
from processors.analysis.names.extraction import NameFinder, name_key
from processors.analysis.questions import find_questions
from processors.analysis.terms import prepare, terms
from processors.analysis.trackers import Tracker, TrackerIndex

prepare()  # reading the dictionaries would take the first example longer than one may take

WORDS = """
    we use Fabrikam CRM printer printeren 3D-printersalget contoso three sixty Contoso 360 what do you cost hvad koster
    det I'll send it jeg sender dig . ? , - ' [phone] [email] iPhone 15 A/S & Å ß İ ’s
"""
SPOKEN = st.lists(st.sampled_from(sorted(set(WORDS.split()))), max_size=14).map(" ".join)
TEXTS = st.one_of(SPOKEN, st.text(max_size=80))
LANGUAGES = st.sampled_from(["da", "en", "en-US", "de", None])
TRACKERS = (
    Tracker("p", "3D-printer", "keyword"),
    Tracker("c", "Contoso", "competitor"),
    Tracker("c360", "Contoso 360", "competitor"),
    Tracker("f", "Fabrikam", "competitor", side="customer"),
)


@given(TEXTS, LANGUAGES)
@example("İ Contoso", "en")
@example("\ud800 Contoso?", "da")
def test_what_is_found_stands_at_its_place(text: str, language: str | None) -> None:
    for mention in TrackerIndex(TRACKERS).find(text, language, "customer"):
        assert text.startswith(mention.surface, mention.start)
    for name in NameFinder().find(text, language):
        assert text.startswith(name.surface, name.start)
        assert name.key
        assert name.key == name_key(name.surface)
    for question in find_questions(text, language):
        assert text.startswith(question.sentence, question.start)
    for action in find_actions(text, language):
        assert text.startswith(action.sentence, action.start)


@given(st.lists(st.tuples(TEXTS, LANGUAGES), max_size=5), TEXTS, LANGUAGES)
def test_findings_do_not_depend_on_what_was_heard_before(
    earlier: list[tuple[str, str | None]], text: str, language: str | None
) -> None:
    index, names = TrackerIndex(TRACKERS), NameFinder(["Fabrikam"])
    for heard, spoken in earlier:
        index.find(heard, spoken, "seller")
        names.find(heard, spoken)

    assert index.find(text, language, "customer") == TrackerIndex(TRACKERS).find(text, language, "customer")
    assert names.find(text, language) == NameFinder(["Fabrikam"]).find(text, language)


@given(SPOKEN, LANGUAGES)
def test_the_order_of_trackers_does_not_matter(text: str, language: str | None) -> None:
    forward, backward = TrackerIndex(TRACKERS), TrackerIndex(TRACKERS[::-1])

    assert forward.find(text, language, "customer") == backward.find(text, language, "customer")


@given(
    st.lists(
        st.sampled_from(["sap", "SAP", "saps", "sapling", "x-sap", "sap.", "(sap)", "asap"]), max_size=12
    )
)
def test_without_forms_a_one_word_tracker_is_found_as_a_whole_word(chunks: list[str]) -> None:
    tracker = Tracker("s", "SAP", "competitor", word_forms=False, compounds=False)

    found = TrackerIndex([tracker]).find(" ".join(chunks), "en", "seller")

    assert len(found) == sum(chunk.lower() in {"sap", "x-sap", "sap.", "(sap)"} for chunk in chunks)


@given(TEXTS, LANGUAGES)
def test_a_question_stands_where_it_is_said_to_and_is_open_or_closed(text: str, language: str | None) -> None:
    for question in find_questions(text, language):
        assert text.startswith(question.sentence, question.start)
        assert question.kind in ("open", "closed")


@given(TEXTS, LANGUAGES)
def test_terms_are_lower_case(text: str, language: str | None) -> None:
    assert all(term.base and term.base == term.base.lower() for term in terms(text, language, frozenset()))
