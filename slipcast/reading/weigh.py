"""A learned weight on each candidate claim: does the sentence mean to say this of the programme, or only touch on it?

Logistic regression over features of grammar and form, trained by benchmarks/train_weigh.py; the weights are a data
file with its provenance. The rules decide what a claim says; this decides only whether it is kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Span, Token

from slipcast.domain import Statement
from slipcast.reading.clauses import clause_verb, is_saying, is_verb, noun_head, subject
from slipcast.reading.event import Event
from slipcast.reading.lexicon import lemma, words

#: Claims whose probability is below this are not kept.
FLOOR = 0.25
#: A document with few claims for its length, none of which is at least this likely, says nothing of a programme.
SURE = 0.69
#: However many its claims, a document of more than a few sentences needs one that is this likely.
HALFWAY = 0.45
FEW = 4
_KINDS = ("plan", "hope", "begin", "commit", "stop", "fail", "deny", "unlikely")


def features(event: Event, statement: Statement, span: Span, named: set[int], events: Sequence[Event]) -> list[str]:
    """What is known of a candidate, as names of binary features."""
    anchor, head = event.anchor, event.head
    top = anchor if is_verb(anchor) else noun_head(anchor)
    found = [
        f"m={event.milestone}",
        f"s={event.status}",
        f"ms={event.milestone}/{event.status}",
        f"mod={statement.modality}",
        f"rule={event.rule}",
        f"pos={anchor.pos_ if anchor.pos_ != 'PROPN' else 'NOUN'}",
        f"tag={anchor.tag_}",
        f"dep={top.dep_}",
        f"headdep={head.dep_}",
        f"head={_kind(head)}",
        f"strong={event.strong}",
        f"strong_pos={event.strong}{anchor.pos_}",
        f"subject={_subject(head, named)}",
        f"thing={_thing(event, named)}",
        f"events={min(len(events), 4)}",
        f"again={sum(e.milestone == event.milestone for e in events) > 1}",
        f"inside={_inside(head, named)}",
        f"sentence_named={any(t.i in named for t in span)}",
        f"length={min(len(span) // 12, 4)}",
    ]
    for key in (
        "date",
        "previous_date",
        "tranche",
        "quantity",
        "supplier",
        "recipient",
        "speaker",
        "cause",
        "condition",
    ):
        if getattr(statement, key):
            found.append(f"has={key}")
            found.append(f"has={key}/{event.milestone}")
    if any(t.ent_type_ == "DATE" for t in span):
        found.append("sentence_dated")
    if head.dep_ in ("relcl", "acl", "advcl"):
        found.append(f"clause={head.dep_}/{event.milestone}")
    if any(t.pos_ == "PRON" and t.lower_ in ("you", "i", "we") for t in span):
        found.append("personal")
    if event.status == "achieved" and any(c.tag_ in ("VBZ", "VBP") for c in [head]):
        found.append("present")
    return found


def _thing(event: Event, named: set[int]) -> str:
    """What the claim is about: a named system, equipment, a pronoun or something else."""
    near = [event.anchor, *event.anchor.subtree] if not is_verb(event.anchor) else []
    for verb in (event.anchor, event.head):
        if is_verb(verb):
            near += [
                t
                for c in verb.children
                if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "prep", "agent")
                for t in c.subtree
            ]
    if any(t.i in named for t in near):
        return "named"
    if any(lemma(t) in words("deliverables", "equipment") for t in near):
        return "equipment"
    if any(lemma(t) in words("deliverables", "programme") for t in near):
        return "programme"
    return "pronoun" if any(t.lower_ in ("it", "they", "them") for t in near) else "other"


def _kind(head: Token) -> str:
    name = lemma(head)
    for kind in _KINDS:
        if name in words("doubt", "embedding", kind):
            return kind
    if is_saying(head):
        return "saying"
    if name in words("deliverables", "light"):
        return "light"
    return "verb" if is_verb(head) else "noun"


def _subject(head: Token, named: set[int]) -> str:
    who = subject(head) if is_verb(head) else None
    if who is None:
        return "none"
    if who.i in named:
        return "named"
    if who.pos_ == "PRON":
        return "pronoun"
    if who.ent_type_ in ("GPE", "ORG", "PERSON", "NORP"):
        return who.ent_type_
    if lemma(who) in words("deliverables", "equipment"):
        return "thing"
    return "programme" if lemma(who) in words("deliverables", "programme") else "other"


def _inside(head: Token, named: set[int]) -> bool:
    verb = clause_verb(head) or head
    return any(t.i in named for t in verb.subtree)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Feature -> weight, from the data file; an empty file weighs nothing."""
    text = files("slipcast.reading.lexicons").joinpath("weights.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def probability(found: Sequence[str]) -> float:
    """Probability that a candidate is a claim worth keeping; 1 where there are no weights."""
    table = weights()
    if not table:
        return 1.0
    total = table.get("", 0.0) + sum(table.get(name, 0.0) for name in found)
    return 1 / (1 + math.exp(-total))
