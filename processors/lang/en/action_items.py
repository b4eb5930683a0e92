"""How English promises: the grammar of `processors.analysis.action_items`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import PromiseGrammar

# "we'll have the contract over to you".
_HANDED: Final = (
    r"(?:it|that|this|them|(?:the|your|a|an)\ [\w-]+)"
    r"\ (?:\w+ed|sent|done|fixed|ready|over\ to|with\ you|out\ to)"
)
# "I'll ..." promises, whatever the verb, unless what follows is about oneself or about the talk itself.
_NO_PROMISE: Final = rf"""
    be
  | have(?!\ {_HANDED}) | see | say | believe | watch | need | want | think | know | feel | admit | remember | wait
  | manage | stay | like | love | miss | try | never | not | pay | buy | bet | lose | end\ up | live | stick | hold
  | start | go\ (?:with|for) | take\ (?:the|one|two|three|a|an|some|both|another)\b(?!\ look) | come\ straight | begin
  | let | get\ (?:used|there|it\b|a\b|to\ the) | tell\ you | ask\ you | explain | leave | make\ it | keep\ it
  | give\ (?:it|up) | just\ watch
"""
_WE_DEED: Final = rf"""
    send | e-?mail | ship | deliver | share | draft | get\ (?:back|this|that|it|these|those|them|you) | follow\ up
  | reach\ out | let\ you\ know | keep\ you | invite | check | look\ into | take\ care | find\ (?:out|a\ way) | contact
  | set\ (?:up|it|that|this) | schedule | book | arrange | reserve | order | prepare | put\ together | process | cancel
  | refund | credit | fix | update | make\ sure | confirm | do\ (?:that|it|this) | sort\ (?:it|that|this)\ out
  | call\ you
  | have\ {_HANDED}
"""
_SOON: Final = r"""
    today | tonight | tomorrow | this\ (?:afternoon|morning|evening|week) | next\ week | first\ thing | later
  | (?:on\ |by\ )?(?:mon|tues|wednes|thurs|fri)day | by\ (?:the\ )?end
"""
_MEANWHILE: Final = r"""
    (?:\ (?:just|also|then|definitely|certainly|personally|gladly|go\ ahead\ and|be\ sure\ to|make\ sure\ to|try\ to
        |quickly|right\ away|always))*
"""
GRAMMAR: Final = PromiseGrammar(
    speakers=word_set("i we i'll we'll i'm we're ill let you'll"),
    deeds=word_set(
        "i'll we'll will shall going gonna ill let sending emailing mailing forwarding shipping you'll"
    ),
    anywhere=rf"""\b(?:
      i(?:'ll|\ will|\ shall|'m\ going\ to|\ am\ going\ to|'m\ gonna) {_MEANWHILE}
      \ (?!(?:{_NO_PROMISE})\b) [a-z]+ \ ? (?!\ (?:when|if)\ i\b)
    | we(?:'ll|\ will|\ shall|'re\ going\ to|\ are\ going\ to|'re\ gonna) {_MEANWHILE} \ (?:{_WE_DEED})
    | ill\ (?:send|call|email|check|get\ back|follow\ up)
    | let\ me\ (?:just\ |go\ and\ )?(?:send|e-?mail|check\ (?:with|on)|get\ back|follow\ up|find\ out|look\ into
        |take\ (?:it|that|this)\ to)
    | (?:i'm|i\ am|we're|we\ are)\ (?:just\ |now\ |also\ )?
        (?:sending|e-?mailing|mailing|forwarding|shipping|correcting|fixing|booking)\ (?:it|this|that|you|the|them|a)
    | you'll\ (?:get|have|receive)\ (?!to\b|a\ chance).{{3,60}}?\b(?:from\ (?:me|us)|in\ your\ inbox|{_SOON})
    )\b""",
    no_item=(
        r"(?:\bokay|\bok|\bright)\W*$|"
        r"\b(?:two|three|four|a few|some) (?:people|men|guys|techs)\b|\b(?:around the clock|always"
        r"|every time)\b|\bwe'll (?:sort it out|find a way)\b"
        r"|\b(?:put it (?:on|in)|correct(?:ing)? it)\b(?!.*\b(?:send|call|mail))|\b(?:shall|should) i send\b|"
        r"\b(?:note (?:that|it|this|the|your|a)|notes? down|noted|(?:make|take) (?:a )?notes?"
        r"|write (?:that|it|this) down"
        r"|put (?:that|it|this) down|jot|mark (?:that|it) down"
        r"|make a note)\b"
        r"|\b(?:one (?:moment|second)|just a (?:moment|second|minute)|hold on|bear with me|right now"
        r"|look (?:that|it|this) up|pull (?:that|it|this) up)\b"
        r"|\bfind (?:out|it|that)\b(?!.*\b(?:get back|call|send|let you know|e-?mail|by|tomorrow)\b)"
        r"|\band i'll (?:read|look|listen|see)\b"
        r"|\b(?:if|maybe|perhaps|might|whenever|unless)\b|\b(?:walk|show|take|talk|guide) you (?:through|how"
        r"|what|around|a)\b|\bgive you (?:a|an) (?:idea|example|overview)\b"
        r"|\bi'll (?:do (?:that|it|this)|take (?:that|it|this)|get right on it|go over|repeat|try)\W*$"
        r"|\bcheck (?:my|our|the|your) (?:calendar|schedule|diary|notes|system|screen|records|account)\b"
        r"(?!.*\b(?:get back|call|send|let you know|e-?mail)\b)"
        r"|\bask (?:you )?(?:a|one|some)\b"
        r"|\bi'll (?:just )?check (?:that|it|this|on that)?\W*$|\bput you (?:on hold|through)\b|\btransfer you\b"
    ),
    content=(
        r"\b(?:quote|offer|proposal|contract|agreement|invoice|overview|e-?mail|mail|link|pric\w+|calculation"
        r"|plan|timeline|schedule|meeting|demo"
        r"|report|summary|recap|sample|list|document|deck|brochure|draft|sheet|specs?|calendar|invite"
        r"|invitation|credit|refund|order"
        r"|replacement|technician|consultant|engineer|colleague|manager|boss|warehouse|accounting|pilot"
        r"|reference|version|card"
        r"|appointment|package|shipment|delivery|ticket|trial|notes?|portal|access|licen[cs]e|training|data)s?\b"
        r"|\b(?:upload|draft|write up|dig out)\b|\bset (?:you|it|that|this) up\b|\bask [a-z]+ (?:to|about|whether|if)\b"
        r"|\b(?:send|email|e-mail|forward|ship|book|order|schedule|contact|invite|text|deliver|refund|replace"
        r"|cancel|reserve|confirm|investigate)(?:ing)?\b"
        r"|\b(?:call|ring) (?:you|him|her|them|back|your|the)\b|\bsort (?:it|that|this) out\b|\blook into\b"
        r"|\bget (?:that|it|this|the|your|a) .{0,30}(?:ed|done|sent|fixed|sorted)\b"
        r"|\bmake sure\b"
        r"|\b(?:get back|follow(?:ing)? up|reach out|let you know|check with|talk to|speak to|take (?:it|that"
        r"|this) to)\b|\bask (?:my|our|the|him|her|them)\b"
    ),
)
