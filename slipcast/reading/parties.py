"""Supplier and recipient of an event, by grammatical role: X delivers to Y, Y buys from X, X's purchase, Russian-made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from slipcast import names
from slipcast.reading.clauses import is_saying, is_verb, subject
from slipcast.reading.lexicon import lemma, load

_PREPOSITIONS = ("to", "from", "for", "with", "by", "between", "in", "of", "at")
_MADE = re.compile(r"\b([A-Z][\w.]+(?: [A-Z]\w+)?)[- ](?:made|built|supplied|designed|developed)\b")
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|their|our|this|that)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who supplies and who receives, as the text names them; adjectives are turned into countries."""

    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()


def parties_of(anchor: Token, head: Token, maker: str | None, things: set[int]) -> Parties:
    """The parties of an event. maker: ISO code of the system's makers' country; things: tokens that name systems.

    Raises nothing; a role that the sentence does not fill stays empty.
    """
    found: dict[str, list[str]] = {"supplier": [], "recipient": []}
    for role, token in _roles(anchor, head):
        if token.i in things:
            continue
        for name in _names(token):
            side = _side(name, maker) if role == "party" else role
            if name not in found["supplier"] + found["recipient"]:
                found[side].append(name)
    for side, name in _modifiers(anchor.sent, maker, things):
        if not found[side] and name not in found["supplier"] + found["recipient"]:
            found[side].append(name)
    return Parties(tuple(found["supplier"]), tuple(found["recipient"]))


def _side(name: str, maker: str | None) -> str:
    place = names.country(name)
    org = names.organisation(name)
    if org and org.kind in ("manufacturer", "railway"):
        return "supplier"
    return "supplier" if place and maker and place.code == maker else "recipient"


def _roles(anchor: Token, head: Token) -> Iterator[tuple[str, Token]]:
    lexicon = load("transfer")
    seen: set[int] = set()
    for word in _predicates(anchor, head):
        if word.i in seen:
            continue
        seen.add(word.i)
        if is_verb(word):
            yield from _verb_roles(word, lexicon["verbs"].get(lemma(word), {}))
            carried = next((n for n in _carried(word) if lemma(n) in lexicon["light"]["owner"]), None)
            if carried is not None and lemma(word) in lexicon["light"]["verbs"]:
                who = subject(word)
                if who is not None:
                    yield lexicon["light"]["owner"][lemma(carried)], who
                yield from _noun_roles(carried, lexicon["nouns"].get(lemma(carried), {}))
        else:
            yield from _noun_roles(word, lexicon["nouns"].get(lemma(word), {}))
    for thing in _themes(anchor, head):
        if thing.i not in seen:
            yield from _noun_roles(thing, {"from": "supplier", "for": "recipient", "to": "recipient"})
            yield from _bought(thing, lexicon["verbs"])


def _predicates(anchor: Token, head: Token) -> Iterator[Token]:
    """The anchor, its head, and what governs them up to the verb of the claim."""
    yield anchor
    yield head
    word = anchor
    for _ in range(6):
        above = word.head
        if above is word or (is_verb(above) and is_saying(above)) or word.dep_ in ("relcl", "advcl", "ROOT"):
            return
        if word.dep_ == "ccomp" and is_verb(word):
            return
        yield above
        word = above


def _verb_roles(verb: Token, frame: dict[str, str]) -> Iterator[tuple[str, Token]]:
    if not frame:
        return
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.dep_ == "acl" and verb.tag_ == "VBN"
    )
    who = subject(verb)
    if who is not None and who.lower_ in ("which", "that", "who") and verb.dep_ == "relcl":
        who = verb.head
    if who is not None:
        key = "object" if passive or who.dep_ == "nsubjpass" else "subject"
        if key in frame:
            yield frame[key], who
    for child in verb.children:
        if child.dep_ == "dobj" and "object" in frame:
            yield frame["object"], child
        if child.dep_ == "dative" and child.pos_ != "ADP" and "dative" in frame:
            yield frame["dative"], child
    for preposition, target in _prepositions(verb):
        key = "agent" if preposition == "by" and passive else preposition
        if key in frame:
            yield frame[key], target


def _noun_roles(noun: Token, frame: dict[str, str]) -> Iterator[tuple[str, Token]]:
    for child in noun.children:
        if child.dep_ == "poss" and "poss" in frame:
            yield frame["poss"], child
    for preposition, target in _prepositions(noun):
        if preposition in frame:
            yield frame[preposition], target


def _prepositions(word: Token, depth: int = 3) -> Iterator[tuple[str, Token]]:
    """Prepositional phrases of a word and of its objects, since the model often hangs them one step too low."""
    for child in word.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in _PREPOSITIONS:
            for target in child.children:
                if target.dep_ == "pobj":
                    yield child.lower_, target
                    if depth:
                        yield from _prepositions(target, depth - 1)
        elif child.dep_ in ("dobj", "attr", "nsubjpass", "nmod") and depth:
            yield from _prepositions(child, depth - 1)


def _carried(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr"):
            yield child


def _themes(anchor: Token, head: Token) -> Iterator[Token]:
    """Things that the event is about: objects, passive subjects, subjects of arriving, and the of-phrase of a noun."""
    for word in dict.fromkeys((anchor, head)):
        for child in word.children:
            if child.dep_ in ("dobj", "nsubjpass", "nsubj", "attr"):
                yield child
        for preposition, target in _prepositions(word, 0):
            if preposition in ("of", "for"):
                yield target


def _bought(thing: Token, verbs: dict[str, Any]) -> Iterator[tuple[str, Token]]:
    """ "systems bought by Turkey", "aircraft that were meant for Turkey"."""
    for child in thing.children:
        if child.dep_ in ("acl", "relcl") and lemma(child) in verbs:
            frame = {k: v for k, v in verbs[lemma(child)].items() if k not in ("subject", "object")}
            if child.dep_ == "relcl" and "subject" in verbs[lemma(child)]:
                who = next((c for c in child.children if c.dep_ == "nsubj" and c.lower_ not in ("which", "that")), None)
                if who is not None:
                    yield verbs[lemma(child)]["subject"], who
            for preposition, target in _prepositions(child):
                key = "agent" if preposition == "by" else preposition
                if key in frame:
                    yield frame[key], target


def _modifiers(sent: Span, maker: str | None, things: set[int]) -> Iterator[tuple[str, str]]:
    """Countries that only modify: "Russian-made", "the Russian S-400", "Turkey's S-400"."""
    text = sent.text
    for match in _MADE.finditer(text):
        place = names.country(match.group(1))
        if place and place.code == maker:
            yield "supplier", place.name
    kinds = load("things")["kinds"]
    for found in names.find(text):
        if not isinstance(found.entry, names.CountryName) or found.entry.form not in ("adjective", "name", "capital"):
            continue
        span = sent.char_span(*found.span)
        if span is None:
            continue
        head = _modified(span, things, kinds)
        if head is None:
            continue
        if found.entry.code == maker:
            if found.entry.form == "adjective":
                yield "supplier", found.entry.name
        elif found.entry.form != "adjective" and maker:
            yield "recipient", text[slice(*found.span)]


def _modified(span: Span, things: set[int], kinds: dict[str, list[str]]) -> Token | None:
    """The thing that a country word goes before, at most four words on; None where it modifies something else."""
    doc, at = span.doc, span.end
    for token in doc[at : min(at + 6, span.sent.end)]:
        if token.i in things or (lemma(token) in kinds and kinds[lemma(token)]):
            return token
        if token.text in ("'s", "’s", "-", "made", "led", "built") or token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM"):
            continue
        return None
    return None


def _names(token: Token) -> list[str]:
    """The parties that a noun phrase names, its coordination included; empty where it names none."""
    token = _antecedent(token)
    found = [_name(token)]
    for child in token.children:
        if child.dep_ == "conj":
            found += _names(child)
    return [name for name in found if name]


def _name(token: Token) -> str | None:
    if token.pos_ not in ("PROPN", "NOUN", "ADJ") or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERSON"):
        return None
    lexicon = load("transfer")["parties"]
    phrase = _phrase(token)
    places = [f for f in names.find(phrase) if isinstance(f.entry, names.CountryName)]
    base = lemma(token)
    if base in lexicon["sides"] and token.pos_ == "NOUN":
        place = places[0].entry if places else None
        return place.name if isinstance(place, names.CountryName) else None
    exact = names.country(phrase)
    if exact and exact.form in ("name", "capital"):
        return phrase
    if names.organisation(phrase):
        return phrase
    if base in lexicon["heads"]:
        return phrase if places or any(w[0].isupper() for w in phrase.split()) else None
    if exact and exact.form in ("adjective", "people"):
        return exact.name
    if token.pos_ == "PROPN" and token.text[0].isupper() and token.ent_type_ in ("ORG", "GPE", "FAC", "NORP", ""):
        return phrase if not names.system(phrase) and len(phrase.split()) <= 8 else None
    return None


def _phrase(token: Token) -> str:
    """The noun phrase without article, relative clauses, appositions and coordination."""
    left, right = token.i, token.i
    for child in token.children:
        if child.dep_ in ("compound", "amod", "poss", "nmod", "nummod", "det", "case") and child.i < token.i:
            left = min(left, child.left_edge.i)
        if child.dep_ == "case" or (child.dep_ == "prep" and child.lower_ in ("of", "for") and _is_title(token, child)):
            right = max(right, child.right_edge.i if child.dep_ == "prep" else right)
    text = token.doc[left : right + 1].text
    return re.sub(r"['’]s$", "", _ARTICLE.sub("", re.split(r"[,;(]", text)[0])).strip()


def _is_title(token: Token, preposition: Token) -> bool:
    """ "government of Israel", "Museum of Flight": the of-phrase belongs to the name."""
    return (
        preposition.lower_ == "of"
        and any(c.pos_ == "PROPN" for c in preposition.children)
        and (token.pos_ == "PROPN" or lemma(token) in load("transfer")["parties"]["heads"])
    )


def _antecedent(token: Token) -> Token:
    """What a relative or personal pronoun stands for: the noun of its clause, or the last party that was a subject."""
    if token.lower_ in ("which", "who", "that") and token.head.dep_ == "relcl":
        return token.head.head
    if token.lower_ not in ("it", "its", "they", "their", "them", "he", "his"):
        return token
    return _last_subject(token.doc, token) or token


def _last_subject(doc: Doc, token: Token) -> Token | None:
    for other in reversed(doc[max(0, token.i - 80) : token.i]):
        if other.dep_ in ("nsubj", "nsubjpass") and other.pos_ == "PROPN":
            place = names.country(_phrase(other))
            if place or names.organisation(_phrase(other)):
                return other
        if (
            other.dep_ == "poss"
            and other.pos_ == "PROPN"
            and other.head.dep_ in ("nsubj", "nsubjpass")
            and token.lower_ in ("its", "their", "it")
        ):
            return other
    return None
