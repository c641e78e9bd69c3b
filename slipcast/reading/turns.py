"""Turns: text whose speaker stands in a line of its own: dialogues, statements to a parliament, prepared remarks."""

from __future__ import annotations

import re

from slipcast import names
from slipcast.reading.interviews import find_monologues
from slipcast.reading.lexicon import load
from slipcast.reading.persons import NAME, Person, Roster, split_role
from slipcast.reading.voices import Voice

Turn = tuple[tuple[int, int], tuple[int, int], Voice]

_CLOCK = r"(?:Q\d+\.?\s+)?(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?\s*[-–—]?\s*)?"
_LABEL = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*| (?:of|for|and|the|in|de|van|von)\b)*"
#: "Anna Berg, director: ...", "MR. HALE: ...", "The Secretary of State (Mr Tom Hale): ...", "10:15 Minister: ...".
_LINED = re.compile(
    rf"^{_CLOCK}(?P<name>{_LABEL})(?:, (?P<role>[^:\n]{{3,90}})| \((?P<more>[^)\n]{{3,80}})\))?:\s+(?=\S)", re.MULTILINE
)
_LEADING = re.compile(rf"^{_CLOCK}(?:[-–—|] ?)?(?P<who>[A-Z][\w.'’-]*(?: [\w.'’-]+){{1,7}}): +(?=\S)", re.MULTILINE)
#: "(…?) The MINISTER OF DEFENCE (Ms. Ann Lee): ...", "Deputy HALE: ...": turns that follow each other in one paragraph.
_INLINE = re.compile(
    r"(?:^|(?<=[.?!…”] ))(?P<name>(?:The )?[A-Z][\w. -]{0,30}?[A-Z]{3,}(?: (?:OF|FOR|AND|THE|[A-Z]{2,}))*)(?: \((?P<more>[^)\n]{3,80})\))?:\s+(?=\S)",
    re.MULTILINE,
)
#: "Mr. HALE. I thank the gentleman": the record of a congress.
_RECORD = re.compile(
    r"^(?P<name>(?:Mr|Mrs|Ms|Dr|General|Admiral|Secretary|Senator|Chairman)\.? [A-Z][A-Z'’-]{2,})\. ", re.MULTILINE
)
#: A line with an office and a name only, over an answer: "MINISTER OF STATE (SHRI A. RAO)", "Anna Berg -- Chief Executive".
_HEADED = re.compile(
    r"^(?P<role>[A-Z][A-Z ,.'&-]{6,90}) \((?:SHRI|SMT|MR|MRS|MS|DR)?\.? ?(?P<name>[A-Z][A-Z .'-]{3,40})\):?\s*$"
    r"|^(?P<title>[A-Z][^\n(]{6,90}) \((?:Shri|Smt|Mr|Mrs|Ms|Dr|Sir)\.? (?P<person>[A-Z][^)\n]{3,40})\)\s*$"
    rf"|^(?P<named>{NAME})\s+(?:--|–|—|-)\s+(?P<office>[A-Z][^\n.:]{{3,80}})$",
    re.MULTILINE,
)
#: Who answers, told behind the text: "This was stated by ...", "Answered by: ...", a signature.
_GIVEN = re.compile(
    r"(?:This (?:information )?(?:was|is|has been) (?:stated|given|disclosed|provided|announced|said|shared) by|[Aa]nswered by:?|Reply (?:by|from):?|"
    rf"(?:Yours (?:sincerely|faithfully|truly|ever)|[Ss]incerely|[Rr]egards|Respectfully)[^\n]{{0,20}}\n+\s*)\s*(?P<who>(?:[Tt]he )?(?:[A-Za-z][\w.'’&-]* ){{0,9}}?{NAME})"
    r"(?:[,\n]\s*(?P<role>[A-Z][^\n.,]{3,90}))?"
)
_OF_ONE = re.compile(
    r"(?i)^(?:from:|(?:(?:written|oral|opening|prepared|ministerial|joint|press)\s+)*"
    r"(?:statement|remarks|testimony|speech|address|evidence|letter)\s+(?:by|of|from))"
    r"\s+(?:the\s+)?(?-i:(?P<who>[A-Z][^\n<]{3,110}?))\s*(?:<[^>\n]*>)?$",
    re.MULTILINE,
)


def find_turns(text: str, roster: Roster, people: frozenset[str] = frozenset(), title: str = "") -> list[Turn]:
    """Stretches of text with their speaker by layout: (content, cue, voice), in no order; contents may nest.

    people: further names that the parse takes for persons; one of them may head a line ("Tom Hale: ...").
    title: the document's, which may name whose words it is.
    """
    return [
        *find_monologues(text, roster, title),
        *_answers(text),
        *_led(text, roster),
        *_dialogue(text, roster, people),
        *_of_one(text, roster),
        *_given(text, roster),
    ]


def _answers(text: str) -> list[Turn]:
    heads = list(_HEADED.finditer(text))
    ends = [*(h.start() for h in heads), len(text)][1:]
    out: list[Turn] = []
    for match, end in zip(heads, ends, strict=True):
        name = match.group("name") or match.group("person") or match.group("named")
        role = match.group("role") or match.group("title") or match.group("office")
        if match.group("name") or _is_office(role):
            out.append(((match.end(), end), match.span(), Voice(name.strip(), role.strip())))
    return out


def _dialogue(text: str, roster: Roster, people: frozenset[str]) -> list[Turn]:
    labels = load("speech")["frames"]["labels"]
    found = [m for m in (*_LINED.finditer(text), *_RECORD.finditer(text)) if m.group("name") not in labels]
    starts = {m.start("name") for m in found}
    inline = [m for m in _INLINE.finditer(text) if m.start("name") not in starts and m.group("name") not in labels]
    found += inline if any(m.group("more") for m in inline) else []
    found.sort(key=lambda m: m.start())
    said = [m.group("name") for m in found]
    several = len(found) > 1 and (len(set(said)) > 1 or found[0].start() > 0)
    dialogue = several and any(
        said.count(m.group("name")) > 1 or ("role" in m.groupdict() and m.group("role")) for m in found
    )
    out: list[Turn] = []
    holders: dict[str, Voice] = {}
    for match, following in zip(found, [*(m.start() for m in found), len(text)][1:], strict=True):
        label = match.group("name").removeprefix("The ")
        voice = holders.get(label) or _voice(match, roster, dialogue or match.group("name") in people)
        if voice is not None and match.groupdict().get("more"):
            holders[label] = voice
        if voice is None:
            continue
        whole = dialogue or bool(match.groupdict().get("more")) or match.re is _RECORD
        line = text.find("\n", match.end())
        end = following if whole else (line if line >= 0 else len(text))
        if voice.name in ("A", "Answer"):
            answering = next((p for p in roster.people if p.role), None)
            if answering is None:
                continue
            voice = Voice(answering.name, answering.role)
        if voice.name not in ("Q", "Question"):
            out.append(((match.end(), end), match.span("name"), voice))
    return out


def _voice(match: re.Match[str], roster: Roster, dialogue: bool) -> Voice | None:
    """Who has the turn: a person of the roster, an office, a form of address, a body, or any label of a dialogue."""
    groups = match.groupdict()
    name, role, more = match.group("name"), groups.get("role"), groups.get("more")
    if more and _is_office(name):
        return Voice(split_role(more)[1], name.removeprefix("The "))
    person = (roster.find(name) or _by_initials(name, roster)) if len(name) > 1 else None
    if person is not None:
        return Voice(person.name, role or more or person.role)
    title, bare = split_role(name)
    addressed = name.split()[0].rstrip(".").title() in load("speech")["roles"]["forms_of_address"]
    if _is_office(role or more or ""):
        return Voice(bare, role or more)
    if (len(name.split()) > 1 and (title or addressed)) or match.re is _RECORD:
        return Voice(bare, title)
    org = names.organisation(name)
    if org is not None and org.kind != "outlet":
        return Voice(name, human=False)
    return Voice(name) if dialogue else None


def _by_initials(label: str, roster: Roster) -> Person | None:
    """The person whose initials a label is: "KL:" for Kari Lund."""
    if not re.fullmatch(r"[A-Z]{2,3}", label):
        return None
    return next((p for p in roster.people if "".join(w[0] for w in p.name.split()) == label), None)


def _led(text: str, roster: Roster) -> list[Turn]:
    """Lines that an office leads: "14:05 Navy spokesman Tom Hale: ...", "The ministry: ..."."""
    out: list[Turn] = []
    for match in _LEADING.finditer(text):
        phrase = match.group("who")
        person = next((p for m in re.finditer(NAME, phrase) if (p := roster.find(split_role(m.group())[1]))), None)
        role, name = split_role(phrase)
        last = phrase.split()[-1].lower()
        if person is not None:
            voice = Voice(person.name, person.role or role)
        elif role and re.fullmatch(NAME, name):
            voice = Voice(name, role)
        elif re.match(r"[Tt]he ", phrase) and last in load("speech")["roles"]["bodies"]:
            voice = Voice(phrase, human=False)
        else:
            continue
        line = text.find("\n", match.end())
        out.append(((match.end(), line if line >= 0 else len(text)), match.span("who"), voice))
    return out


def _of_one(text: str, roster: Roster) -> list[Turn]:
    """Remarks of one person, named in the first lines: all that follows is theirs unless it says otherwise."""
    match = _OF_ONE.search(text, 0, 600)
    if match is None:
        return []
    parts = re.split(r", | on | to | at ", match.group("who"), maxsplit=1)
    role, name = split_role(parts[0].strip())
    person = roster.find(name)
    if person is None and not _is_office(match.group("who")):
        return []
    told = parts[1].strip() if len(parts) > 1 and _is_office(parts[1]) else None
    return [((match.end(), len(text)), match.span("who"), Voice(person.name if person else name, role or told))]


def _given(text: str, roster: Roster) -> list[Turn]:
    """All of a text whose giver is told at its end or in a line of its own; an answer goes on behind such a line."""
    out: list[Turn] = []
    for match in _GIVEN.finditer(text):
        title, name = split_role(match.group("who").removeprefix("The ").removeprefix("the "))
        person = roster.find(name)
        told = match.group("role") if match.group("role") and _is_office(match.group("role")) else None
        voice = Voice(person.name if person else name, title or told or (person.role if person else None))
        ahead = match.group().lower().startswith(("answered", "reply")) and len(text) - match.end() > 80
        content = (match.end(), len(text)) if ahead else (0, match.start())
        out.append((content, match.span("who"), voice))
    return out


def _is_office(phrase: str) -> bool:
    offices = load("speech")["roles"]["office"]
    return any(w in offices for w in re.findall(r"\w+", phrase.lower()))
