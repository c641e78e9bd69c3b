"""Find a programme, and a tranche of it, by the name that a person writes."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from slipcast.domain import Programme
from slipcast.errors import NameUnclear
from slipcast.programme.naming import country_of, designation_of, organisations_in, plain, system_of
from slipcast.programme.tranches import tranche_name


def full_names(programmes: Sequence[Programme]) -> list[str]:
    """Every name that `find` knows: each programme, and each with each of its tranches."""
    return [name for p in programmes for name in (p.id, *(f"{p.id}/{tranche}" for tranche in p.tranches))]


def find(programmes: Sequence[Programme], name: str) -> list[tuple[Programme, str | None]]:
    """The programme, and its tranche or None for the whole, that SYSTEM[/RECIPIENT[/TRANCHE]] means.

    Case, accents, aliases and other names of a country do not matter. Raises NameUnclear with the candidates where
    several fit, with the nearest names where none does. Of several the only one with the tranche named is meant.
    """
    system, recipient, tranche = _parts(programmes, name)
    fits = [p for p in programmes if _is_system(p, system)]
    if recipient:
        fits = [p for p in fits if _is_recipient(p, recipient)]
    if not fits:
        raise _none(programmes, name)
    if len(fits) > 1 and tranche:
        with_it = [p for p in fits if _tranches(p, tranche)]
        fits = with_it if len(with_it) == 1 else fits
    if len(fits) > 1:
        listed = ", ".join(sorted(p.id for p in fits))
        raise NameUnclear(f"{name!r} fits several programmes: {listed}", todo="name one as SYSTEM/RECIPIENT")
    found = fits[0]
    if not tranche:
        return [(found, None)]
    matches = _tranches(found, tranche)
    if len(matches) != 1:
        listed = ", ".join(f"{found.id}/{t}" for t in matches or found.tranches) or "none is known"
        many = "fits several tranches" if matches else "names no tranche"
        raise NameUnclear(f"{name!r} {many} of {found.id}: {listed}", todo="name one of them")
    return [(found, matches[0])]


def _parts(programmes: Sequence[Programme], name: str) -> tuple[str, str, str]:
    """System, recipient, tranche. A system's own slash (SAMP/T) is seen where some programme bears the longer name."""
    pieces = [piece.strip() for piece in name.split("/")]
    borne = {plain(own) for programme in programmes for own in (programme.system, *programme.aliases)}
    size = 2 if len(pieces) > 1 and pieces[1] and plain("/".join(pieces[:2])) in borne else 1
    rest = pieces[size:]
    return "/".join(pieces[:size]), rest[0] if rest else "", "/".join(rest[1:])


def _is_system(programme: Programme, text: str) -> bool:
    flat = plain(text)
    if flat in {plain(name) for name in (programme.system, *programme.aliases)}:
        return True
    known = system_of(text)
    return bool(known and known[0] == programme.system) or designation_of(text.upper()) == programme.system


def _is_recipient(programme: Programme, text: str) -> bool:
    wanted = {plain(text), *(plain(name) for name in organisations_in(text))}
    country = country_of(text)
    if country:
        wanted.add(plain(country.name))
    shown = programme.id.partition("/")[2]
    return bool(wanted & {plain(name) for name in (*programme.recipient, shown)})


def _tranches(programme: Programme, text: str) -> list[str]:
    flat = plain(text)
    exact = [t for t in programme.tranches if plain(t) == flat]
    if exact:
        return exact
    name = tranche_name(text, programme.system, programme.equipment)
    same = [t for t in programme.tranches if t == name or (name == "next" and t == "second")]
    return same or [t for t in programme.tranches if t.endswith(f", {name}") or flat in plain(t)]


def _none(programmes: Sequence[Programme], name: str) -> NameUnclear:
    every = full_names(programmes)
    near = get_close_matches(name, every, n=5, cutoff=0.4) or sorted(every)[:5]
    if not near:
        return NameUnclear(f"{name!r} is not known: the ledger holds no programme", todo="ingest documents first")
    return NameUnclear(f"{name!r} is not known", todo=f"the nearest names are {', '.join(near)}")
