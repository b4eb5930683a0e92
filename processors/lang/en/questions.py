"""How English asks: the grammar of `processors.analysis.questions`, in lower case."""

from typing import Final

from processors.lang import alternation, pairs, word_set
from processors.lang.schema import QuestionGrammar

PARTS: Final = {
    "wh": alternation("what when where who whom whose why how which"),
    "be": "(?:is|are|was|were)(?:n't)?",
    "aux": "(?:do|does|did|can|could|would|will|should|have|has|had|might|must)(?:n't)?|can't|won't|shall|may|am",
    "person": alternation("i you we they he she"),
    "thing": alternation("it that this these those there"),
    "article": alternation("the a an your my our his her their its any some all both"),
    "someone": alternation(
        "anyone anybody anything someone somebody something everyone everybody everything"
    ),
    "subject": "<person>|<thing>|<article>|<someone>",
    "day": alternation(
        "monday tuesday wednesday thursday friday saturday sunday tomorrow today tonight morning noon afternoon"
        " one two"
        " three four five six seven eight nine ten eleven twelve"
    ),
    "contracted": alternation(
        "i'm you're we're they're it's that's there's i'll you'll we'll they'll i've you've we've"
    ),
}
GRAMMAR: Final = QuestionGrammar(
    parts=PARTS,
    openings=word_set(
        "okay ok dokey okey alright right so and but or then now well um umm uh uhh er erm hm hmm mhm mm oh ah"
        " yes yeah"
        " yep yup no nope sure great perfect good cool nice wonderful excellent fine hi hello hey sorry thanks"
        " please"
        " just also actually anyway like first because 0 00 000"
    ),
    opening_pairs=frozenset(
        {
            ("all", "right"),
            ("thank", "you"),
            ("you", "know"),
            ("i", "mean"),
            ("excuse", "me"),
            ("quick", "question"),
            ("sounds", "good"),
            ("got", "it"),
        }
    ),
    question_words=word_set("what when where who whom whose why how which"),
    open_starts=word_set(
        "what when where who whom whose why how which what's where's who's how's when's why's what're whats wheres"
        " whos hows how'd where'd what'd what'll in on for at by with to from of about tell walk talk help i i'd"
    ),
    leads=word_set("in on for at by with to from of about i"),
    open_pairs=frozenset({("i", "would")}),
    open_clause=(
        r"(?:(?:in|on|for|at|by|with|to|from|of|about) )?(?:"
        r"(?:what|where|who|when|how|why)'?(?:s|re|d|ll)\b|what (?:if|about|what)\b|how (?:about|come)\b|why not\b"
        r"|<wh> (?!(?:<subject>|<contracted>) )(?:[\w'-]+ ){0,5}?(?:<aux>|<be>) (?:not )?(?:<subject>)\b"
        r"|(?:what|where|who|when|how|why|whose) (?:<be>)\b"
        r"|(?:what|who) (?:will|would|can|could|should|might|does|did|do|has|else)\b"
        r"|(?:when|where) (?:would|will|might) (?:be|work|suit)\b"
        r"|what (?:happened|happens|brings|brought|makes|made|kind|type|sort)\b"
        r"|how (?:many|much|long|often|far|soon|big|large|old|fast)\b|which (?:one|ones|of)\b"
        r"|which [\w-]+ (?:suits|works|fits|do|does|did|is|are|was|would|will|can|has|have)\b"
        r"|who (?!(?:knows|cares|wants)\b)(?:else )?[a-z]{2,}(?<!s)s\b(?! (?:is|are|was)\b))"
        r"|(?:tell|walk|talk) (?:me|us) (?:[a-z]+ ){0,3}?(?:about|through|<wh>)\b|help (?:me|us) understand"
        r"|i(?:'d| would) (?:really |just )?(?:like|love) to (?:know|hear|understand) (?:more|about|<wh>)\b"
    ),
    open_anywhere=(
        r"\b<wh> (?!(?:<subject>|<contracted>) )(?:[\w-]+ ){0,3}?(?:<aux>|<be>) (?:<person>|it)\b"
        r"|\bwhich one(?:'s| is| are| would| do)\b|\b(?:wondering|curious)(?: about| to (?:know|hear))? (?:<wh>)\b"
    ),
    closed_starts=r"<aux>|<be>|anyone|anybody|any|anything|mind|want|need|sound|make",
    closed_clause=(
        r"(?:<be>|does|did|has|will|would|could|can|should|shall)(?:n't)? (?:not )?(?:<subject>)\b"
        r"|(?:can't|won't|didn't|doesn't) (?:<subject>)\b|(?:do|don't|have|haven't|had|might|must"
        r"|am) (?:<person>)\b"
        r"|(?:<aux>|<be>) (?:<day>)(?: \w+)? (?:work|suit|fit|be|ok|okay|good|fine|better|possible|too)\b"
        r"|any (?:questions|thoughts|concerns|objections|feedback|chance|idea|news)\b|anything (?:else|i|we|you)\b"
        r"|sound (?:good|okay|ok|fair|right|reasonable)(?: to (?:you|everyone))?$"
        r"|make(?: any)? sense(?: to you| so far)?$"
        r"|mind if\b|(?:want|need) (?:me|us) to\b"
        r"|may (?:i|we)\b|do any of\b|any(?:one|body) (?:know|knows|else|want|wants|going|have|has|tried|seen)\b"
    ),
    closed_pairs=pairs("do did can could would will shall don't can't couldn't wouldn't", "you we i they")
    | pairs("should", "we i they")
    | pairs("have are", "you")
    | pairs("is", "there", "any a some another")
    | pairs("is", "that", "right correct okay ok fine")
    | pairs("does would will", "that this")
    | pairs("wondering wonder curious", "if whether")
    | pairs("to", "know", "if whether"),
    no_question_after=word_set(
        "i so as to nor we he you they than she that who only ever how it what if neither never would could"
        " will should"
        " can may might must where when why let"
    ),
    bare_tag=(
        r"(?:so |and |okay |ok |well )*(?:you|it|that|this|we|they|there|he|she|i)\b.* (?!(?:all|is|are|am|was"
        r"|were|be|been|the"
        r"|get|got|gets|getting|it|quite|not|just|about|yeah|yes|done|do|does|doing|did|you're|that's|it's"
        r"|they're|exactly"
        r"|absolutely|totally|to|on|out|up|looks?|sounds?|seems?|feels?|a|my|your|our|his|her|their|every|human"
        r"|far|of)\b)"
        r"[\w'-]+ right$"
    ),
    tags=frozenset(
        pairs(
            "isn't aren't doesn't don't didn't wasn't won't can't couldn't wouldn't haven't hasn't",
            "it you they he she we that",
        )
    ),
    last_words=frozenset({"right", "correct", "huh", "eh"}),
    statement=(
        r"which (?:is|was|are|were|means)\b|did (?:that|this|it) (?:last|yesterday|already|before|once|twice)\b"
        r"|does the (?:job|trick)\b|were it not\b|(?:am|are|is|was|were) (?:i|we|they|he|she) (?:ever|so"
        r"|really) \w+"
        r"|how (?:great|nice|cool|awesome|good|lovely|sweet|funny|amazing|kind) (?:is|was|are) (?:that|this|it"
        r"|you)\W*$|should you (?:need|have|wish|want|find|require)\b|had <person>\b"
        r"|(?:<aux>|<be>) (?:i|we|they)\W*$"
        r"|what (?:is|was) (?:important|more|interesting|great|nice|good)\b|how (?:many|much|long|often|far),"
    ),
    request=(
        r"(?:please )?(?:give|tell|describe|explain|name|spell|list|walk)\b|(?:what|how|why|when|where|who)\b"
        r"|(?:your|the) (?!.*\b(?:is|are|was|were|has|have|will|can|does|do)\b)"
        r"|.*\bplease$"
    ),
)
