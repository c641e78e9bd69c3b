"""Anchors: the words of a sentence that name a milestone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from slipcast.reading.clauses import is_verb, noun_head, objects, subject
from slipcast.reading.lexicon import Match, lemma, load, noun_match, phrase_matches, verb_match, words

IsThing = Callable[[Token], bool]


def find_anchors(sentence: Span, is_thing: IsThing) -> Iterator[Match]:
    """The words that name a milestone, in no particular order. is_thing: whether a word stands for something delivered."""
    covered: set[int] = set()
    for label, span in phrase_matches("events", sentence):
        if span[0].i in covered:
            continue
        covered.update(t.i for t in span)
        yield Match(span[0], label, True, len(span))
    aim = _aim(sentence)
    if aim is not None:
        covered.add(aim.token.i)
        yield aim
    for token in sentence:
        if token.i in covered:
            continue
        if token.pos_ in ("NOUN", "PROPN", "ADJ") or (
            token.tag_ == "VBG" and token.dep_ in ("pobj", "nsubj", "dobj", "compound")
        ):
            match = noun_match("events", token)
            if match and not _modifies(token):
                covered.add(token.i)
                yield match
                continue
        if is_verb(token) and token.i not in covered and token.dep_ not in ("aux", "auxpass"):
            match = _membership(token) or _announcement(token) or verb_match("events", token)
            if match is None:
                continue
            if token.dep_ == "amod" or (
                token.dep_ == "acl" and token.tag_ in ("VBN", "VBD") and not _dated_participle(token)
            ):
                continue
            if match.strong or _signs(token) or _parties(match) or _about_thing(token, is_thing):
                yield match


def _aim(sentence: Span) -> Match | None:
    """'Procure 8 ships': a programme's aim begins with the bare verb, which the model takes for a name."""
    tokens = [t for t in sentence if t.is_alpha or t.like_num][:3]
    if len(tokens) < 3 or tokens[0].text != tokens[0].text.capitalize() or not any(t.like_num for t in tokens[1:]):
        return None
    for label in ("delivery", "contract", "production", "installation"):
        if tokens[0].lower_ in load("events")[label]["verbs"]:
            return Match(tokens[0], label, True, 1)
    return None


_MEMBERS = frozenset(["partner", "supplier", "country", "company", "firm", "industry", "member", "contractor", "nation", "government", "maker", "ally"])  # fmt: skip
_OUSTING = frozenset(["suspend", "remove", "expel", "exclude", "oust", "eject", "bar", "kick", "drop", "cut", "evict", "readmit", "ban", "shut", "throw", "admit", "reinstate"])  # fmt: skip


def _membership(verb: Token) -> Match | None:
    """'suspended Turkey from the programme': what is done to a partner is about its participation."""
    if lemma(verb) not in _OUSTING:
        return None
    for target in objects(verb):
        if target.ent_type_ in ("GPE", "ORG", "NORP") or lemma(target) in _MEMBERS:
            return Match(verb, "participation", True, 1)
    return None


def _announcement(verb: Token) -> Match | None:
    """'announced in December 2017 that it would buy': the announcement itself, where it has a date of its own."""
    if lemma(verb) != "announce" or verb.tag_ == "VBN":
        return None
    for child in verb.children:
        if child.i < verb.i or child.dep_ != "prep" or child.lower_ not in ("in", "on"):
            continue
        told = list(child.subtree)
        dated = any(t.ent_type_ == "DATE" and (t.pos_ == "PROPN" or t.like_num) for t in told)
        if dated and not any(t.lower_.endswith("day") for t in told):
            return Match(verb, "announcement", True, 1)
    return None


def _parties(match: Match) -> bool:
    """Joining, leaving and coming back are said of countries, companies and partners."""
    if match.label == "negotiation":
        return any(
            noun_match("events", t)
            for c in match.token.children
            if c.lower_ in ("about", "on", "over")
            for t in c.children
            if t.dep_ == "pobj"
        )
    who = subject(match.token)
    return (
        match.label == "participation"
        and who is not None
        and (who.ent_type_ in ("GPE", "ORG", "NORP") or lemma(who) in _MEMBERS)
    )


def _signs(verb: Token) -> bool:
    """'China signed in 2014', 'the papers were signed': signing needs no thing."""
    if lemma(verb) not in ("sign", "ink", "re-sign"):
        return False
    found = objects(verb)
    return not found or any(
        lemma(t) in ("paper", "document", "loan", "paperwork", "letter", "agreement", "deal", "contract") for t in found
    )


def _dated_participle(token: Token) -> bool:
    return any(c.dep_ in ("prep", "npadvmod", "agent") for c in token.children)


def _modifies(token: Token) -> bool:
    """Whether an event noun merely qualifies another noun ("delivery confidence")."""
    head = noun_head(token)
    if head == token:
        return False
    if token.dep_ == "poss":
        return False
    return lemma(head) not in words("deliverables", "carrying") and noun_match("status", head) is None


def _about_thing(verb: Token, is_thing: IsThing) -> bool:
    """Whether a common verb is about a thing of the programme: its object, or its subject where it has no object."""
    found = objects(verb)
    if any(is_thing(t) for t in found):
        return True
    who = subject(verb)
    if who is not None and is_thing(who):
        return True
    return any(
        is_thing(grandchild)
        for c in verb.children
        if c.dep_ in ("prep", "agent")
        for grandchild in c.children
        if grandchild.dep_ == "pobj"
    )
