"""What a part is for: the programme of a workshare line."""

from __future__ import annotations

from slipcast.reading.names import Mention, Mentions
from slipcast.reading.parts import ShareFound


def programme_of_share(share: ShareFound, sentence: tuple[int, int], mentions: Mentions) -> str:
    """The programme that a share belongs to, as the text names it; "" where the document names none.

    sentence: code points of the document's text. In this order: the system that the words "for the ..." name; a system
    named in the sentence outside the part itself; the last one named before in the paragraph; the document's main one.
    Engines, and designations that no list knows, are passed over on the way: they may be parts themselves.
    """
    inside = [m for m in mentions.programmes() if sentence[0] <= m.span[0] < sentence[1] and m.kind != "engine"]
    hint = share.programme_hint or ""
    meant = [m for m in inside if hint and (m.name in hint or hint in m.name)]
    beside = [m for m in inside if m.kind and not _in_part(m, share, sentence, mentions.text)]
    paragraph = mentions.text.rfind("\n\n", 0, sentence[0])
    before = [
        m for m in mentions.programmes() if paragraph < m.span[0] < sentence[0] and m.kind not in (None, "engine")
    ]
    chosen = meant[:1] or beside[:1] or before[-1:]
    return chosen[0].name if chosen else mentions.main


def _in_part(mention: Mention, share: ShareFound, sentence: tuple[int, int], text: str) -> bool:
    start = text.find(share.part, *sentence)
    return start <= mention.span[0] < start + len(share.part)
