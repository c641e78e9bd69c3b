"""Nearness in a sentence's tree: how many steps lie between an event and a word, those into other clauses counting more."""

from __future__ import annotations

from spacy.tokens import Token

_CROSSING = {"conj": 2.0, "advcl": 2.0, "ccomp": 2.0, "parataxis": 3.0, "relcl": 1.0, "acl": 1.0}
FAR = 50.0


def steps(event: Token, word: Token) -> float:
    """Weighted steps up from the event to what both hang on, and down to the word. FAR where no tree joins them."""
    up, down = [event, *event.ancestors], [word, *word.ancestors]
    common = next((t for t in up if t in down), None)
    if common is None:
        return FAR
    climbed, descended = up[: up.index(common)], down[: down.index(common)]
    cost = sum(1.5 + _crossing(t) for t in climbed)
    return cost + sum(1.0 + _crossing(t) for t in descended)


def _crossing(token: Token) -> float:
    if token.dep_ in ("prep", "pobj", "appos") or (token.dep_ == "prt"):
        return -0.5
    if token.dep_ == "conj" and token.pos_ not in ("VERB", "AUX"):
        return 0.5
    return _CROSSING.get(str(token.dep_), 0.0)
