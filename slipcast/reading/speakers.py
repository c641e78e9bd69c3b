"""Who says it: verbs of saying, "according to", quotations over sentences and paragraphs, channels, unnamed sources.

Every attribution ties a stretch of text to a speaker. The innermost stretch that covers a word has its speaker; the
channels around it are its `via`. Where the outlet itself speaks there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from slipcast.reading.attribution import Attribution
from slipcast.reading.content import content_of, inverted
from slipcast.reading.lexicon import load
from slipcast.reading.persons import Roster
from slipcast.reading.quotations import Quotation, find_quotations
from slipcast.reading.relays import Telling, is_name, sourced
from slipcast.reading.saying import channels, said_on
from slipcast.reading.trailing import trailing
from slipcast.reading.turns import find_turns
from slipcast.reading.voices import Voice, Voices

__all__ = ["Attribution", "find_speakers", "speaker_at"]


class Names(Protocol):
    """What the speakers need of the document's names: its text and its title."""

    text: str
    title: str


def find_speakers(parsed: Doc, named: Names) -> list[Attribution]:
    """All attributions of a document, in the order of their content. parsed: its Doc, whose text is the document's own."""
    text = named.text
    voices = Voices(text, Roster(text))
    found: list[Attribution] = []
    for sent in parsed.sents:
        voices.enter(sent.start_char, sent.end_char)
        if sent[0].pos_:
            tellings = list(_in_sentence(sent, voices))
            tellings += trailing(sent.text.rstrip(), sent.start_char, tellings, voices)
        else:
            tellings = list(_in_words(sent.text, sent.start_char, voices))
        found += sourced(tellings, text)
        voices.leave(sent)
    for content, cue, voice in find_turns(text, voices.roster, _people(parsed), named.title):
        found.append(Attribution(content, cue, voice.name, voice.role, voice.anonymous))
    found += _of_quotations(text, found, find_quotations(text))
    return sorted(found, key=lambda a: (a.content, a.cue))


def _people(parsed: Doc) -> frozenset[str]:
    return frozenset(e.text for e in parsed.ents if e.label_ == "PERSON" and " " in e.text)


def speaker_at(attributions: list[Attribution], position: int) -> Attribution | None:
    """The attribution whose content covers a position of the text; the narrowest where several do."""
    covering = [a for a in attributions if a.content[0] <= position < a.content[1]]
    return min(covering, key=lambda a: (a.content[1] - a.content[0], -a.cue[0])) if covering else None


def _in_words(text: str, start: int, voices: Voices) -> Iterator[Telling]:
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
    yield Telling(Attribution(content, cue, voice.name, voice.role, voice.anonymous), "said")


#: "In June 2018 a source who was not named (told)": a date before, a relative clause behind the one who speaks.
_ADJUNCT = re.compile(
    r"^(?:In|On|By|Last|Late|Early) (?:[A-Z]\w+ )?(?:\d{1,4} )+|,? who (?:was|were|did|asked|declined|spoke)\b.*$"
)


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    forms = "|".join(load("speech")["verbs"]["forms"])
    return re.compile(
        rf"\b(?:(?:has|had|have|also|then|later|earlier|first|is|was|were|are) )*(?P<verb>(?:quoted|cited) as saying|{forms})\b"
    )


def _in_sentence(sent: Span, voices: Voices) -> Iterator[Telling]:
    yield from _according(sent, voices)
    yield from _before_colon(sent, voices)
    for token in sent:
        if token.pos_ == "NOUN" and token.lemma_.lower() in load("speech")["verbs"]["nouns"]:
            yield from _claimed(token, voices)
        if token.pos_ in ("VERB", "AUX") and _says(token):
            one = _telling(token, sent, voices)
            if one is not None:
                yield one
        elif token.lower_ in ("reports", "recounts", "recalls", "cites", "quotes") and token.pos_ == "NOUN":
            yield from _reported(token)


def _before_colon(sent: Span, voices: Voices) -> Iterator[Telling]:
    """ "The minister is not convinced: “…”": whose words a quotation behind a colon is."""
    match = re.search(r":\s*[“\"‘]", sent.text)
    if match is None:
        return
    at = sent.start_char + match.start()
    for token in sent:
        if token.dep_ == "nsubj" and token.idx < at < token.head.idx + len(sent.text) and token.head.idx < at:
            voice = None if any(_says(t) for t in (token.head,) if t.pos_ == "VERB") else voices.of(token)
            if voice is not None and voice.human and not voice.unclear:
                voices.heard(voice)
                told = Attribution((at, sent.end_char), (at, at + 1), voice.name, voice.role, voice.anonymous)
                yield Telling(told, "said")
            return


def _claimed(noun: Token, voices: Voices) -> Iterator[Telling]:
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
        cue = (noun.idx, noun.idx + len(noun.text))
        yield Telling(Attribution(content, cue, voice.name, voice.role, voice.anonymous), "noun")


def _reported(noun: Token) -> Iterator[Telling]:
    """ "…, Norvik Daily reports": a verb of passing on that was taken for a noun."""
    if noun.i + 1 < noun.sent.end and not noun.nbor().is_punct:
        return
    comma = next((t for t in reversed(noun.doc[noun.sent.start : noun.i]) if t.text == ","), None)
    phrase = re.sub(r"^(?:as|and|but) ", "", noun.doc[comma.i + 1 : noun.i].text) if comma is not None else ""
    if comma is None or not phrase or not is_name(phrase):
        return
    sent, cue = noun.sent, (noun.idx, noun.idx + len(noun.text))
    yield Telling(Attribution((sent.start_char, sent.end_char), cue, phrase), "as")


def _is_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _says(token: Token) -> bool:
    verbs = load("speech")["verbs"]
    base = token.lemma_.lower()
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children)
    if base in verbs["intending"]:
        return _intends(token)
    if base == "rule" and any(c.dep_ == "prt" and c.lower_ == "out" for c in token.children):
        return not any(c.dep_ == "auxpass" for c in token.children)
    if base == "put" and not any(c.lower_ in ("at", "down") for c in token.children):
        return False
    if base == "name":
        return any(c.dep_ == "dobj" and (c.ent_type_ == "DATE" or c.lower_ in _TIMES) for c in token.children)
    if base == "give" and any(c.dep_ == "prep" and c.lower_ == "as" for c in token.children):
        return any(c.dep_ == "dobj" for c in token.children)
    if negated and base not in verbs["rejecting"]:
        return False
    if any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "should", "must") for c in token.children):
        return False
    if base == "agree" and not any(c.dep_ == "ccomp" and c.i > token.i for c in token.children):
        return False
    clause = any(c.dep_ == "ccomp" and c.i > token.i for c in token.children)
    if token.dep_ == "amod" and token.i and token.nbor(-1).text in ("”", '"', "’"):
        return base in verbs["say"]
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
    return base in verbs["about"] and (token.tag_ in ("VBD", "VBZ", "VBN") or _was_saying(token))


#: What names a time: "had named 2025", "names the fourth quarter".
_TIMES = ("date", "month", "year", "quarter", "day", "deadline")


def _was_saying(token: Token) -> bool:
    """ "had still been talking of November"."""
    return token.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children)


def _has_words(verb: Token) -> bool:
    """Whether a verb of saying has anything said beside it: "announced that", "..., insisted the yard", not "announced in May"."""
    return any(c.dep_ in ("ccomp", "xcomp", "dobj", "parataxis", "advcl") for c in verb.children) or verb.dep_ in (
        "parataxis",
        "ccomp",
    )


def _intends(token: Token) -> bool:
    """ "The maker expects to deliver in May": whose expectation it is. A past perfect tells of one that is over."""
    helpers = [c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")]
    if (
        (token.tag_ not in ("VBZ", "VBP", "VBD", "VB") and not _was_saying(token))
        or "had" in helpers
        or any(c.dep_ == "nsubjpass" for c in token.children)
    ):
        return False
    owner = token.head if token.dep_ == "conj" else token
    said = [c for c in token.children if c.i > token.i]
    if token.lemma_ == "want":
        return any(c.dep_ == "ccomp" or (c.dep_ == "xcomp" and c.lemma_ in ("see", "have", "get")) for c in said)
    if token.lemma_ == "count":
        return any(c.dep_ == "prep" and c.lower_ == "on" for c in said)
    if token.dep_ == "relcl" and any(c.dep_ == "dobj" and c.i < token.i for c in token.children):
        return any(c.dep_ == "nsubj" for c in token.children)
    return any(c.dep_ == "nsubj" for t in (token, owner) for c in t.children) and any(
        c.dep_ in ("xcomp", "ccomp", "advcl", "dobj") for c in said
    )


def _telling(verb: Token, sent: Span, voices: Voices) -> Telling | None:
    base = verb.lemma_.lower()
    voice, subject, frame = _voice_of(verb, voices)
    if voice is None or voice.unclear:
        first = min(subject.left_edge.i, subject.i) if subject is not None and subject.i < verb.i else sent.start
        phrase = re.split(r"\d\d?:\d\d [-–—] ", sent.doc[first : verb.i].text)[-1]
        if subject is not None:
            voice = voices.of_words(phrase)
        elif base in load("speech")["verbs"]["only_voices"] and (verb.tag_ in ("VBD", "VBZ") or verb.dep_ == "ROOT"):
            voice = voices.of_words(_ADJUNCT.sub("", phrase))
    if voice is None:
        return None
    if (
        base in ("tell", "inform", "assure", "notify")
        and any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
        and not any(c.dep_ == "agent" for c in verb.children)
    ):
        return None
    content = content_of(verb, subject, sent)
    if content is None:
        return None
    if frame not in ("as", "passed"):
        voices.heard(voice)
    via = tuple(channels(verb, sent))
    said = said_on(verb, subject, content, sent)
    if said is not None and said[0] > verb.idx and _is_of_plan(verb, said, frame):
        said = None
    return Telling(Attribution(content, _cue(verb), voice.name, voice.role, voice.anonymous, via, said), frame)


def _is_of_plan(verb: Token, date: tuple[int, int], frame: str) -> bool:
    """Whether a date behind a verb belongs to what is said: "expected the fourth in August", "put the start at May"."""
    if frame == "plan" or verb.lemma_.lower() in load("speech")["verbs"]["setting"]:
        return True
    if verb.lemma_.lower() in ("tell", "inform", "assure", "notify") or "day" in verb.doc.text[slice(*date)]:
        return False
    inside = verb.doc.char_span(*date, alignment_mode="expand")
    things = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    return inside is not None and any(t.is_ancestor(inside.root) for t in things)


def _voice_of(verb: Token, voices: Voices) -> tuple[Voice | None, Token | None, str]:
    """Who speaks a verb, the word that names them, and the frame: its subject; of "citing X" its object."""
    base = verb.lemma_.lower()
    verbs = load("speech")["verbs"]
    frame = "plan" if base in verbs["intending"] else "said"
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    agent = next((g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
    if base in verbs["passing_on"]:
        if passive and agent is not None and not any(c.lower_ == "as" for c in verb.children):
            return voices.of(agent), agent, "passed"
        source = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
        voice = voices.of(source) if source is not None and not passive else None
        if voice is not None:
            return voice, source, "cited"
        if verb.dep_ == "relcl" and not passive:
            return None, None, frame
    elif passive and agent is not None:
        return voices.of(agent), agent, frame
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        frame = "as"
    if base == "report" and any(c.dep_ == "advcl" and c.lower_ in ("citing", "quoting") for c in verb.children):
        frame = "as"
    if inverted(verb) and not any(c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i for c in verb.children):
        behind = re.split(r"[,.;:]\s| to | in | on |[”“\"]", verb.doc[verb.i + 1 : verb.sent.end].text)[0]
        voice = voices.of_words(behind)
        if voice is not None:
            return voice, verb.nbor() if verb.i + 1 < verb.sent.end else None, frame
    certain = frame == "as" or (base in verbs["only_voices"] and _has_words(verb))
    word = verb
    for _ in range(4):
        for child in word.children:
            if child.dep_ in ("nsubj", "nsubjpass", "expl") and not (
                child.dep_ == "nsubjpass" and base not in ("quote", "cite", "say")
            ):
                return voices.of_speaking(child) if certain and word is verb else voices.of(child), child, frame
        if (
            (word.dep_ in ("conj", "xcomp", "advcl", "pcomp") and (word.dep_ != "advcl" or word.tag_ == "VBG"))
            or word.dep_ == "prep"
            or word.dep_ == "aux"
        ):
            word = word.head
        else:
            break
    if word.dep_ == "relcl":
        return voices.of(word.head), word.head, frame
    return None, None, frame


def _cue(verb: Token) -> tuple[int, int]:
    return verb.idx, verb.idx + len(verb.text)


def _according(sent: Span, voices: Voices) -> Iterator[Telling]:
    lowered = sent.text.lower()
    for phrase in load("speech")["frames"]["according"]:
        match = re.search(rf"\b{phrase} ", lowered)
        if match is None:
            continue
        at = match.start()
        span = sent.char_span(at, at + len(phrase), alignment_mode="expand")
        target = (
            next(
                (t for t in sent.doc[span.end : sent.end] if t.dep_ in ("pobj", "nsubj", "ROOT", "conj", "dobj")), None
            )
            if span is not None
            else None
        )
        free = phrase == "according to"
        voice = (voices.of_speaking(target) if free else voices.of(target)) if target is not None else None
        if voice is None or span is None:
            continue
        voices.heard(voice)
        low, high = sent.start_char, sent.end_char
        semicolon = sent.text.rfind(";", 0, at)
        if semicolon >= 0:
            low = sent.start_char + semicolon + 1
        cue = (span.start_char, span.end_char)
        yield Telling(Attribution((low, high), cue, voice.name, voice.role, voice.anonymous), "according")


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
        nearby = [last] if last and quote.continues else _led_on(text, ordered, low)
        speaker = (beside or before[-1:] or after[:1] or nearby or [None])[0]  # type: ignore[list-item]
        if speaker is None:
            continue
        last = speaker
        out.append(replace(speaker, content=quote.span))
    return out


def _led_on(text: str, ordered: list[Attribution], low: int) -> list[Attribution]:
    """Of a quotation that begins a paragraph of its own: whoever spoke last in the paragraph before."""
    ahead = text[:low].rstrip()
    if "\n" not in text[len(ahead) : low]:
        return []
    start = ahead.rfind("\n") + 1
    return [a for a in ordered if start <= a.cue[0] < len(ahead)][-1:]


def _paragraph_end(text: str, position: int) -> int:
    end = text.find("\n\n", position)
    return len(text) if end < 0 else end
