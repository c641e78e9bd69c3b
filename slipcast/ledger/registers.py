"""Promise registers in: a CSV row becomes a document that holds the row, and the statement that it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from slipcast.dates import parse
from slipcast.domain import MILESTONES, MODALITIES, STATUSES, Comparator, Document, Quantity, Statement
from slipcast.errors import DateError, InputError
from slipcast.fingerprints import document_id
from slipcast.ledger.mappings import COLUMNS, Mapping, read_mapping
from slipcast.ledger.tabular import Remark, read_table

READER = "register 1"
NEEDED = ("stated_on", "system", "milestone", "status")
_DATES = ("stated_on", "promised_date", "previous_date", "occurred_date")
_QUANTITY = re.compile(
    r"(?P<sign>more than|at least|over|up to|fewer than|at most|about|around|some|c\.|~)?\s*"
    r"(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s+(?P<unit>[A-Za-z][A-Za-z ]*?))?\s*(?=$|[,;(])",
)
_SIGNS: dict[str, Comparator] = {
    **dict.fromkeys(("more than", "at least", "over"), ">"),
    **dict.fromkeys(("up to", "fewer than", "at most"), "<"),
    **dict.fromkeys(("about", "around", "some", "c.", "~"), "~"),
}


@dataclass(frozen=True, slots=True)
class Register:
    """What a register holds. pairs: a document and its statements a row; remarks: rows left out, and what to mind."""

    pairs: tuple[tuple[Document, list[Statement]], ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...] = ()  #: columns that are kept in the documents' text and not otherwise understood

    @property
    def unread(self) -> tuple[Remark, ...]:
        """The rows that were left out, with line and reason."""
        return tuple(remark for remark in self.remarks if remark.kind == "unread")


def is_register(path: Path, mapping: Path | None = None) -> bool:
    """Whether a file is a CSV with the columns that a register needs. Never raises for other files."""
    if mapping:
        return True
    try:
        return path.suffix.lower() in (".csv", ".tsv") and set(NEEDED) <= set(read_table(path).header)
    except InputError:
        return False


def read_register(path: Path, mapping: Path | None = None) -> Register:
    """Read a promise register. mapping: a TOML file that names its columns, where they are not those of docs.

    Every row is read or listed with its line and reason. Raises InputError for a file that is no register at all.
    """
    table = read_table(path)
    rules = read_mapping(mapping) if mapping else Mapping()
    _check_columns(table.header, rules, path)
    known = {rules.column(name) for name in table.header} | set(rules.defaults)
    missing = [name for name in NEEDED if name not in known]
    if missing:
        todo = f"name the columns in a mapping file; the header has {', '.join(table.header[:12])}"
        raise InputError(f"no register: no column {', '.join(missing)}", where=str(path), todo=todo)
    pairs: dict[str, tuple[Document, list[Statement]]] = {}
    remarks = list(table.remarks)
    for line, cells in table.rows:
        ours, others = rules.apply(cells)
        fault = _fault(ours)
        if fault:
            remarks.append(Remark(line, "unread", fault))
            continue
        document, statement = _pair(ours, others, f"{path.stem}:{line}")
        if document.id in pairs:
            remarks.append(
                Remark(line, "note", f"the same as line {(pairs[document.id][0].name or '').split(':')[-1]}")
            )
            continue
        pairs[document.id] = (document, [statement])
    notes = tuple(name for name in table.header if rules.column(name) not in COLUMNS)
    return Register(tuple(pairs.values()), tuple(sorted(remarks, key=lambda remark: remark.line)), notes)


def _check_columns(header: Sequence[str], rules: Mapping, path: Path) -> None:
    """Raises InputError where one of our columns is told twice: the one would hide the other."""
    meant: dict[str, str] = {}
    for name in header:
        column = rules.column(name)
        if column in meant and column in COLUMNS:
            both = " and ".join(sorted((meant[column], name)))
            raise InputError(f"{both} both mean {column}", where=str(path), todo="rename or map one of them")
        meant[column] = name


def _fault(row: dict[str, str]) -> str | None:
    """Why a row cannot be read, or None."""
    for name in NEEDED:
        if not row[name]:
            return f"no {name}"
    for name, words in (("milestone", MILESTONES), ("status", STATUSES), ("modality", ("", *MODALITIES))):
        if row[name] not in words:
            return f"{name} {row[name]!r} is not known"
    for name in _DATES:
        if row[name]:
            try:
                parse(row[name])
            except DateError as error:
                told = "" if repr(row[name]) in error.what else f"{row[name]!r}: "
                return f"{name}: {told}{error.what}"
    return None


def _pair(row: dict[str, str], others: dict[str, str], name: str) -> tuple[Document, Statement]:
    lines = [f"{key}: {value}" for key, value in (*row.items(), *others.items()) if value and key != "note"]
    note = row["note"]
    text = "\n".join([note, "", *lines]) if note else "\n".join(lines)
    url, outlet, stated_on = row["url"] or None, row["outlet"] or None, row["stated_on"]
    document = Document(
        id=document_id(text, outlet, url, stated_on),
        text=text,
        url=url,
        outlet=outlet,
        published=stated_on,
        media_type="text/csv",
        name=name,
    )
    quote = note or text
    reached = row["status"] == "achieved"
    statement = Statement(
        doc=document.id,
        span=(0, len(quote)),
        quote=quote,
        milestone=row["milestone"],
        status=row["status"],
        programme=row["system"],
        supplier=parties(row["supplier"]),
        recipient=parties(row["buyer"]),
        tranche=row["tranche"] or None,
        quantity=quantity(row["quantity"]),
        date=(row["occurred_date"] if reached else row["promised_date"]) or row["occurred_date"] or None,
        previous_date=row["previous_date"] or None,
        speaker=row["speaker"] or None,
        speaker_role=row["speaker_role"] or None,
        anonymous=row["anonymous"].lower() in ("yes", "true", "1"),
        via=channels(row["derived_from"]),
        modality=row["modality"] or "certain",
        cause=row["cause"] or None,
        condition=row["condition"] or None,
        stated_on=stated_on,
        reader=READER,
    )
    return document, statement


def parties(text: str) -> tuple[str, ...]:
    """The parties of a cell, parted by " / " or a semicolon."""
    return tuple(part for piece in re.split(r"\s/\s|;", text) if (part := " ".join(piece.split())))


def channels(text: str) -> tuple[str, ...]:
    """Channels, nearest to the speaker first: "Reuters citing NTV" is NTV, Reuters; "NTV via AFP" is NTV, AFP."""
    ways: list[str] = []
    for piece in text.split(";"):
        cited = [part.strip() for part in re.split(r"\bciting\b", piece)]
        for part in reversed(cited):
            ways += [way.strip() for way in re.split(r"\bvia\b", part) if way.strip()]
    return tuple(dict.fromkeys(ways))


def quantity(text: str) -> Quantity | None:
    """The number that a cell begins with, with its unit; None where it begins with none (the cell stays in the text)."""
    found = _QUANTITY.match(text)
    if not found:
        return None
    unit = found["unit"].strip() if found["unit"] else None
    return Quantity(float(found["value"].replace(",", "")), _SIGNS.get(found["sign"] or "", "="), unit)
