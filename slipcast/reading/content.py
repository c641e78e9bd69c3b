"""Which words are the speaker's: the clause after the verb of saying, or the sentence around a verb set off in it."""

from __future__ import annotations

from spacy.tokens import Span, Token

from slipcast.reading.lexicon import load

_BACKGROUND = (
    "while",
    "although",
    "though",
    "whereas",
    "as",
    "after",
    "when",
    "who",
    "which",
    "adding",
    "because",
    "but",
)


def content_of(verb: Token, subject: Token | None, sent: Span) -> tuple[int, int] | None:
    """The words that are the speaker's: the clause after the verb, or, of a verb in or behind them, the rest of the sentence."""
    base = verb.lemma_.lower()
    after = [
        c
        for c in verb.children
        if c.dep_ in ("ccomp", "xcomp", "advcl", "dobj", "prep", "oprd", "pobj", "conj", "parataxis", "acomp")
        and c.i > verb.i
    ]
    sure = [c for t in after if t.dep_ == "acomp" for c in t.children]
    clause = next((c for c in (*after, *sure) if c.dep_ in ("ccomp", "xcomp") or _is_that(c)), None)
    if clause is not None and _is_background(verb, clause) and _parenthetical(verb, subject, sent):
        clause = None
    before = next((c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i), None)
    start = min([verb.i, *([subject.left_edge.i] if subject is not None else [])])
    told_by = any(c.dep_ == "agent" for c in verb.children)
    as_said = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
    if told_by or as_said or before is not None or (clause is None and _parenthetical(verb, subject, sent)):
        cut = sent.text.rfind("; ", 0, sent.doc[start].idx - sent.start_char)
        return sent.start_char + (cut + 2 if cut >= 0 else 0), sent.end_char
    end = _right_bound(verb, sent)
    first = verb.i + 1
    if verb.dep_ == "relcl":
        low, high = min(verb.head.i, verb.left_edge.i), verb.right_edge.i
        rest = next((t.idx for t in sent.doc[verb.i + 1 : sent.end] if t.text == ","), end)
        return sent.doc[low].idx, max(sent.doc[high].idx + len(sent.doc[high].text), min(rest, end))
    if base in ("reject", "deny", "dismiss", "rule"):
        return sent.doc[start].idx, end
    if clause is None and not any(c.dep_ in ("dobj", "prep", "oprd") for c in after):
        quoted = sent.doc[first : sent.end].text.lstrip().startswith((":", ",", "“", '"'))
        return (sent.doc[verb.i].idx, end) if quoted and first < sent.end else None
    return sent.doc[verb.i].idx, end


def _parenthetical(verb: Token, subject: Token | None, sent: Span) -> bool:
    """ "…, he added.", "Only X, he conceded, was …": a verb of saying set off by commas, or at the end, with words before it."""
    edges = [verb.i] if subject is None else [min(verb.i, subject.left_edge.i), max(verb.i, subject.right_edge.i)]
    low, high = min(edges), max(edges)
    doc = sent.doc
    while low > sent.start and doc[low - 1].text[:1].isupper():
        low -= 1
    if low - sent.start < 2:
        return False
    opened = doc[low - 1].text in (",", "”", '"', "-", "—", "–", ";", "?", "!", "''", ")")
    rest = [t for t in doc[high + 1 : sent.end] if not t.is_punct]
    return opened and (verb.dep_ in ("ROOT", "parataxis", "ccomp", "conj", "advcl", "acl", "dep", "amod") or not rest)


def _is_that(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _is_background(verb: Token, clause: Token) -> bool:
    """ "…, X said, while work goes on": a clause behind a comma and a word that sets it beside the saying."""
    first = clause.left_edge
    return first.i > verb.i + 1 and verb.doc[first.i - 1].text == "," and first.lower_ in _BACKGROUND


def _right_bound(verb: Token, sent: Span) -> int:
    """Where they end: before a clause of the outlet's own beside the verb of saying, else with the sentence."""
    end = sent.end_char
    for child in verb.children:
        if child.i <= verb.i:
            continue
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        if child.dep_ == "conj" and own and (child.tag_ == "VBD" or _tells(child)):
            end = min(end, sent.doc[child.left_edge.i].idx)
        if (
            child.dep_ == "advcl"
            and own
            and any(c.dep_ == "mark" and c.lower_ in ("while", "although", "though", "whereas") for c in child.children)
        ):
            end = min(end, sent.doc[child.left_edge.i].idx)
    return end


def inverted(verb: Token) -> bool:
    """Whether a verb of saying stands right behind a comma or a quotation, before its subject."""
    first = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass"))])
    before = verb.doc[first - 1].text if first else ""
    return before in (",", "”", '"', "''", "?", "!", "’")


def _tells(token: Token) -> bool:
    return token.lemma_.lower() in load("speech")["verbs"]["say"]
