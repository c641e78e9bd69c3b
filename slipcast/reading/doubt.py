"""Doubt: what a claim hangs on (its condition) and what it is blamed on (its cause), as spans of the sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Span, Token

from slipcast.reading.clauses import is_verb, subject, verb_group
from slipcast.reading.event import Event
from slipcast.reading.lexicon import lemma, load, words
from slipcast.reading.parse import text_of

CharSpan = tuple[int, int]
_TRIM = ' \t\n,;:.—–-"“”'


_ARGUED = frozenset(
    ["negotiation", "talk", "dispute", "deal", "discussion", "contract", "agreement", "take", "row", "negotiate"]
)


def _span(tokens: list[Token], text: str) -> CharSpan | None:
    """Character span of a run of tokens, outer punctuation taken off."""
    if not tokens:
        return None
    start = min(t.idx for t in tokens)
    end = max(t.idx + len(t) for t in tokens)
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return (start, end) if end > start else None


def _reaches(token: Token, event: Event, steps: int = 6) -> bool:
    """Whether a token hangs, within a few steps, on the event's own words, without going over into another clause."""
    for _ in range(steps):
        if token in event.reach:
            return True
        if token.head == token or (token.dep_ == "conj" and is_verb(token)):
            return False
        token = token.head
    return False


@lru_cache(maxsize=4)
def _openers(section: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(load("doubt")[section][key], key=len, reverse=True))


def _present(section: str, key: str, low: str) -> list[str]:
    """The openers of a list that stand in a sentence, longest first. low: the sentence in lower case."""
    return [opener for opener in _openers(section, key) if opener in low]


def condition_of(event: Event, sentence: Span) -> tuple[CharSpan | None, bool]:
    """(span of the condition, whether the event is conditional). An "unless" stays in the span, an "if" does not."""
    text = text_of(sentence.doc)
    low = sentence.text.lower()
    keep = words("doubt", "condition", "keep")
    for opener in _present("condition", "words", low):
        at = low.find(opener)
        while at != -1:
            right = at + len(opener)
            if (at == 0 or not low[at - 1].isalnum()) and (right == len(low) or not low[right].isalnum()):
                token = _token_at(sentence, sentence.start_char + at)
                found = _condition_at(token, opener, opener in keep, event, text)
                if found:
                    return found, True
            at = low.find(opener, at + 1)
    found = _plain_condition(event, sentence)
    return found, found is not None


#: A condition told by its words alone, where the tree of the sentence is broken: it follows the event it limits.
_PLAIN = re.compile(
    r"[, ](?:provided|providing|assuming|on condition|as long as|so long as) (?:that )?(?P<what>[^,;.”\"]{8,})|[, ](?P<kept>unless [^,;.”\"]{8,})"
    r"|\b(?:subject to|contingent (?:up)?on|conditional (?:up)?on|depend(?:s|ing|ent) (?:up)?on|hinges? on|pending) (?P<on>[^,;.”\"]{6,})"
)


def _plain_condition(event: Event, sentence: Span) -> CharSpan | None:
    found = _PLAIN.search(sentence.text)
    if (
        not found
        or sentence.start_char + found.start() < event.anchor.idx
        or re.search(r"subject to (?:some |a |the )?risk", sentence.text)
    ):
        return None
    name = next(key for key in ("what", "kept", "on") if found.group(key))
    start, end = found.span(name)
    between = text_of(sentence.doc)[event.anchor.idx : sentence.start_char + start]
    if re.search(r"; | but | while | and (?:the|it|a|its)\b", between):
        return None
    return sentence.start_char + start, sentence.start_char + end


def _token_at(sentence: Span, char: int) -> Token:
    return next(t for t in sentence if t.idx + len(t) > char)


def _condition_at(token: Token, opener: str, keep: bool, event: Event, text: str) -> CharSpan | None:
    after = [t for t in token.sent if t.idx >= token.idx + len(opener)]
    if opener in ("where", "once", "until", "should", "as soon as", "provided", "pending", "in case"):
        if opener == "until" or (opener == "where" and not (token.dep_ == "advmod" and token.head.dep_ == "advcl")):
            return None
        if opener == "should" and token.dep_ == "aux" and token.i > token.sent.start + 1:
            return None
        if opener == "once" and (token.dep_ not in ("mark", "advmod") or token.head.dep_ != "advcl"):
            return None
        if opener == "provided" and is_verb(token) and token.dep_ != "advcl" and token.dep_ != "prep":
            return None
    clause = None
    if (
        token.dep_ in ("mark", "advmod")
        and is_verb(token.head)
        and token.head.dep_ in ("advcl", "ccomp", "acl", "relcl", "ROOT")
    ):
        clause = token.head
        if clause.dep_ == "ccomp" and lemma(clause.head) in ("ask", "know", "see", "say", "wonder", "decide"):
            return None
        if event.anchor in clause.subtree or event.head == clause:
            return None
        if not _reaches(clause, event):
            return None
        body = [t for t in clause.subtree if t.i >= token.i]
    else:
        if not _reaches(token, event):
            return None
        body = [t for t in token.subtree if t.i >= token.i]
        if len(body) <= len(opener.split()):
            body = [token, *after]
    if not keep:
        body = [t for t in body if t.idx >= token.idx + len(opener)]
    return _span(body, text)


def cause_of(event: Event, sentence: Span) -> CharSpan | None:
    """The words that say why: a phrase of cause, a because-clause, or the subject of a verb of causing."""
    text = text_of(sentence.doc)
    low = sentence.text.lower()
    risky = event.status in ("delayed", "at_risk", "suspended", "cancelled", "denied", "reaffirmed")
    table = load("doubt")["cause"]
    for opener in _present("cause", "phrase", low):
        if opener in ("over", "after", "from", "following", "given", "amid", "amidst", "reflecting") and not risky:
            continue
        found = _phrase_cause(opener, low, event, sentence, text)
        if found:
            return found
    for token in sentence:
        if (
            token.dep_ == "mark"
            and token.lower_ in table["clause"]
            and is_verb(token.head)
            and token.head.dep_ == "advcl"
        ):
            clause = token.head
            if token.lower_ in ("since", "as") and (
                not risky or not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in clause.children)
            ):
                continue
            if event.anchor not in clause.subtree and _reaches(clause, event):
                return _span([t for t in clause.subtree if t.i > token.i], text)
    return (_subject_cause(event, text) or _blamed(event, sentence, text)) if risky else None


def _phrase_cause(opener: str, low: str, event: Event, sentence: Span, text: str) -> CharSpan | None:
    at = low.find(opener)
    while at != -1:
        right = at + len(opener)
        if (at == 0 or not low[at - 1].isalnum()) and (right == len(low) or not low[right].isalnum()):
            first = _token_at(sentence, sentence.start_char + at)
            last = _token_at(sentence, sentence.start_char + right - 1)
            if opener in ("over", "after", "from", "following", "given") and (
                first.pos_ not in ("ADP", "SCONJ", "VERB") or first.dep_ == "prt"
            ):
                return None
            if (
                opener == "after"
                and first.i > 0
                and lemma(first.nbor(-1)) in ("year", "month", "week", "day", "hour", "soon", "shortly")
            ):
                return None
            if opener == "over" and lemma(first.head) in _ARGUED:
                return None
            if last.i + 1 < sentence.end and sentence.doc[last.i + 1].tag_ == "VB":
                return None
            governor = (
                first
                if first.dep_ in ("prep", "advcl", "acl", "amod", "agent", "acomp", "advmod", "ROOT", "pcomp")
                else first.head
            )
            body = [t for t in governor.subtree if t.i > last.i]
            if not body:
                body = [t for t in last.subtree if t.i > last.i]
            if opener.endswith(" by") and all(
                t.ent_type_ in ("DATE", "TIME", "CARDINAL") or t.is_stop or t.is_punct for t in body
            ):
                return None
            if body and not any(t in event.reach for t in body) and _reaches(governor, event):
                if opener in ("over", "after", "from", "following") and all(
                    t.ent_type_ in ("DATE", "TIME") or t.is_stop or t.is_punct for t in body
                ):
                    return None
                if opener == "from" and lemma(event.head) not in ("result", "stem", "arise"):
                    return None
                return _span(body, text)
        at = low.find(opener, at + 1)
    return None


def _subject_cause(event: Event, text: str) -> CharSpan | None:
    """'A strike has delayed the delivery': the subject of a verb of causing, where it is no person, firm or country."""
    head = event.head
    if lemma(head) not in words("doubt", "cause", "verbs") or verb_group(head).passive:
        return None
    who = subject(head)
    if (
        who is None
        or who.pos_ == "PRON"
        or event.anchor in who.subtree
        or who.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    ):
        return None
    return _span(list(who.subtree), text)


def _blamed(event: Event, sentence: Span, text: str) -> CharSpan | None:
    """'blamed the supplier for the delay', 'blamed it on the supplier', 'cited a strike', 'the reason is a strike'."""
    for verb in sentence:
        name = lemma(verb)
        if name in ("blame", "cite", "fault"):
            on = [t for c in verb.children if c.lower_ == "on" for t in c.children if t.dep_ == "pobj"]
            found = on or [c for c in verb.children if c.dep_ == "dobj"]
        elif (
            name == "be"
            and (who := subject(verb)) is not None
            and lemma(who) in ("reason", "cause", "culprit", "problem")
        ):
            found = [c for c in verb.children if c.dep_ in ("attr", "ccomp", "advcl")]
        else:
            continue
        if found and event.anchor not in found[0].subtree:
            return _span(list(found[0].subtree), text)
    return None
