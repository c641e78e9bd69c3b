"""Who says it: verbs of saying, "according to", quotations over sentences and paragraphs, channels, unnamed sources.

Every attribution ties a stretch of text to a speaker. The innermost stretch that covers a word has its speaker; the
channels around it are its `via`. Where the outlet itself speaks there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from slipcast import names
from slipcast.reading.lexicon import load
from slipcast.reading.persons import Roster
from slipcast.reading.quotations import Quotation, find_quotations
from slipcast.reading.saying import channels, said_on
from slipcast.reading.turns import find_turns
from slipcast.reading.voices import Voice, Voices


class Names(Protocol):
    """What the speakers need of the document's names: its text."""

    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words. content, cue: spans of code points; speaker: as the text names it; via: channels, nearest first.

    said: span of a date phrase that dates the saying ("reiterated Nov. 11"), or None.
    """

    content: tuple[int, int]
    cue: tuple[int, int]
    speaker: str
    role: str | None = None
    anonymous: bool = False
    via: tuple[str, ...] = ()
    said: tuple[int, int] | None = None


def find_speakers(parsed: Doc, named: Names) -> list[Attribution]:
    """All attributions of a document, in the order of their content. parsed: its Doc, whose text is the document's own."""
    text = named.text
    voices = Voices(text, Roster(text))
    found: list[Attribution] = []
    for sent in parsed.sents:
        voices.enter(sent.start_char, sent.end_char)
        mine = list(_in_sentence(sent, voices) if sent[0].pos_ else _in_words(sent.text, sent.start_char, voices))
        mine = _with_channels(_without_reported_plans(mine, text))
        found += mine
        voices.leave(sent)
    for content, cue, voice in find_turns(text, voices.roster, _people(parsed)):
        found.append(Attribution(content, cue, voice.name, voice.role, voice.anonymous))
    found += _of_quotations(text, found, find_quotations(text))
    return sorted(found, key=lambda a: (a.content, a.cue))


def _people(parsed: Doc) -> frozenset[str]:
    return frozenset(e.text for e in parsed.ents if e.label_ == "PERSON" and " " in e.text)


def speaker_at(attributions: list[Attribution], position: int) -> Attribution | None:
    """The attribution whose content covers a position of the text; the narrowest where several do."""
    covering = [a for a in attributions if a.content[0] <= position < a.content[1]]
    return min(covering, key=lambda a: (a.content[1] - a.content[0], -a.cue[0])) if covering else None


def _in_words(text: str, start: int, voices: Voices) -> Iterator[Attribution]:
    """A sentence without a parse: "NAME said", "…,” the official was quoted as saying", read by its words."""
    verb = _forms().search(text)
    if verb is None:
        return
    before = text[: verb.start()].rstrip(" ,")
    phrase = re.split(r"[,;:”\"] ", before)[-1] if re.search(r"[,;:”\"] ", before) else before
    voice = voices.of_words(re.split(r"\b(?:and|but|while|when|that|because) ", phrase)[-1])
    if voice is None and "," in before:
        voice = voices.of_words(before.split(",")[0])
    if voice is None:
        return
    voices.heard(voice)
    cue = (start + verb.start("verb"), start + verb.end("verb"))
    behind = not text[verb.end() :].strip(' .”"') or text[verb.end() : verb.end() + 1] in (",", ".", ";")
    content = (start, start + len(text)) if behind else (cue[0], start + len(text))
    yield Attribution(content, cue, voice.name, voice.role, voice.anonymous)


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    forms = "|".join(load("speech")["verbs"]["forms"])
    return re.compile(
        rf"\b(?:(?:has|had|have|also|then|later|earlier|first|is|was|were|are) )*(?P<verb>(?:quoted|cited) as saying|{forms})\b"
    )


def _in_sentence(sent: Span, voices: Voices) -> Iterator[Attribution]:
    yield from _according(sent, voices)
    for token in sent:
        if token.pos_ == "NOUN" and token.lemma_.lower() in load("speech")["verbs"]["nouns"]:
            yield from _claimed(token, voices)
        if token.pos_ in ("VERB", "AUX") and _says(token):
            one = _attribution(token, sent, voices)
            if one is not None:
                yield one


def _claimed(noun: Token, voices: Voices) -> Iterator[Attribution]:
    """ "Boeing's announcement that it will be late": a noun of saying with its owner and its clause."""
    clause = next(
        (c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and _is_that(c)), None
    )
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        by = (g for c in noun.children if c.lower_ in ("by", "from") for g in c.children if g.dep_ == "pobj")
        owner = next(by, None)
    voice = voices.of(owner) if owner is not None and clause is not None else None
    if voice is not None and clause is not None:
        right = clause.right_edge
        content = (noun.idx, right.idx + len(right.text))
        yield Attribution(content, (noun.idx, noun.idx + len(noun.text)), voice.name, voice.role, voice.anonymous)


def _is_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _says(token: Token) -> bool:
    verbs = load("speech")["verbs"]
    base = token.lemma_.lower()
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children)
    if base in verbs["intending"]:
        return _intends(token)
    if negated:
        return False
    if base == "agree" and not any(c.dep_ == "ccomp" and c.i > token.i for c in token.children):
        return False
    clause = any(c.dep_ == "ccomp" and c.i > token.i for c in token.children)
    if token.dep_ == "amod" or (
        token.tag_ == "VBN" and token.dep_ == "acl" and base not in verbs["passing_on"] and not clause
    ):
        return False
    if base in verbs["say"]:
        return True
    if base == "be":
        adjective = next((c for c in token.children if c.dep_ == "acomp" and c.lower_ in verbs["sure"]), None)
        return adjective is not None and any(c.dep_ == "ccomp" for t in (token, adjective) for c in t.children)
    if base in verbs["finding"]:
        return any(c.dep_ == "ccomp" and c.i > token.i for c in token.children)
    if base in verbs["rejecting"]:
        return any(c.dep_ == "dobj" and c.lemma_.lower() in verbs["claims"] for c in token.children)
    return base in verbs["about"] and token.tag_ in ("VBD", "VBZ", "VBN")


def _intends(token: Token) -> bool:
    """ "The maker expects to deliver in May": whose expectation it is. A past perfect tells of one that is over."""
    helpers = [c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")]
    if (
        token.tag_ not in ("VBZ", "VBP", "VBD", "VB")
        or "had" in helpers
        or any(c.dep_ == "nsubjpass" for c in token.children)
    ):
        return False
    return any(c.dep_ in ("nsubj",) for c in token.children) and any(
        c.dep_ in ("xcomp", "ccomp", "advcl", "dobj") and c.i > token.i for c in token.children
    )


def _attribution(verb: Token, sent: Span, voices: Voices) -> Attribution | None:
    base = verb.lemma_.lower()
    voice, subject = _voice_of(verb, voices)
    if voice is None or voice.unclear:
        first = min(subject.left_edge.i, subject.i) if subject is not None and subject.i < verb.i else sent.start
        phrase = sent.doc[first : verb.i].text
        voice = voices.of_words(re.split(r"\d\d?:\d\d [-–—] ", phrase)[-1]) if subject is not None else None
    if voice is None:
        return None
    if base in ("tell", "inform", "assure", "notify") and any(
        c.dep_ in ("auxpass", "nsubjpass") for c in verb.children
    ):
        return None
    content = _content(verb, subject, sent)
    if content is None:
        return None
    voices.heard(voice)
    via = tuple(channels(verb, sent))
    return Attribution(
        content, _cue(verb), voice.name, voice.role, voice.anonymous, via, said_on(verb, subject, content, sent)
    )


def _voice_of(verb: Token, voices: Voices) -> tuple[Voice | None, Token | None]:
    """Who speaks a verb: its subject; of "was quoted as saying" the passive one; of "citing X" its object."""
    base = verb.lemma_.lower()
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if base in load("speech")["verbs"]["passing_on"] and not passive:
        source = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
        return (voices.of(source), source) if source is not None else (None, None)
    if _inverted(verb) and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        behind = re.split(r"[,.;]\s| to | in | on ", verb.doc[verb.i + 1 : verb.sent.end].text)[0]
        voice = voices.of_words(behind)
        if voice is not None:
            return voice, verb.nbor() if verb.i + 1 < verb.sent.end else None
    agent = next((g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
    if passive and agent is not None:
        return voices.of(agent), agent
    word = verb
    for _ in range(4):
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubjpass", "expl") and not (
                child.dep_ == "nsubjpass" and base not in ("quote", "cite", "say")
            ):
                return voices.of(child), child
        if (
            (word.dep_ in ("conj", "xcomp", "advcl", "pcomp") and (word.dep_ != "advcl" or word.tag_ == "VBG"))
            or word.dep_ == "prep"
            or word.dep_ == "aux"
        ):
            word = word.head
        else:
            break
    if word.dep_ == "relcl":
        return voices.of(word.head), word.head
    after = [
        c
        for c in verb.children
        if c.i > verb.i
        and c.dep_ in ("dobj", "attr", "oprd", "npadvmod", "dep", "appos")
        and c.pos_ in ("PROPN", "NOUN")
    ]
    for child in after:
        voice = voices.of(child)
        if voice is not None and verb.tag_ in ("VBD", "VBN", "VBZ") and _inverted(verb):
            return voice, child
    return None, None


def _inverted(verb: Token) -> bool:
    first = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass"))])
    before = verb.doc[first - 1].text if first else ""
    return before in (",", "”", '"', "''", "?", "!", "’")


def _content(verb: Token, subject: Token | None, sent: Span) -> tuple[int, int] | None:
    """The words that are the speaker's: the clause after the verb, or, of a verb in or behind them, the rest of the sentence."""
    base = verb.lemma_.lower()
    after = [
        c
        for c in verb.children
        if c.dep_ in ("ccomp", "xcomp", "advcl", "dobj", "prep", "oprd", "pobj", "conj", "parataxis", "acomp")
        and c.i > verb.i
    ]
    sure = [c for t in after if t.dep_ == "acomp" for c in t.children]
    clause = next((c for c in (*after, *sure) if c.dep_ in ("ccomp", "xcomp")), None)
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
    if base in ("reject", "deny", "dismiss"):
        return sent.doc[start].idx, end
    if clause is None and not any(c.dep_ in ("dobj", "prep", "oprd") for c in after):
        quoted = sent.doc[first : sent.end].text.lstrip().startswith((":", ",", "“", '"'))
        return (sent.doc[verb.i].idx, end) if quoted and first < sent.end else None
    return sent.doc[verb.i].idx, end


def _parenthetical(verb: Token, subject: Token | None, sent: Span) -> bool:
    """ "…, he added.", "Only X, he conceded, was …": a verb of saying set off by commas, or at the end, with words before it."""
    edges = [verb.i] if subject is None else [min(verb.i, subject.left_edge.i), max(verb.i, subject.right_edge.i)]
    low, high = min(edges), max(edges)
    if low - sent.start < 2:
        return False
    doc = sent.doc
    opened = doc[low - 1].text in (",", "”", '"', "-", "—", "–", ";", "?", "!", "''", ")")
    rest = [t for t in doc[high + 1 : sent.end] if not t.is_punct]
    return opened and (verb.dep_ in ("ROOT", "parataxis", "ccomp", "conj", "advcl", "acl", "dep") or not rest)


def _right_bound(verb: Token, sent: Span) -> int:
    """Where they end: before a clause of the outlet's own beside the verb of saying, else with the sentence."""
    end = sent.end_char
    for child in verb.children:
        if child.i <= verb.i:
            continue
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        if child.dep_ == "conj" and own and (child.tag_ == "VBD" or _says(child)):
            end = min(end, sent.doc[child.left_edge.i].idx)
        if (
            child.dep_ == "advcl"
            and own
            and any(c.dep_ == "mark" and c.lower_ in ("while", "although", "though", "whereas") for c in child.children)
        ):
            end = min(end, sent.doc[child.left_edge.i].idx)
    return end


def _cue(verb: Token) -> tuple[int, int]:
    return verb.idx, verb.idx + len(verb.text)


def _according(sent: Span, voices: Voices) -> Iterator[Attribution]:
    lowered = sent.text.lower()
    for phrase in load("speech")["frames"]["according"]:
        at = lowered.find(phrase + " ")
        if at < 0:
            continue
        span = sent.char_span(at, at + len(phrase), alignment_mode="expand")
        target = (
            next(
                (t for t in sent.doc[span.end : sent.end] if t.dep_ in ("pobj", "nsubj", "ROOT", "conj", "dobj")), None
            )
            if span is not None
            else None
        )
        voice = voices.of(target) if target is not None else None
        if voice is None or span is None:
            continue
        voices.heard(voice)
        low, high = sent.start_char, sent.end_char
        semicolon = sent.text.rfind(";", 0, at)
        if semicolon >= 0:
            low = sent.start_char + semicolon + 1
        yield Attribution((low, high), (span.start_char, span.end_char), voice.name, voice.role, voice.anonymous)


def _without_reported_plans(mine: list[Attribution], text: str) -> list[Attribution]:
    """A plan that another tells of is the teller's: "The navy expects it in May, according to an official"."""
    plans = load("speech")["verbs"]["intending"]

    def is_plan(one: Attribution) -> bool:
        return text[slice(*one.cue)].lower().startswith(tuple(p.removesuffix("e") for p in plans))

    tellers = [one for one in mine if not is_plan(one)]
    return [
        one for one in mine if not is_plan(one) or not any(t.content[0] <= one.cue[0] < t.content[1] for t in tellers)
    ]


def _with_channels(mine: list[Attribution]) -> list[Attribution]:
    """An outlet that passes on another's words in one sentence becomes their channel."""
    out: list[Attribution] = []
    for one in mine:
        if names.outlet(one.speaker) and any(o is not one and not names.outlet(o.speaker) for o in mine):
            continue
        outer = [o.speaker for o in mine if o is not one and names.outlet(o.speaker)]
        fresh = tuple(o for o in outer if o not in one.via and o != one.speaker)
        widest = [o for o in mine if o is not one and names.outlet(o.speaker)]
        content = one.content
        if widest and one.cue[0] > widest[0].cue[0]:
            content = min(one.content[0], widest[0].content[0]), max(one.content[1], widest[0].content[1])
        out.append(replace(one, via=one.via + fresh, content=content))
    return out


def _of_quotations(text: str, found: list[Attribution], quotations: list[Quotation]) -> list[Attribution]:
    """Quotations of several sentences: the parts without a verb of saying belong to the speaker beside them."""
    out: list[Attribution] = []
    last: Attribution | None = None
    ordered = sorted(found, key=lambda a: a.cue)
    for quote in quotations:
        low, high = quote.span
        beside = [
            a
            for a in ordered
            if a.content[0] < high and low < a.content[1] and (a.cue[1] <= low + 1 or a.cue[0] >= high - 1)
        ]
        paragraph = [a for a in ordered if text.rfind("\n\n", 0, low) < a.cue[0] < _paragraph_end(text, high)]
        before = [a for a in paragraph if a.cue[0] < low]
        after = [a for a in paragraph if a.cue[0] >= high]
        speaker = (beside or before[-1:] or after[:1] or ([last] if last and quote.continues else []) or [None])[0]  # type: ignore[list-item]
        if speaker is None:
            continue
        last = speaker
        out.append(replace(speaker, content=quote.span))
    return out


def _paragraph_end(text: str, position: int) -> int:
    end = text.find("\n\n", position)
    return len(text) if end < 0 else end
