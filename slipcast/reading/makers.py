"""Who makes it, and whether still: the subject of a verb of making as a participant, and the verb's status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from slipcast import names
from slipcast.reading.lexicon import lemma, words
from slipcast.reading.nounlists import core

_PRONOUNS = {"we", "they", "it", "which", "who", "that"}
_FUTURE = {"will", "would", "shall", "should", "'ll", "’ll", "wo"}
_PERHAPS = {"may", "might", "could", "can"}
_NO_MAKER = {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "LAW", "LANGUAGE", "EVENT"}
_DESIGNATION = re.compile(r"[A-Z]{1,4}[a-z]?-?\d{1,4}[A-Z]{0,3}")
_COMMON = ("part", "part_of_two", "generic_maker", "maker", "work", "no_part", "whole", "container")
_PLACE = {"in", "of", "at"}


def listed(token: Token, *lists: str) -> bool:
    """Whether the token's lemma stands in one of these lists of lexicons/shares.toml."""
    return any(lemma(token) in words("shares", name) for name in lists)


def governor(verb: Token) -> Token | None:
    """The verb or adjective that this one depends on ("plans to make", "are to be made", "responsible for making")."""
    if verb.dep_ not in ("xcomp", "ccomp", "pcomp", "advcl", "conj", "acomp") or verb.head == verb:
        return None
    head = verb.head.head if verb.dep_ == "pcomp" and verb.head.pos_ in ("ADP", "SCONJ") else verb.head
    return head if head.pos_ in ("VERB", "AUX", "ADJ") else None


def conjuncts(token: Token) -> list[Token]:
    """The token and the nouns coordinated with it, in order."""
    return [token, *(t for t in token.conjuncts if t.i > token.i and t.pos_ in ("NOUN", "PROPN", "PRON"))]


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of who does it: the verb's own subject, else that of the verb it hangs on; [] where the sentence has none."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i]
    if own:
        relative = own[-1].tag_ in ("WDT", "WP") and verb.dep_ == "relcl"
        return [verb.head] if relative else conjuncts(own[-1])
    above = governor(verb)
    if above is None or depth > 3 or verb.dep_ == "ccomp":
        return []
    objects = [c for c in above.children if c.dep_ in ("dobj", "nsubjpass") and c.i < verb.i]
    if verb.dep_ == "xcomp" and objects and listed(above, "plan"):
        return conjuncts(objects[-1])
    return subjects(above, depth + 1)


def participant(token: Token) -> str | None:
    """The maker that a noun stands for, with its place ("the factories in Turkey"), or None where it can make nothing."""
    if token.pos_ == "PRON":
        return token.text if token.lower_ in _PRONOUNS else None
    named = (token.pos_ == "PROPN" and token.ent_type_ not in _NO_MAKER) or _opens_with_name(token)
    if not named and not (token.pos_ == "NOUN" and listed(token, "generic_maker")):
        return None
    if token.like_num or _DESIGNATION.fullmatch(token.text) or (named and names.system(token.text)):
        return None
    row = list(token.doc[token.left_edge.i : token.i + 1])
    bases = [i for i, t in enumerate(row[:-1]) if t.lower_ in ("based", "headquartered", "owned")]
    row = row[bases[-1] + 1 :] if bases else row
    found = core(row)
    if found is None:
        return None
    return token.doc[row[found[0]].i : _place_end(token)].text


def _opens_with_name(token: Token) -> bool:
    """A name that the tagger took for a noun because it opens the sentence: capital, singular, no article."""
    singular = token.tag_ == "NN" or (token.tag_ == "NNS" and not token.lower_.endswith("s"))
    return singular and token.text[0].isupper() and token.left_edge == token and not listed(token, *_COMMON)


def _place_end(token: Token) -> int:
    """One past the last token of "there", "in Turkey" or "of Rome" right after a noun."""
    for child in token.children:
        if child.i == token.i + 1 and child.lower_ == "there":
            return child.i + 1
        if child.i == token.i + 1 and child.dep_ == "prep" and child.lower_ in _PLACE:
            places = [t for t in child.children if t.dep_ == "pobj" and t.pos_ == "PROPN"]
            return places[0].i + 1 if places else token.i + 1
    return token.i + 1


def makers(tokens: Iterable[Token]) -> list[str]:
    """The participants among these heads; a known name with an "and" in it is one."""
    found: list[str] = []
    for token in tokens:
        name = participant(token)
        if name and found and names.organisation(f"{found[-1]} and {name}"):
            found[-1] = f"{found[-1]} and {name}"
        elif name:
            found.append(name)
    return found


def maker_at(row: Sequence[Token]) -> list[str]:
    """The participant that a row of tokens begins with, read off the surface; also the owner in "Hensoldt's radar"."""
    found = core(row)
    if found is None or found[0] != 0:
        return []
    owners = [t for t in row[: found[1]] if t.dep_ == "poss" and t.pos_ == "PROPN"]
    return makers(owners or conjuncts(found[2]))


def helpers(verb: Token) -> set[str]:
    """Auxiliaries, negations and adverbs of a verb, in lower case."""
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod")}


def standing(verb: Token) -> tuple[str, str] | None:
    """(status, modality) of a verb of making; None where the text says that it is not so."""
    said = helpers(verb)
    status, modality = ("planned", "certain") if said & _FUTURE else ("achieved", "certain")
    if said & _PERHAPS:
        status, modality = "planned", "possible"
    if said & {"not", "n't", "n’t", "never"}:
        return ("planned", "denied") if "yet" in said else None
    if any(c.lower_ == "longer" and c.nbor(-1).lower_ == "no" for c in verb.children if c.i):
        return "cancelled", "certain"
    above = governor(verb)
    if above is None or verb.dep_ == "acomp":
        return ("planned" if above is None and "to" in said else status), modality  # "Kawasaki to build ..."
    higher = standing(above)
    if verb.dep_ == "conj":
        return higher if higher and verb.tag_ == "VB" and not said & (_FUTURE | _PERHAPS) else (status, modality)
    carries_on = verb.tag_ == "VBG" and listed(above, "go_on", "stop")
    infinitive = verb.dep_ in ("xcomp", "pcomp") or (verb.dep_ == "advcl" and ("to" in said or carries_on))
    if not infinitive or higher is None:
        return None if infinitive else (status, modality)
    if listed(above, "stop"):
        return ("planned" if higher[0] == "planned" else "cancelled"), higher[1]
    if listed(above, "plan") and "to" in said:
        return "planned", higher[1]
    return higher if listed(above, "go_on", "responsible") else (status, modality)
