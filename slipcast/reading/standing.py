"""How a milestone stands: time, doubt and status, gathered word by word up the chain that governs it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from slipcast.reading.clauses import VerbGroup, is_saying, is_verb, verb_group
from slipcast.reading.lexicon import Match, lemma, noun_match, phrase_matches, verb_match, words

ASIDE = frozenset(["after", "following", "under", "ahead", "because", "despite", "with", "since", "during", "prior", "before", "without", "until", "like", "as", "due", "in", "through", "throughout", "within"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """What the chain has said so far. time: as in VerbGroup; held: the date no longer holds; mark: a status word met."""

    time: str
    possible: bool = False
    negated: bool = False
    yet: bool = False
    held: bool = False
    mark: str = ""
    past_plan: bool = False
    beside: bool = False


def status_marks(sentence: Span) -> dict[int, str]:
    """Token index -> the status that a verb, noun or phrase there sets."""
    marks: dict[int, str] = {}
    for token in sentence:
        match: Match | None = None
        if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
            match = verb_match("status", token, ("verbs",))
        elif token.pos_ in ("NOUN", "PROPN"):
            match = noun_match("status", token)
        counted = token.i + 1 < len(token.doc) and token.nbor().like_num
        if match and not (lemma(token) == "end" and counted):
            marks[token.i] = match.label
    for label, span in phrase_matches("status", sentence):
        marks[span.root.i] = label
    return marks


def is_aside(below: Token, word: Token) -> bool:
    """Whether the chain leaves the claim here: an adverbial prepositional phrase says nothing of the verb's own claim."""
    if below.lower_ in ("in", "into") and lemma(word) in ("be", "enter", "remain", "engage"):
        return False
    return below.dep_ == "prep" and is_verb(word) and below.lower_ in ASIDE


def with_group(state: State, group: VerbGroup) -> State:
    """The state with a verb's tense and doubt; a tense that is there already stays."""
    if group.until:
        group = replace(group, negated=False)
    time = state.time if state.time != "bare" else group.time
    return replace(
        state,
        time=time,
        possible=state.possible or group.possible,
        negated=state.negated != group.negated,
        yet=state.yet or group.yet,
    )


def outward(state: State, word: Token, below: Token, marks: dict[int, str], anchor: Token) -> State:
    """One step up the chain: what the governing word makes of the event below it."""
    name = lemma(word)
    group = verb_group(word) if is_verb(word) else None
    mark = marks.get(word.i, "")
    if is_verb(word) and is_saying(word) and below.dep_ in ("ccomp", "parataxis") and not mark:
        return state
    if mark and not (
        mark == "cancelled"
        and name in ("end", "drop", "cut", "replace")
        and below.dep_ not in ("dobj", "nsubjpass", "nsubj")
    ):
        if mark == "denied" and below.dep_ not in ("ccomp", "xcomp", "dobj", "pcomp", "nsubjpass"):
            mark = ""
        if mark:
            if mark == "denied" and group is not None and group.negated:
                return replace(state, possible=True, time="future")
            if mark == "denied" and state.mark:
                return replace(state, negated=not state.negated)
            state = replace(state, mark=state.mark or mark)
            return with_group(state, group) if group else state
    if name in words("doubt", "embedding", "unlikely"):
        return replace(state, mark=state.mark or "at_risk", possible=True, time="future")
    if name in words("doubt", "embedding", "fail") and below.dep_ in ("xcomp", "acl"):
        return replace(with_group(state, group) if group else state, negated=True)
    if group is None:
        if name in ("close", "near") and below.dep_ in ("prep", "xcomp"):
            return replace(state, time="future")
        if name in ("sign", "evidence", "indication", "word", "proof", "confirmation") and any(
            c.lower_ == "no" for c in word.children
        ):
            return replace(state, negated=True)
        if name in _RUMOURS and below.dep_ in ("acl", "ccomp", "relcl"):
            return state
        if name in ("plan", "decision", "intention", "intent", "aim", "goal", "schedule", "promise", "commitment", "option", "target", "due", "ready", "able") and below.dep_ in ("acl", "xcomp", "relcl", "prep"):  # fmt: skip
            return replace(state, time="future")
        if name in words("doubt", "embedding", "hope"):
            return replace(state, time="future", possible=True)
        return state
    if name in words("doubt", "embedding", "plan") and below.dep_ in (
        "xcomp",
        "ccomp",
        "nsubjpass",
        "dobj",
        "nsubj",
        "prep",
        "advcl",
        "acl",
    ):
        held = group.pluperfect or (name in ("suppose", "mean") and group.passive) or lapsed(word)
        negated = state.negated != (group.negated and not group.until)
        if name in ("mean", "set", "time", "suppose", "program") and not group.passive and below.dep_ != "xcomp":
            return with_group(state, group)
        if (
            not state.mark
            and not group.negated
            and (any(c.lower_ == "still" for c in word.children) or lemma(word.head) in ("remain", "stay"))
        ):
            state = replace(state, mark="reaffirmed")
        reported = word.dep_ == "ccomp" and is_saying(word.head)
        state = replace(state, past_plan=group.time == "past" and not group.perfect and not reported)
        return replace(
            state, time="future", held=state.held or held, negated=negated, possible=state.possible or group.possible
        )
    if name == "have" and below.dep_ == "xcomp" and any(c.tag_ == "TO" for c in below.children):
        return replace(with_group(replace(state, time="future"), group), time="future")
    if name == "be" and below.dep_ == "acomp" and state.time == "future" and group.pluperfect:
        return replace(with_group(state, group), held=True)
    if name == "call" and below.dep_ not in ("xcomp", "prep"):
        return with_group(state, group)
    if name in words("doubt", "embedding", "hope") and below.dep_ in ("xcomp", "ccomp", "dobj", "prep"):
        return replace(with_group(replace(state, time="future"), group), time="future", possible=True)
    if name in words("doubt", "embedding", "stop") and below.dep_ in ("xcomp", "dobj"):
        return replace(with_group(state, group), mark="suspended")
    if name in words("doubt", "embedding", "commit") and below.dep_ in ("xcomp", "advcl", "ccomp"):
        if state.negated:
            return replace(state, mark="denied")
        if noun_or_verb_contract(anchor):
            return with_group(replace(state, time="bare"), group)
        return replace(state, time="future")
    judged = next((c for c in word.children if c.dep_ == "acomp"), None) if name == "be" else None
    if judged is not None and below.dep_ in ("ccomp", "csubj", "xcomp"):
        if lemma(judged) in words("doubt", "embedding", "unlikely"):
            return replace(state, mark=state.mark or "at_risk", possible=True, time="future")
        if lemma(judged) in ("possible", "likely", "probable", "conceivable"):
            return replace(state, possible=True, time="future")
    if name == "be" and below.dep_ in ("nsubj", "nsubjpass", "expl"):
        if any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in word.children):
            return replace(
                with_group(replace(state, time="future"), group),
                past_plan=group.time == "past" and not _is_reported(word),
            )
        due = next(
            (c for c in word.children if c.dep_ == "acomp" and any(d.dep_ in ("xcomp", "prep") for d in c.children)),
            None,
        )
        if due is not None and lemma(due) in words("doubt", "embedding", "plan"):
            return replace(with_group(state, group), time="future")
        if due is not None and lemma(due) in ("likely", "possible"):
            return replace(with_group(state, group), time="future", possible=True)
    if name == "be" and below.dep_ == "xcomp":
        past = group.time == "past"
        return replace(
            state,
            time="future",
            past_plan=past and not _is_reported(word),
            held=state.held or (past and _has_perfect(below)),
            negated=state.negated != group.negated,
        )
    if name in ("speak", "talk", "think", "dream") and below.dep_ == "prep":
        return replace(with_group(state, group), time="future")
    return with_group(state, group)


_RUMOURS = frozenset(
    ["report", "claim", "rumour", "rumor", "allegation", "suggestion", "story", "speculation", "assertion", "notion"]
)


def noun_or_verb_contract(anchor: Token) -> bool:
    """Whether an anchor is the placing of an order."""
    match = verb_match("events", anchor) if is_verb(anchor) else noun_match("events", anchor)
    return match is not None and match.label == "contract"


def _is_reported(word: Token) -> bool:
    return word.dep_ == "ccomp" and is_saying(word.head)


def _has_perfect(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children)


def lapsed(word: Token) -> bool:
    """'originally scheduled', 'was to have', 'had been due'."""
    return any(c.lower_ in ("originally", "initially", "previously", "once", "formerly") for c in word.children)


def beside(state: State, reach: set[Token], marks: dict[int, str], anchor: Token) -> State:
    """Status words that hang beside the chain: 'may face a delay', 'is on track', 'later than planned'."""
    for token in anchor.sent:
        label = marks.get(token.i)
        if label is None or token in reach or state.mark:
            continue
        if _hangs_on(token, label, reach, anchor):
            state = replace(state, mark=label, beside=True)
    return state


def _hangs_on(token: Token, label: str, reach: set[Token], anchor: Token) -> bool:
    """Whether a status word qualifies the claim: it climbs to the chain without leaving its clause."""
    if is_verb(token) and token.dep_ in ("advcl", "acl", "pcomp", "xcomp") and label != "reaffirmed":
        return False
    climb = token
    for _ in range(5):
        if climb in reach:
            return is_verb(climb) or climb == anchor or climb.dep_ in ("nsubj", "dobj")
        crossing = climb.dep_ in ("conj", "relcl", "ccomp", "nsubj", "nsubjpass", "appos", "parataxis", "poss")
        if crossing or (climb.dep_ == "advcl" and label != "reaffirmed") or climb.head == climb:
            return False
        if (
            climb != token
            and climb.lower_ in ASIDE
            and climb.lower_ != "as"
            and label not in ("reaffirmed", "advanced")
        ):
            return False
        climb = climb.head
    return False


def settle(state: State) -> tuple[str, str, bool]:
    """(status, modality, held) of a state."""
    modality = "possible" if state.possible else "certain"
    if state.mark:
        mark = state.mark
        if mark == "unchanged":
            return "reaffirmed", modality, False
        if mark == "missed":
            return ("at_risk", "possible", False) if state.possible else ("delayed", modality, True)
        if mark == "advanced":
            come = state.time == "present" or (state.beside and state.time in ("past", "result"))
            return ("achieved" if come else "planned"), modality, False
        if mark == "denied":
            return "denied", "denied", False
        if state.negated:
            if mark in ("delayed", "at_risk"):
                return (mark if state.beside else "reaffirmed"), modality, False
            if mark == "reaffirmed":
                return "delayed", modality, True
            return mark, "denied", False
        if mark in ("delayed", "suspended", "cancelled") and state.possible:
            return "at_risk", "possible", False
        return mark, modality, mark == "delayed" and state.held
    if state.yet:
        return "planned", "denied", False
    if state.negated and state.possible and state.time == "future":
        return "at_risk", "possible", False
    if state.negated:
        return (
            ("planned", "denied", False)
            if state.time in ("past", "present", "result", "bare")
            else ("denied", "denied", False)
        )
    if state.held:
        return "delayed", modality, True
    if state.time in ("past", "present", "result"):
        return "achieved", modality, False
    return "planned", modality, False
