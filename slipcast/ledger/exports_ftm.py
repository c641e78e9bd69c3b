"""FollowTheMoney entities, a line an entity, each value with the statement that it comes from.

A programme is a Project, a milestone an Event, a party a LegalEntity tied to the Project by a ProjectParticipant, a document an
Article. `properties` holds the values for readers of entities; `statements` holds each value once for every statement of
the ledger that tells it: `origin` is that statement's id, `first_seen` when the ledger learnt it, `original_value` the EDTF
date. The model: https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from slipcast import names
from slipcast.dates import parse
from slipcast.domain import Document, Entry, Milestone, Programme
from slipcast.fingerprints import digest
from slipcast.ledger.exports import about, clean, dated_by, is_open, line, said_by, title

DATASET = "slipcast"
_PREFIX = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(slots=True)
class Entity:
    """One entity in the making. told: (property, value, original value) -> the entries that tell it."""

    id: str
    schema: str
    caption: str
    told: dict[tuple[str, str, str | None], list[Entry]] = field(default_factory=dict)

    def tell(self, name: str, value: str | None, entries: Iterable[Entry], original: str | None = None) -> None:
        """Add a value with the entries that tell it; nothing where there is none."""
        text = clean(value or "").strip()
        if text:
            self.told.setdefault((name, text, original), []).extend(entries)

    def to_json(self) -> dict[str, object]:
        """The entity with its statements; entities of one id are one."""
        properties: dict[str, list[str]] = {}
        for name, value, _ in self.told:
            if value not in properties.setdefault(name, []):
                properties[name].append(value)
        statements = [
            self._statement(*key, entry)
            for key, entries in self.told.items()
            for entry in {entry.statement.id: entry for entry in entries}.values()
        ]
        head = {"id": self.id, "caption": self.caption, "schema": self.schema, "datasets": [DATASET]}
        return {**head, "properties": properties, "statements": statements}

    def _statement(self, name: str, value: str, original: str | None, entry: Entry) -> dict[str, object]:
        origin = entry.statement.id
        return {
            "id": digest(["ftm", self.id, name, value, origin])[:40],
            "entity_id": self.id,
            "canonical_id": self.id,
            "schema": self.schema,
            "prop": name,
            "value": value,
            "dataset": DATASET,
            "original_value": original,
            "first_seen": entry.recorded_at,
            "last_seen": entry.recorded_at,
            "origin": origin,
        }


def ftm_jsonl(programmes: Sequence[Programme]) -> str:
    """Every entity of the programmes, a JSON object a line; an entity that several programmes share stands once."""
    held: dict[str, Entity] = {}
    for programme in programmes:
        for entity in _of_programme(programme):
            known = held.setdefault(entity.id, entity)
            if known is not entity:
                for (name, value, original), entries in entity.told.items():
                    known.tell(name, value, entries, original)
    return "".join(json.dumps(entity.to_json(), ensure_ascii=False) + "\n" for entity in held.values())


def _of_programme(programme: Programme) -> Iterator[Entity]:
    cited = dict.fromkeys(i for m in programme.milestones for i in m.evidence)
    cited |= dict.fromkeys(i for share in programme.workshare for i in share.evidence)
    entries = [programme.entries[i] for i in cited if i in programme.entries]
    project = Entity(_id("project", programme.id), "Project", line(programme.id))
    project.tell("name", line(programme.id), entries)
    project.tell("description", programme.equipment, entries)
    for entry in entries:
        project.tell("alias", line(entry.statement.programme), [entry])
        project.tell("proof", _id("document", entry.document.id), [entry])
    yield project
    yield from (_article(entry.document, entry) for entry in entries)
    for role, parties in (("supplier", programme.supplier), ("recipient", programme.recipient)):
        for party in parties:
            yield from _participant(project, party, role, _naming(entries, role, party) or entries, role)
    for share in programme.workshare:
        told = [programme.entries[i] for i in share.evidence if i in programme.entries]
        made = _participant(project, share.participant, f"maker of {share.part}", told, "share", share.part)
        for entity in made:
            if entity.schema == "ProjectParticipant":
                entity.tell("status", share.ended or share.status, told)
                for name, edtf in (("startDate", share.since), ("endDate", share.until)):
                    for value in bounds(edtf)[:: 1 if name == "startDate" else -1][:1] if edtf else ():
                        entity.tell(name, value, told, edtf)
            yield entity
    for milestone in programme.milestones:
        yield _event(programme, milestone, project)


def _event(programme: Programme, milestone: Milestone, project: Entity) -> Entity:
    entries = [programme.entries[i] for i in milestone.evidence if i in programme.entries]
    name = title(programme, milestone)
    event = Entity(_id("milestone", programme.id, milestone.tranche or "", milestone.kind), "Event", name)
    event.tell("name", name, entries)
    event.tell("program", line(programme.id), entries)
    event.tell("programId", project.id, entries)
    current = programme.entries.get(milestone.current.winner) if milestone.current else None
    reached = milestone.achieved if milestone.achieved != "yes" and not is_open(milestone) else None
    by = programme.entries.get(dated_by(milestone) or "")
    stands = reached or milestone.promised
    if stands:
        exact = [e for e in entries if e.statement.date == stands] or [e for e in (by, current) if e]
        first, last = bounds(stands)
        event.tell("startDate", first, exact, stands)
        event.tell("endDate", last, exact, stands)
    event.tell("summary", _summary(milestone), [current] if current else entries)
    for slip in milestone.promises:
        told = [programme.entries[slip.statement]] if slip.statement in programme.entries else []
        event.tell("notes", f"promised {about(slip.promised)}, said {slip.stated_on}", told, slip.promised)
    for entry in entries:
        event.tell("description", entry.statement.quote, [entry])
        event.tell("notes", f"said by {line(said_by(entry))}", [entry])
        event.tell("proof", _id("document", entry.document.id), [entry])
        event.tell("publisher", line(entry.document.outlet or ""), [entry])
        event.tell("sourceUrl", _address(entry.document), [entry])
    for party in (*programme.supplier, *programme.recipient):
        event.tell("involved", _id("party", party), entries)
    return event


def _summary(milestone: Milestone) -> str:
    dates = [f"promised {milestone.promised}"] if milestone.promised else []
    dates += [f"achieved {milestone.achieved}".replace(" yes", "")] if milestone.achieved else []
    marks = [word for word, holds in (("claimed", milestone.claimed), ("disputed", milestone.disputed)) if holds]
    return ", ".join([milestone.status.replace("_", " "), *dates, *marks])


def _participant(project: Entity, party: str, role: str, entries: Sequence[Entry], *key: str) -> tuple[Entity, Entity]:
    """The party, and its tie to the project."""
    whose = Entity(_id("party", party), "LegalEntity", line(party))
    whose.tell("name", line(party), entries)
    country = names.country(party)
    whose.tell("country", country.code.lower() if country else None, entries)
    tie = Entity(_id("participant", project.id, party, *key), "ProjectParticipant", line(f"{party}, {role}"))
    tie.tell("project", project.id, entries)
    tie.tell("participant", whose.id, entries)
    tie.tell("role", line(role), entries)
    for entry in entries:
        tie.tell("proof", _id("document", entry.document.id), [entry])
    return whose, tie


def _article(document: Document, entry: Entry) -> Entity:
    shown = line(document.title or f"{document.outlet or 'document'}, {document.published or 'no date'}")
    article = Entity(_id("document", document.id), "Article", shown)
    article.tell("title", shown, [entry])
    article.tell("publisher", line(document.outlet or ""), [entry])
    article.tell("sourceUrl", _address(document), [entry])
    if document.published:
        article.tell("publishedAt", bounds(document.published)[0], [entry], document.published)
    return article


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last of a window as FollowTheMoney writes dates: 2020 stays 2020, a quarter becomes its two days."""
    plain = edtf.rstrip("~")
    if _PREFIX.fullmatch(plain):
        return plain, plain
    window = parse(edtf)
    first, last = window.earliest, window.latest
    return (first.isoformat() if first else None), (last.isoformat() if last else None)


def _naming(entries: Sequence[Entry], role: str, party: str) -> list[Entry]:
    """The entries that name a party in a role, as the gazetteer reads their words."""
    return [entry for entry in entries if any(_means(text, party) for text in getattr(entry.statement, role))]


def _means(text: str, party: str) -> bool:
    country = names.country(text)
    found = {found.entry.name for found in names.find(text)} | ({country.name} if country else set())
    return party in found or text.casefold() == party.casefold()


def _address(document: Document) -> str | None:
    return document.url if document.url and _ADDRESS.fullmatch(document.url) else None


def _id(kind: str, *parts: str) -> str:
    return f"{DATASET}-{kind}-{digest(parts)[:24]}"
