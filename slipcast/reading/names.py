"""Which system is meant: the designations of a document, and what "the jet", "that programme", "it" pick up again.

The form of names comes first (designations), the gazetteer second, the document itself third: abbreviations it
introduces, its title, and the noun it picks up. All offsets are code points of the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span, Token

from slipcast import names
from slipcast.domain import Quantity
from slipcast.reading.amounts import Part, parts, quantities
from slipcast.reading.coined import coined, recurring
from slipcast.reading.designations import MARK, Designation, find_designations, introduced, words
from slipcast.reading.lexicon import load
from slipcast.reading.parties import Parties, buyers_of, parties_of
from slipcast.reading.topics import topics
from slipcast.reading.tree import FAR, steps

_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"(])|\n\s*\n")
_TITLE_NAME = re.compile(r"^([A-Z][^:(|]{2,60}?)\s*(?:\([A-Za-z]{2,6}\)\s*:|\([A-Z]{2,6}\)|:)")
#: "Fleet Solid Support (MOD): ...": a title that names its programme and its owner.
_OWNED = re.compile(r"\([A-Za-z]{2,6}\):")
_NOUN = re.compile(r"[A-Za-z]+")
_DEFINITE = re.compile(r"(?i)\b(?:the|this|that|these|those|its|their|his|each|such|same)\b")
_BACK = re.compile(r"(?i)\b(?:this|that|same)\s$")
#: Weighted steps of the tree within which a word still belongs to an event's own phrase.
_NEAR = 4.5
_FAR_OFF = 5.5


@dataclass(frozen=True, slots=True)
class Mention:
    """A system named in the document. name: as the text names it; canonical: the gazetteer's name; sentence: its number."""

    span: tuple[int, int]
    name: str
    canonical: str | None
    sentence: int
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An award notice's recipient, tranche and quantity."""

    recipient: tuple[str, ...]
    tranche: str | None
    quantity: Quantity | None


class Mentions:
    """The systems of one document. text: the whole document; title: its title, which counts as its first line."""

    def __init__(self, text: str, title: str | None = None) -> None:
        """Reads the text by form and gazetteer; no parse is needed for this."""
        self.text, self.title = text, title or ""
        self.abbreviations = introduced(f"{self.title}\n{text}")
        self._ends = [m.start() for m in _SENTENCE_END.finditer(text)]
        self._in_title = self._read(self.title)
        self._found = self._read(text)
        self._starts = [mention.span[0] for mention in self._found]

    def programmes(self) -> list[Mention]:
        """All mentions, in order."""
        return list(self._found)

    def in_title(self) -> list[Mention]:
        """The mentions of the title, their spans in it, in order."""
        return list(self._in_title)

    @cached_property
    def main(self) -> str:
        """The system that the document is mostly about; "" where none is named."""
        weight: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for mention, by in [(m, 3) for m in self._in_title] + [(m, 1) for m in self._found]:
            key = self._family(mention)
            weight[key] += by + (mention.span[0] < 400 and mention in self._found)
            shown.setdefault(key, mention.name)
        titled = _TITLE_NAME.match(self.title)
        if not weight:
            return self._with_abbreviation(titled.group(1)) if titled else ""
        best = max(weight, key=lambda key: weight[key])
        if best not in {self._family(m) for m in self._found}:
            return shown[best]
        inside = Counter(m.name for m in self._found if self._family(m) == best)
        return max(inside, key=lambda name: (inside[name], name in shown.values()))

    def programme_for(self, where: Token | Span | tuple[int, int]) -> str:
        """The system that an event is about, as the text names it; "" where the document names none.

        where: the event's token, a sentence, or a range of the text. A token's Doc must have the document's own text.
        """
        if isinstance(where, Token):
            return self._for_token(where)
        start, end = (where.start_char, where.end_char) if isinstance(where, Span) else where
        inside = self._between(start, end)
        if inside:
            return inside[0].name
        return self._picked_up(self.text[start:end], start) or self._focus(start)

    def parties_for(self, anchor: Token, head: Token | None = None) -> Parties:
        """Supplier and recipient of an event, as the text names them. head: the verb that carries its tense, if another."""
        entry = names.system(self.programme_for(anchor))
        things = {t.i for t in anchor.sent if self._at(t)}
        maker = entry.country if entry and entry.kind not in ("infrastructure", "railway", "train", "vehicle") else None
        found = parties_of(anchor, head or anchor, maker, things)
        return Parties(found.supplier or self._headed("makers"), found.recipient or self._headed("buyers"))

    def _headed(self, role: str) -> tuple[str, ...]:
        """Who a notice names in a line of its own: "Contractor: The Boeing Co., Seattle, Washington"."""
        labels = "|".join(load("transfer")["lines"][role])
        found = re.search(rf"(?mi)^(?:{labels}): *([^\n,;(]+)", self.text)
        return (found.group(1).strip(),) if found else ()

    def tranche_for(self, anchor: Token) -> str | None:
        """The tranche that an event is about: "second", "second regiment", "Lots 12 to 14"; None where none is told."""
        near = [(steps(anchor, part.token), part.token.i, part) for part in parts(anchor.sent)]
        near = [one for one in near if one[0] <= _NEAR]
        if near:
            return min(near, key=lambda one: one[:2])[2].name
        return _carried(anchor)

    def quantity_for(self, anchor: Token) -> Quantity | None:
        """How many things an event is about; "the first aircraft" is 1; None where the sentence does not count them."""
        near = [(steps(anchor, token), token.i, quantity) for token, quantity in quantities(anchor.sent, self._unit)]
        for part in parts(anchor.sent):
            single = self._single(part)
            if single:
                near.append((steps(anchor, part.token), part.token.i, Quantity(1, "=", single)))
        near = [one for one in near if one[0] <= _NEAR]
        return min(near, key=lambda one: one[:2])[2] if near else None

    def award_for(self, notice: Span) -> Award:
        """What the one sentence of an award notice grants: for whom, which option or lot, how many of the first item."""
        counted = [quantity for _, quantity in quantities(notice, self._unit) if quantity.unit]
        series = [part.name for part in parts(notice) if any(c.isdigit() or c.isupper() for c in part.name)]
        return Award(buyers_of(notice.text), series[0] if series else None, counted[0] if counted else None)

    def _single(self, part: Part) -> str | None:
        """What one thing "the first aircraft", "a second regiment", "its first A350" counts; None for a batch or a rest."""
        lexicon = load("amounts")
        after = part.token.nbor() if part.token.i + 1 < len(part.token.doc) else None
        mention = self._at(after) if after is not None else None
        if part.name.split()[0] in lexicon["ordinals"]["rests"] and part.name != "final":
            return None
        if part.single in lexicon["units"]["single"]:
            return part.single
        if (
            part.single in lexicon["units"]["formations"]
            and part.token.i
            and part.token.nbor(-1).lower_ in ("a", "another")
        ):
            return part.single
        if mention is not None:
            unit = lexicon["units"]["of_kind"].get(mention.kind)
            return (
                str(unit)
                if unit in ("aircraft", "helicopters", "ships", "submarines", "trains", "spacecraft")
                else None
            )
        return None

    def _at(self, token: Token) -> Mention | None:
        """The mention that a token belongs to."""
        index = bisect_right(self._starts, token.idx) - 1
        if index >= 0 and token.idx < self._found[index].span[1]:
            return self._found[index]
        return None

    def _unit(self, token: Token) -> tuple[str, int] | None:
        mention = self._at(token)
        if mention is None:
            return None
        return load("amounts")["units"]["of_kind"].get(mention.kind, "units"), mention.span[0]

    def _for_token(self, token: Token) -> str:
        sent = token.sent
        inside = self._between(sent.start_char, sent.end_char)
        own = self._picked_up(_own_words(token), token.idx)
        if not inside:
            return own or self._picked_up(sent.text, sent.start_char) or self._focus(token.idx)
        near = {m.span: self._steps(token, m) for m in inside}
        best = min(inside, key=lambda m: (near[m.span], abs(m.span[0] - token.idx)))
        if near[best.span] > _NEAR:
            return own or (self._focus(token.idx) if near[best.span] > _FAR_OFF else best.name)
        return best.name

    def _steps(self, event: Token, mention: Mention) -> float:
        named = event.doc.char_span(*mention.span, alignment_mode="expand")
        return steps(event, named.root) if named is not None else FAR

    def _picked_up(self, phrase: str, before: int) -> str:
        """The earlier system that a noun of the phrase can pick up ("the jet"); "" where none fits."""
        kinds_of = words()["kinds"]
        for match in _NOUN.finditer(phrase):
            noun = match.group().lower()
            kinds = next((kinds_of[n] for n in _singulars(noun) if n in kinds_of), None)
            if kinds == [] and _BACK.search(phrase, 0, match.start()) and self._before(before):
                return self._before(before)[-1].name
            if not kinds:
                continue
            for mention in reversed(self._before(before)):
                if mention.kind in kinds:
                    return mention.name
            for mention in [*self._in_title, *self._found]:
                if mention.kind in kinds:
                    return mention.name
        return ""

    def _focus(self, position: int) -> str:
        """The last system named in the paragraph, else the document's main one, else the last one before, else the first."""
        paragraph = self.text.rfind("\n\n", 0, position)
        earlier = self._before(position)
        if earlier and earlier[-1].span[0] > paragraph and self.text.find("\n\n") >= 0:
            return earlier[-1].name
        if self.main:
            return self.main
        nearest = earlier[-1:] or self._found[:1]
        return nearest[0].name if nearest else ""

    def _before(self, position: int) -> list[Mention]:
        return self._found[: bisect_left(self._starts, position)]

    def _between(self, start: int, end: int) -> list[Mention]:
        return self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _family(self, mention: Mention) -> str:
        entry = names.system(mention.canonical) if mention.canonical else None
        return (entry.family or entry.name) if entry else names.fold(mention.name)

    def _read(self, text: str) -> list[Mention]:
        spans: dict[tuple[int, int], names.System | None] = {}
        topical: dict[tuple[int, int], str] = {}
        listed = names.find(text)
        for found in listed:
            if isinstance(found.entry, names.System) and _is_meant(text, found, text):
                mark = MARK.match(text, found.span[1])
                spans[(found.span[0], mark.end() if mark else found.span[1])] = found.entry
        bodies = [f.span for f in listed if isinstance(f.entry, names.Organisation)]
        for one in find_designations(text):
            if any(low < one.span[1] and one.span[0] < high for low, high in bodies) and one.form in (
                "named",
                "before head",
            ):
                continue
            spans.setdefault(one.span, names.system(one.name) if one.form != "before head" else None)
        for one in coined(text, self.title) or ([] if spans else self._by_return(text)):
            if not any(low < one.span[1] and one.span[0] < high for low, high in (*bodies, *spans)):
                spans[one.span] = names.system(one.name)
                if one.form == "topic":
                    topical[one.span] = one.name
        for short, long in self.abbreviations.items():
            if short not in words()["words"]["not_systems"] and self._is_thing(long, short):
                for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
                    spans.setdefault(match.span(), None)
        kept: list[Mention] = []
        for (start, end), entry in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
            if kept and start < kept[-1].span[1]:
                continue
            if (
                kept
                and text[kept[-1].span[1] : start] == " ("
                and text[end : end + 1] == ")"
                and any(c.isdigit() for c in text[start:end])
            ):
                kept.pop()  # "the Navy variant of the V-22 (CMV-22B)" speaks of the variant
            name = topical.get((start, end)) or self._shown(
                re.sub(r"['’]s$", "", " ".join(text[start:end].split())), entry
            )
            entry = entry or names.system(name)
            sentence = bisect_left(self._ends, start)
            kept.append(
                Mention((start, end), name, entry.name if entry else None, sentence, entry.kind if entry else None)
            )
        return kept

    def _by_return(self, text: str) -> list[Designation]:
        """What a text that names no system by form or list keeps coming back to; a title alone has no topic."""
        if text == self.title:
            return []
        return recurring(text, self.title) or ([] if _OWNED.search(self.title) else topics(text, self.title))

    def _is_thing(self, long: str, short: str) -> bool:
        if names.organisation(long) or names.organisation(short):
            return False
        last = long.split()[-1].lower()
        heads = {"programme", "program", "project", "upgrade", "class", "system", "pipeline", *words()["kinds"]}
        return last in heads or bool(
            re.search(rf"(?<!\w){re.escape(short)} (?:programme|program|project|system)", self.text)
        )

    def _shown(self, name: str, entry: names.System | None) -> str:
        if any(c.isdigit() for c in name):
            tail = name.rsplit(" ", 1)[-1].lower()
            name = name.rsplit(" ", 1)[0] if any(n in words()["kinds"] for n in _singulars(tail)) else name
        if entry is None or any(c.isdigit() for c in name):
            return self._with_abbreviation(name)
        if any(c.isdigit() for c in entry.name) and names.fold(entry.name).split()[0] in names.fold(self.text):
            return entry.name
        return self._with_abbreviation(re.sub(r"(?<=[a-z])s$", "", name) if name[-2:] == "ns" else name)

    def _with_abbreviation(self, name: str) -> str:
        for short, long in self.abbreviations.items():
            if name in (short, long):
                return f"{long} ({short})"
        return name


def _is_meant(text: str, found: names.Found, document: str) -> bool:
    """Whether an ordinary word or a bare number that is also a system's name (Tiger, 747) is meant as one here."""
    name = text[slice(*found.span)]
    base = re.sub(r"s$", "", names.fold(name))
    if (
        not name.isdigit()
        and base not in words()["names"]["ambiguous"]
        and names.fold(name) not in words()["names"]["ambiguous"]
    ):
        return True
    before, after = text[max(0, found.span[0] - 30) : found.span[0]], text[found.span[1] : found.span[1] + 40]
    nouns = "(?i:" + "|".join(n + "s?" for n in words()["kinds"]) + "|class|family)"
    if re.match(rf"s?[ -](?:[\w-]+ )?{nouns}\b", after) or re.search(r"\b(?:Boeing|Airbus|\d+) $", before):
        return True
    if name.isdigit():
        beside = re.search(
            rf"(?:Boeing|Airbus) {name}\b|\b{name} (?:aircraft|jet|plane|program|Dreamliner|MAX)", document
        )
        return bool(beside and re.search(r"\b(?:the|its|of|first|new|for|and|a) $", before))
    stem = re.escape(re.sub(r"s$", "", name))
    return bool(re.search(rf"\b{stem}s?[ -]{nouns}\b", document)) or len(re.findall(rf"\b{stem}", document)) > 2


def _carried(anchor: Token) -> str | None:
    """The tranche that a pronoun stands for: "In the summer he said that it might arrive" after "a second regiment"."""
    themes = [c for c in anchor.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")]
    themes += [g for c in anchor.children if c.dep_ == "prep" for g in c.children]
    themes += [c for c in anchor.head.children if c.dep_ in ("nsubj", "nsubjpass") and anchor.dep_ == "xcomp"]
    pronoun = next((t for t in themes if t.lower_ in ("it", "they", "them")), None)
    if pronoun is None:
        return None
    for sent in _sentences_back(anchor, 2):
        earlier = [part for part in parts(sent) if part.token.i < pronoun.i]
        if earlier:
            return earlier[-1].name
    return None


def _sentences_back(token: Token, count: int) -> list[Span]:
    """The sentence of a token and those before it, nearest first, within its paragraph."""
    found, sent = [token.sent], token.sent
    while len(found) <= count and sent.start > 0 and "\n" not in token.doc[sent.start - 1].text:
        sent = token.doc[sent.start - 1].sent
        found.append(sent)
    return found


def _own_words(token: Token) -> str:
    """The words of the event's own phrase: its arguments, without clauses that hang from it."""
    parts = [token.text]
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "prep", "agent", "poss", "compound", "oprd", "dative"):
            parts.append(" ".join(t.text for t in child.subtree))
    return " ".join(parts)


def _singulars(noun: str) -> tuple[str, ...]:
    found = [noun]
    if noun.endswith("ies"):
        found.append(noun[:-3] + "y")
    if noun.endswith("s"):
        found.append(noun[:-1])
    return tuple(found)
