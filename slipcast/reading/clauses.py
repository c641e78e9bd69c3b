"""Clauses: the verb group with its tense and doubt, and the chain of words that governs an event."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from slipcast.reading.lexicon import lemma, words

_SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "state",
        "announce",
        "report",
        "note",
        "explain",
        "claim",
        "insist",
        "declare",
        "reveal",
        "disclose",
        "acknowledge",
        "admit",
        "stress",
        "comment",
        "remark",
        "recall",
        "confirm",
        "reiterate",
        "repeat",
        "assert",
        "argue",
        "believe",
        "think",
        "predict",
        "write",
        "answer",
        "reply",
        "warn",
        "concede",
        "underline",
        "emphasise",
        "emphasize",
        "maintain",
        "estimate",
        "suggest",
        "indicate",
        "show",
        "hint",
        "mention",
        "observe",
        "quote",
        "cite",
        "tweet",
        "inform",
        "assure",
        "testify",
        "read",
        "understand",
        "know",
        "hear",
        "find",
        "learn",
        "conclude",
        "describe",
        "signal",
    ]
)
_REPORTS = frozenset(["report", "claim", "rumour", "rumor", "allegation", "suggestion", "story", "speculation", "assertion", "idea", "notion"])  # fmt: skip
_ASKING = ("plan", "hope", "commit", "fail", "unlikely", "deny")
_NOUNY = {"NOUN", "PROPN", "PRON", "NUM"}


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Tense, aspect and doubt of one verb with its auxiliaries. time: past, present, future or bare (no tense of its own)."""

    time: str
    possible: bool = False
    negated: bool = False
    perfect: bool = False
    pluperfect: bool = False
    passive: bool = False
    yet: bool = False
    until: bool = False
    modal: str = ""


def is_saying(token: Token) -> bool:
    """Whether a verb of saying or thinking."""
    return lemma(token) in _SAYING


def is_verb(token: Token) -> bool:
    """Verbs and auxiliaries in their own right."""
    return token.pos_ in ("VERB", "AUX")


def first_conjunct(token: Token) -> Token:
    """The first member of the coordination a token stands in."""
    while token.dep_ == "conj" and token.head != token and is_verb(token) == is_verb(token.head):
        token = token.head
    return token


def verb_group(token: Token) -> VerbGroup:
    """The group of a verb; a later conjunct without auxiliaries of its own shares those of the first."""
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    first = first_conjunct(token)
    if not auxiliaries and first != token and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        shared = [c for c in first.children if c.dep_ in ("aux", "auxpass")]
        if token.tag_ in ("VB", "VBN", "VBG") or (token.tag_ in ("VBD", "VBP") and shared and shared[0].tag_ != "VBD"):
            auxiliaries = shared
    lowered = [c.lower_ for c in auxiliaries]
    modal = next((c.lower_ for c in auxiliaries if c.tag_ == "MD" or c.lower_ in ("'ll", "’ll", "wo")), "")
    negated = any(c.dep_ == "neg" or c.lower_ in ("never", "nobody", "neither") for c in token.children) or any(
        c.dep_ == "neg" for a in auxiliaries for c in a.children
    )
    longer = any(c.lower_ == "longer" and (c.i > 0 and c.nbor(-1).lower_ == "no") for c in token.children)
    nobody = any(
        c.dep_ in ("nsubj", "nsubjpass") and (c.lower_ in ("nobody", "nothing", "none") or any(d.lower_ in ("no", "neither", "not", "none") for d in c.children))
        for c in token.children
    )  # fmt: skip
    negated = negated or longer or nobody
    perfect = any(c.lemma_ == "have" or c.lower_ in ("has", "have", "had", "'ve", "’ve") for c in auxiliaries)
    pluperfect = "had" in lowered
    passive = any(c.dep_ == "auxpass" for c in auxiliaries) or (
        token.tag_ == "VBN" and not perfect and bool(auxiliaries)
    )
    possible = modal in words("doubt", "modals", "possible")
    if modal:
        time = "future"
    elif any(c.dep_ == "aux" and c.tag_ == "TO" for c in auxiliaries):
        time = "bare"
    elif pluperfect or perfect:
        time = "past"
    elif auxiliaries:
        finite = auxiliaries[0]
        past = finite.tag_ == "VBD" or finite.lower_ in ("was", "were", "did")
        time = "past" if past else "present"
    elif token.tag_ == "VBD":
        time = "past"
    elif token.tag_ in ("VBZ", "VBP"):
        time = "present"
    elif token.tag_ == "VBN" and token.dep_ == "acl":
        time = "past"
    else:
        time = "bare"
    if _be_to(token):
        time = "future"
    if (
        time == "present"
        and token.tag_ == "VBN"
        and "being" not in lowered
        and lowered
        and lowered[0] in ("is", "are", "'s", "’s")
    ):
        time = "result"
    return VerbGroup(time, possible, negated, perfect, pluperfect, passive, _has_yet(token), _until(token), modal)


def _be_to(token: Token) -> bool:
    """'is to deliver': an infinitive that hangs on a form of be as its complement."""
    return (
        token.dep_ == "xcomp"
        and lemma(token.head) == "be"
        and token.tag_ == "VB"
        and not any(c.dep_ in ("attr", "acomp") for c in token.head.children)
    )


def _until(token: Token) -> bool:
    """'will not arrive before May': the negation is of the time, not of the event."""
    return any(
        c.dep_ in ("prep", "advmod") and c.lower_ in ("before", "until", "till", "earlier") for c in token.children
    )


def _has_yet(token: Token) -> bool:
    """'has yet to receive': whatever tree the model gives it."""
    low = max(token.sent.start, token.i - 4)
    before = [t.lower_ for t in token.doc[low : token.i]]
    return "yet" in before and "to" in before[before.index("yet") :]


def governors(token: Token) -> list[Token]:
    """The words above a token as far as its own claim reaches: not beyond a verb of saying, a relative or an adverbial clause."""
    chain = [token]
    while True:
        last = chain[-1]
        if (
            last.dep_ == "conj"
            and is_verb(last)
            and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in last.children)
        ):
            return chain
        here = first_conjunct(last)
        if here != chain[-1] and here.dep_ == "ROOT":
            return chain
        above = here.head
        if above == here or len(chain) > 14:
            return chain
        if here.dep_ in ("relcl", "ROOT") or (here.dep_ == "advcl" and not _is_complement(here)):
            return chain
        if here.dep_ in ("ccomp", "parataxis", "conj") and is_verb(here) and (is_saying(above) or here.dep_ != "ccomp"):
            denying = here.dep_ == "ccomp" and lemma(above) in words("doubt", "embedding", "deny")
            if not denying:
                return chain
        if here.dep_ == "ccomp" and here.i < above.i and is_verb(above) and any(c.text == "," for c in above.children):
            return chain
        if here.dep_ == "acl" and here.tag_ != "VB" and lemma(above) not in _REPORTS:
            return chain
        chain.append(above)


def _is_complement(token: Token) -> bool:
    """An infinitive that the model calls adverbial but that its governor asks for: 'committed to buy'."""
    infinitive = token.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)
    return infinitive and any(lemma(token.head) in words("doubt", "embedding", key) for key in _ASKING)


def clause_verb(token: Token) -> Token | None:
    """The nearest verb at or above a token."""
    for word in governors(token):
        if is_verb(word):
            return word
    return None


def subject(token: Token) -> Token | None:
    """The subject of a verb, taken from the first conjunct or the governing verb where it has none of its own."""
    seen = 0
    while seen < 5:
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return child
        if token.dep_ in ("conj", "xcomp") and is_verb(token.head):
            token = token.head
        elif token.dep_ in ("relcl", "acl"):
            return token.head
        else:
            return None
        seen += 1
    return None


def objects(token: Token) -> list[Token]:
    """Direct and passive objects of a verb, with their coordinated fellows left to the reader."""
    return [c for c in token.children if c.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "dative")]


def noun_head(token: Token) -> Token:
    """The head of the noun phrase a token stands in as a compound or modifier."""
    while token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.pos_ in _NOUNY and token.head != token:
        token = token.head
    return token
