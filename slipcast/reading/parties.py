"""Supplier and recipient of an event, by grammatical role: X delivers to Y, Y buys from X, X's purchase, Russian-made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span, Token

from slipcast import names
from slipcast.reading.clauses import is_saying, is_verb
from slipcast.reading.lexicon import lemma, load
from slipcast.reading.tree import steps

_PREPOSITIONS = ("to", "from", "for", "with", "by", "between", "in", "of", "at", "on", "about")
_MADE = re.compile(r"\b([A-Z][\w.]+(?: [A-Z]\w+)?)[- ](?:made|built|supplied|designed|developed)\b")
#: Weighted steps within which a country word still modifies the event's own things.
_NEAR = 6.0
_FOR = re.compile(
    r"\bfor (?:the )?((?:[Gg]overnments? of (?:[A-Z][\w.]+ ?)+)|(?:[A-Z][\w.]+ )*(?:Navy|Army|Air Force|Marine Corps|Coast Guard))(?![\w])"
)
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
    if not found["recipient"] and anchor.lower_ in ("awarded", "contract", "award"):
        found["recipient"] = list(buyers_of(anchor.sent.text))
    for side, name in (*_modifiers(anchor, maker, things), *_owners(anchor, head, maker, things)):
        if not found[side] and name not in found["supplier"] + found["recipient"]:
            found[side].append(name)
    return Parties(tuple(found["supplier"]), tuple(found["recipient"]))


def buyers_of(notice: str) -> tuple[str, ...]:
    """For whom an award notice buys: "for the government of Norway", "for the Navy"; at most two."""
    return tuple(dict.fromkeys(m.group(1).strip(" .") for m in _FOR.finditer(notice)))[:2]


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
                who = _subject(word)
                if who is not None:
                    yield lexicon["light"]["owner"][lemma(carried)], who
                yield from _noun_roles(carried, lexicon["nouns"].get(lemma(carried), {}))
        else:
            yield from _noun_roles(word, lexicon["nouns"].get(lemma(word), {}))
    for thing in _themes(anchor, head):
        if thing.i not in seen:
            yield from _noun_roles(thing, {"from": "supplier", "for": "recipient", "to": "recipient"})
            yield from _bought(thing, lexicon["verbs"])


def _owners(anchor: Token, head: Token, maker: str | None, things: set[int]) -> Iterator[tuple[str, str]]:
    """Who has or runs the thing where no role says so: its owner ("its S-400"), else the subject of the claim's verbs."""
    for thing in _themes(anchor, head):
        for child in thing.children:
            if child.dep_ == "poss" and child.i not in things and child.lower_ not in ("his", "her", "our", "my"):
                for name in _names(child):
                    if _can_own(name):
                        yield _side(name, maker), name
    for word in dict.fromkeys([*_predicates(anchor, head), *anchor.ancestors]):
        if is_verb(word) and is_saying(word):
            return
        who = _subject(word) if is_verb(word) else None
        if who is None or who.i in things or who.pos_ == "PRON":
            continue
        for name in _names(who):
            if _can_own(name):
                yield _side(name, maker), name


def _can_own(name: str) -> bool:
    """Countries, forces, airlines and the like; no makers, outlets or auditors."""
    org = names.organisation(name)
    if org is not None:
        return org.kind in ("forces", "airline", "railway", "lessor", "agency", "space agency") and org.name != "NATO"
    place = names.country(name)
    return place is not None and place.form in ("name", "capital")


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, also of an infinitive that hangs on another ("committed to buy", "put off switching on")."""
    for _ in range(5):
        who = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if who is not None:
            return verb.head if who.lower_ in ("which", "that", "who") and verb.dep_ == "relcl" else who
        infinitive = any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
        if verb.dep_ in ("conj", "xcomp", "pcomp", "prep") or (
            verb.dep_ == "advcl" and (infinitive or verb.tag_ == "VBG")
        ):
            verb = verb.head
        elif verb.dep_ in ("relcl", "acl", "appos"):
            return _named_head(verb.head)
        else:
            return None
    return None


def _named_head(noun: Token) -> Token:
    """ "China, the first customer, signed": what an apposition stands beside."""
    return noun.head if noun.dep_ == "appos" else noun


def _predicates(anchor: Token, head: Token) -> Iterator[Token]:
    """The anchor, its head, and what governs them up to the verb of the claim."""
    yield anchor
    yield head
    for word in (anchor, head):
        for child in word.children:
            if child.dep_ in ("xcomp", "advcl") and any(c.tag_ == "TO" for c in child.children) and child.i > word.i:
                yield child
    word = anchor
    for _ in range(6):
        above = word.head
        if above is word or (is_verb(above) and is_saying(above)) or word.dep_ in ("relcl", "advcl", "ROOT"):
            return
        if is_verb(word) and word.dep_ in ("ccomp", "conj"):
            return
        yield above
        word = above


def _verb_roles(verb: Token, frame: dict[str, str]) -> Iterator[tuple[str, Token]]:
    if not frame:
        return
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.dep_ == "acl" and verb.tag_ == "VBN"
    )
    who = _subject(verb)
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
            if preposition in ("of", "for", "on", "about"):
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


def _modifiers(anchor: Token, maker: str | None, things: set[int]) -> Iterator[tuple[str, str]]:
    """Countries that only modify: "Russian-made", "the Russian S-400", "Turkey's S-400"."""
    sent = anchor.sent
    text = sent.text
    for match in _MADE.finditer(text):
        place = names.country(match.group(1))
        if place and place.code == maker:
            yield "supplier", place.name
    kinds = load("things")["kinds"]
    for found in names.find(text):
        if isinstance(found.entry, names.Organisation) and found.entry.kind == "manufacturer":
            span = sent.char_span(*found.span)
            after = span.doc[span.end] if span is not None and span.end < sent.end else None
            if after is not None and (after.i in things or (after.lower_ in ("'s", "’s") and after.nbor().i in things)):
                yield "supplier", text[slice(*found.span)]
        if not isinstance(found.entry, names.CountryName) or found.entry.form not in ("adjective", "name", "capital"):
            continue
        span = sent.char_span(*found.span)
        if span is None:
            continue
        head = _modified(span, things, kinds)
        if steps(anchor, span.root) > _NEAR:
            continue
        if head is None:
            if found.entry.form == "adjective" and _before_parts(span):
                yield "supplier", found.entry.name
            continue
        if found.entry.code == maker:
            if found.entry.form == "adjective":
                yield "supplier", found.entry.name
        elif found.entry.form != "adjective" and maker and span.doc[span.end].text in ("'s", "’s"):
            yield "recipient", text[slice(*found.span)]


def _before_parts(span: Span) -> bool:
    """ "Turkish components": parts come from the country before them."""
    after = span.doc[span.end : min(span.end + 2, span.sent.end)]
    return any(lemma(t) in ("component", "part", "supplier") and lemma(t) != "supplier" for t in after)


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
    if lemma(token) in load("transfer")["parties"]["sides"]:
        for preposition, target in _prepositions(token, 0):
            if preposition == "of":
                return _names(target)
    found = [_name(token)]
    for child in token.children:
        if child.dep_ == "conj":
            found += _names(child)
    return [name for name in found if name]


def _name(token: Token) -> str | None:
    if token.pos_ not in ("PROPN", "NOUN", "ADJ") or (token.text.isupper() and len(token.text) > 4 and _opens(token)):
        return None
    lexicon = load("transfer")["parties"]
    phrase = _phrase(token)
    found = [f for f in names.find(phrase) if not isinstance(f.entry, names.System)]
    places = [f.entry for f in found if isinstance(f.entry, names.CountryName)]
    if found and isinstance(found[-1].entry, names.Organisation) and found[-1].span[1] >= len(phrase) - 1:
        before = phrase[: found[-1].span[0]].strip()
        return phrase[found[-1].span[0] :] if not before or before[0].islower() else phrase
    base = lemma(token)
    if base in lexicon["sides"]:
        return places[0].name if places else None
    exact = names.country(phrase)
    if exact and exact.form in ("name", "capital"):
        return phrase
    if base in lexicon["heads"]:
        return phrase if places or any(w[0].isupper() for w in phrase.split()) else None
    if exact and exact.form in ("adjective", "people"):
        return exact.name
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERSON") or token.pos_ != "PROPN" or not token.text[0].isupper():
        return None
    proper = phrase[:1].isupper() and not names.system(phrase) and len(phrase.split()) <= 8
    return phrase if proper else None


def _opens(token: Token) -> bool:
    """The place of a dateline ("ANKARA, Turkey —", "MOSCOW, Sept. 29 -"): in capitals, at the start."""
    return token.i - token.sent.start < 3


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
