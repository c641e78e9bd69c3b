"""Who makes it, and whether still: the subject of a verb of making as a participant, and the verb's status."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Token

from slipcast.reading.nounlists import core

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_PRONOUNS = {"we", "they", "it", "which", "who", "that"}
_FUTURE = {"will", "would", "shall", "should", "'ll", "’ll", "wo"}
_PERHAPS = {"may", "might", "could", "can"}
_NO_MAKER = {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "LAW", "LANGUAGE", "EVENT"}


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """The word lists of lexicons/shares.toml by name."""
    text = files("slipcast.reading.lexicons").joinpath("shares.toml").read_text(encoding="utf-8")
    return {name: frozenset(entries) for name, entries in tomllib.loads(text).items()}


def lemma(token: Token) -> str:
    """The token's lemma in lower case."""
    return token.lemma_.lower()


def governor(verb: Token) -> Token | None:
    """The verb or adjective that this one depends on as its complement ("plans to make", "are to be made")."""
    if verb.dep_ in ("xcomp", "ccomp", "pcomp", "advcl", "conj") and verb.head != verb:
        head = verb.head.head if verb.dep_ == "pcomp" and verb.head.pos_ == "ADP" else verb.head
        return head if head.pos_ in ("VERB", "AUX", "ADJ") else None
    return None


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it."""
    return [token, *(t for t in token.conjuncts if t.i > token.i and t.pos_ in ("NOUN", "PROPN", "PRON"))]


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of who does it: the verb's own subject, else that of the verb it hangs on; [] where the sentence has none."""
    own = [c for c in verb.children if c.dep_ in _SUBJECTS and c.i < verb.i]
    if own:
        first = own[-1]
        if first.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return [verb.head]
        return conjuncts(first)
    if verb.dep_ == "relcl" and verb.head.pos_ in ("NOUN", "PROPN"):
        return [verb.head] if any(c.tag_ in ("WDT", "WP") for c in verb.subtree) else []
    above = governor(verb)
    if above is None or depth > 3 or verb.dep_ == "ccomp":
        return []
    objects = [c for c in above.children if c.dep_ in ("dobj", "nsubjpass") and c.i < verb.i]
    if verb.dep_ == "xcomp" and objects and lemma(above) in words()["plan"]:
        return conjuncts(objects[-1])
    return subjects(above, depth + 1)


def participant(token: Token) -> str | None:
    """The maker that a noun stands for, with its place ("the factories in Turkey"), or None where it can make nothing."""
    if token.pos_ == "PRON":
        return token.text if token.lower_ in _PRONOUNS else None
    named = token.pos_ == "PROPN" and token.ent_type_ not in _NO_MAKER
    if not named and not (token.pos_ == "NOUN" and lemma(token) in words()["generic_maker"]):
        return None
    if token.like_num or any(c.isdigit() for c in token.text):
        return None
    row = list(token.doc[token.left_edge.i : token.i + 1])
    bases = [i for i, t in enumerate(row) if t.lower_ in ("based", "headquartered", "run", "owned")]
    row = row[bases[-1] + 1 :] if bases and bases[-1] + 1 < len(row) else row
    found = core(row)
    if found is None:
        return None
    end = token.i + 1
    for place in token.children:
        if place.i == end and (
            place.lower_ == "there" or (place.dep_ == "prep" and place.lower_ in ("in", "of", "at"))
        ):
            end = max(t.i for t in place.subtree if t.dep_ in ("pobj", "prep", "compound", "advmod", "det", "amod")) + 1
            break
    return token.doc[row[found[0]].i : end].text


def _helpers(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod")}


def standing(verb: Token) -> tuple[str, str] | None:
    """(status, modality) of a verb of making; None where the text says that it is not so."""
    lists, helpers = words(), _helpers(verb)
    status, modality = ("planned", "certain") if helpers & _FUTURE else ("achieved", "certain")
    if helpers & _PERHAPS:
        status, modality = "planned", "possible"
    if helpers & {"not", "n't", "n’t", "never"}:
        return ("planned", "denied") if "yet" in helpers else None
    if "longer" in helpers:
        return "cancelled", "certain"
    above = governor(verb)
    if above is None or verb.dep_ not in ("xcomp", "pcomp"):
        if verb.dep_ == "conj" and above is not None and not (helpers & _FUTURE) and _helpers(above) & _FUTURE:
            return "planned", modality
        return status, modality
    higher = standing(above)
    if higher is None:
        return None
    if lemma(above) in lists["stop"]:
        return ("planned" if higher[0] == "planned" else "cancelled"), higher[1]
    if lemma(above) in lists["plan"] and verb.dep_ == "xcomp":
        return "planned", higher[1]
    return higher if lemma(above) in lists["go_on"] else (status, modality)
