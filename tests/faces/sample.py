"""Nouns for the tests of the faces: the S-400 case retold in our own words, and an invented hostile programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from slipcast.domain import (
    Choice,
    Conflict,
    Document,
    Driver,
    Entry,
    Forecast,
    Milestone,
    Programme,
    Share,
    Slip,
    Statement,
)
from slipcast.fingerprints import document_id

TODAY = date(2026, 11, 23)


def document(published: str, after: str | None, text: str, **more: str) -> Document:
    outlet = more.pop("outlet", "retold by slipcast")
    found = document_id(text, outlet, None, published)
    return Document(id=found, text=text, outlet=outlet, published=published, after=after, **more)


def entry(source: Document, sentence: str, **keys: object) -> Entry:
    start = source.text.index(sentence)
    keys = {"stated_on": source.published, "reader": "rules 0", **keys}
    made = Statement(doc=source.id, span=(start, start + len(sentence)), quote=sentence, **keys)  # type: ignore[arg-type]
    return Entry(made, source, "2026-11-20T00:00:00Z")


def held(*entries: Entry) -> dict[str, Entry]:
    return {one.statement.id: one for one in entries}


JULY = document(
    "2019-07-31",
    "News.az https://news.az/news/second-batch-of-s-400-supplies-to-turkey-may-begin-in-2020-defense-official",
    "Turkey's second S-400 system could start to arrive next year, according to Ismail Demir, who heads the country's "
    "defence industries agency.",
)
AUGUST = document(
    "2019-08-01",
    "Ahval https://ahval.io/russia-turkey/delivery-second-s-400-system-might-start-late-2020-turkish-defence-official",
    "Ismail Demir told the channel TGRT that delivery of the second S-400 system might begin around the end of 2020, "
    "once co-production, technology transfer and software integration have been settled.",
)
NOVEMBER = document(
    "2019-11-12",
    "Jerusalem Post https://www.jpost.com/breaking-news/turkey-says-delivery-of-second-russian-s-400-batch-may-be-"
    "delayed-606787",
    "Delivery of the second S-400 system may slip beyond the planned 2020, Ismail Demir told NTV. Talks on sharing "
    "technology and on joint production are still going on. Observers hold that the delay may be intended.",
)
AUTUMN_2022 = document(
    "2022-08-16",
    "Azerbaycan24 https://www.azerbaycan24.com/en/turkiye-signs-contract-with-russia-for-second-s-400-regiment/",
    "Russia and Turkey have signed the contract for a second S-400 regiment, Dmitry Shugaev of the Russian export "
    "authority said.",
)
DENIAL = document(
    "2022-08-17",
    "Babel https://babel.ua/en/news/83054-turkey-denied-russia-s-statement-about-the-contract-for-the-supply-of-s-400-"
    "missiles",
    "The Turkish procurement agency answered that nothing had changed since the contract of 2017.",
)
FIRST = document(
    "2019-07-12",
    "Fayetteville News Now https://fayettevillenewsnow.com/2019/07/russia-confirms-it-has-started-delivery-of-s-400-"
    "missile-systems-to-turkey-ria",
    "Russia has begun to deliver the first S-400 system to Turkey, its export authority confirmed on 12 July 2019.",
)
HEWSON = document(
    "2019-07-23",
    "Ahval https://ahvalnews.com/s-400/turkey-removed-f-35-production-march-2020-lockheed",
    "Turkish firms will be out of the F-35 supply chain by March 2020, Marillyn Hewson told analysts. They make the "
    "centre fuselage and landing gear parts of the jet.",
)
_S400 = {"programme": "S-400", "supplier": ("Russia",), "recipient": ("Turkey",)}
_SECOND = {**_S400, "tranche": "second"}
_DEMIR = {"speaker": "Ismail Demir", "speaker_role": "head of the defence industries agency"}
FIRST_COME = entry(
    FIRST, FIRST.text, milestone="delivery", status="achieved", tranche="first", date="2019-07-12", **_S400,
    speaker="Federal Service for Military-Technical Cooperation",
)  # fmt: skip
PROMISED = entry(JULY, JULY.text, milestone="delivery", status="planned", date="2020", **_SECOND, **_DEMIR)
REPEATED = entry(
    AUGUST, AUGUST.text, milestone="delivery", status="planned", date="2020-12~", modality="possible", via=("TGRT",),
    condition="co-production, technology transfer and software integration have been settled", **_SECOND, **_DEMIR,
)  # fmt: skip
DELAYED = entry(
    NOVEMBER, NOVEMBER.text.split(". ")[0] + ".", milestone="delivery", status="delayed", previous_date="2020",
    modality="possible", via=("NTV",), **_SECOND, **_DEMIR,
)  # fmt: skip
TALKS = entry(
    NOVEMBER, NOVEMBER.text.split(". ")[1] + ".", milestone="negotiation", status="planned", **_SECOND, **_DEMIR,
)  # fmt: skip
OBSERVED = entry(
    NOVEMBER, NOVEMBER.text.split(". ")[2], milestone="delivery", status="delayed", modality="possible", **_SECOND,
    speaker="observers", anonymous=True, cause="intended",
)  # fmt: skip
SIGNED = entry(
    AUTUMN_2022, AUTUMN_2022.text, milestone="contract", status="achieved", date="../2022-08-16", **_SECOND,
    speaker="Dmitry Shugaev", speaker_role="director of the Russian export authority",
)  # fmt: skip
DENIED = entry(
    DENIAL, DENIAL.text, milestone="contract", status="denied", modality="denied", **_SECOND,
    speaker="Turkish procurement agency",
)  # fmt: skip


def s400(as_of: date = TODAY) -> Programme:
    """The second S-400 system for Turkey, as far as the faces need it."""
    contest = Conflict(
        "achievement",
        "Dmitry Shugaev says that the contract is signed; the Turkish procurement agency denies it.",
        (SIGNED.statement.id, DENIED.statement.id),
    )
    delivery = Milestone(
        "delivery", "second", "delayed", promised="2020-12~", previous="2020", disputed=False, modality="possible",
        current=Choice(DELAYED.statement.id, "the later word of the same speaker", (REPEATED.statement.id,)),
        promises=(
            Slip(PROMISED.statement.id, "2019-07-31", "2020"),
            Slip(REPEATED.statement.id, "2019-08-01", "2020-12~", superseded=PROMISED.statement.id, moved_days=0),
        ),
        conditions=("co-production, technology transfer and software integration have been settled",),
        causes=("talks on sharing technology and on joint production", "intended, as observers hold"),
        independent_sources=3,
        evidence=tuple(one.statement.id for one in (PROMISED, REPEATED, DELAYED, OBSERVED)),
    )  # fmt: skip
    contract = Milestone(
        "contract", "second", "achieved", achieved="../2022-08-16", claimed=True, disputed=True,
        current=Choice(SIGNED.statement.id, "the latest claim"), conflicts=(contest,), independent_sources=2,
        evidence=contest.evidence,
    )  # fmt: skip
    first = Milestone(
        "delivery", "first", "achieved", achieved="2019-07-12", independent_sources=1,
        current=Choice(FIRST_COME.statement.id, "only one"), evidence=(FIRST_COME.statement.id,),
    )  # fmt: skip
    talks = Milestone(
        "negotiation", "second", "planned", independent_sources=1, current=Choice(TALKS.statement.id, "only one"),
        evidence=(TALKS.statement.id,),
    )  # fmt: skip
    return Programme(
        "s-400/turkey", as_of, "S-400", "surface-to-air missile system", ("Russia",), ("Turkey",), ("first", "second"),
        (first, talks, contract, delivery), aliases=("S-400 Triumf",),
        entries=held(FIRST_COME, PROMISED, REPEATED, DELAYED, TALKS, OBSERVED, SIGNED, DENIED),
    )  # fmt: skip


SHARE = entry(
    HEWSON, HEWSON.text.split(". ")[1], milestone="participation", status="achieved", programme="F-35",
    relation="workshare", participant="Turkish firms", part="centre fuselage", speaker="Marillyn Hewson",
)  # fmt: skip
GEAR = entry(
    HEWSON, HEWSON.text.split(". ")[1], milestone="participation", status="achieved", programme="F-35",
    relation="workshare", participant="Turkish firms", part="landing gear parts", speaker="Marillyn Hewson",
)  # fmt: skip
WIND_DOWN = entry(
    HEWSON, HEWSON.text.split(". ")[0] + ".", milestone="participation", status="suspended", date="2020-03",
    programme="F-35", supplier=("Lockheed Martin",), recipient=("Turkey",), speaker="Marillyn Hewson",
    speaker_role="head of Lockheed Martin",
)  # fmt: skip


def f35(as_of: date = TODAY) -> Programme:
    """The F-35's Turkish work, with two lines of it."""
    told = Milestone(
        "participation", None, "suspended", promised="2020-03", independent_sources=1,
        promises=(Slip(WIND_DOWN.statement.id, "2019-07-23", "2020-03"),),
        current=Choice(WIND_DOWN.statement.id, "only one"), evidence=(WIND_DOWN.statement.id,),
    )  # fmt: skip
    shares = (
        Share("Turkish firms", "centre fuselage", "second", since="2007", until="2020-03", ended="suspended",
              evidence=(SHARE.statement.id,)),
        Share("Turkish firms", "landing gear parts", evidence=(GEAR.statement.id,)),
    )  # fmt: skip
    return Programme(
        "f-35/turkey", as_of, "F-35", "combat aircraft", ("Lockheed Martin",), ("Turkey",), (), (told,), shares,
        entries=held(SHARE, GEAR, WIND_DOWN),
    )  # fmt: skip


LEVELS = (0.01, 0.025, 0.05, *(n / 20 for n in range(2, 19)), 0.95, 0.975, 0.99)


def forecast(as_of: date, median: int, p_never: float, **more: object) -> Forecast:
    """A forecast with a log-normal look: median days after as_of for the middle level, stretched by the level's odds."""
    days = {level: as_of + timedelta(days=int(median * (level / (1 - level)) ** 0.55)) for level in LEVELS}
    keys: dict[str, object] = {
        "programme": "s-400/turkey", "tranche": "second", "milestone": "delivery", "as_of": as_of, "known_by": None,
        "seed": 1, "promised": "2020-12~", "quantiles": days, "p_never": p_never,
        "reference_class": "arms deliveries, promised within two years (412 promises)",
        "drivers": (Driver("this class", 7.2), Driver("two earlier slips", 2.4), Driver("the open condition", 3.1),
                    Driver("the short horizon", -1.3)),
        "evidence": (PROMISED.statement.id, REPEATED.statement.id, DELAYED.statement.id),
    }  # fmt: skip
    return Forecast(**{**keys, **more})  # type: ignore[arg-type]


def forecasts() -> list[Forecast]:
    """The second system's delivery at three days."""
    return [
        forecast(date(2019, 11, 12), 640, 0.17),
        forecast(date(2020, 12, 31), 820, 0.31),
        forecast(TODAY, 1900, 0.78, drivers=()),
    ]


MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }}'
OVERRIDE = "safe\u202eexe.cod\u202c\x07"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 4


def hostile(as_of: date = TODAY) -> Programme:
    """An invented programme whose every text tries something."""
    text = f"{MARKUP} {OVERRIDE} {LONG}"
    bad = document(
        "2024-05-01", 'javascript:alert(3) "onclick=alert(4)', text, outlet=MARKUP, url="javascript:alert(5)"
    )
    also = document("2024-06", "Invented Herald data:text/html,<b>x</b>", "Invented: " + text, outlet=OVERRIDE)
    promised = entry(
        bad, text, milestone="delivery", status="planned", date="2025-33", programme=MARKUP, speaker=MARKUP,
        speaker_role=OVERRIDE, via=(LONG,), tranche=MARKUP,
    )  # fmt: skip
    moved = entry(
        also, "Invented: " + text, milestone="delivery", status="delayed", date="2026/..", programme=MARKUP,
        speaker=LONG, tranche=MARKUP,
    )  # fmt: skip
    ids = (promised.statement.id, moved.statement.id)
    told = Milestone(
        "delivery", MARKUP, "delayed", promised="2026/..", previous="2025-33", disputed=True, conditions=(MARKUP, LONG),
        causes=(OVERRIDE,), current=Choice(ids[1], MARKUP, ids[:1]), conflicts=(Conflict("dates", MARKUP, ids),),
        promises=(Slip(ids[0], "2024-05-01", "2025-33"), Slip(ids[1], "2024-06", "2026/..", ids[0], 276)),
        independent_sources=2, evidence=ids,
    )  # fmt: skip
    return Programme(
        f"hostile/{MARKUP}", as_of, MARKUP, OVERRIDE, (LONG,), (MARKUP,), (MARKUP,), (told,),
        (Share(LONG, MARKUP, MARKUP, since="2024", ended=OVERRIDE, evidence=ids),), aliases=(OVERRIDE,),
        entries=held(promised, moved),
    )  # fmt: skip


def hostile_forecast() -> Forecast:
    """A forecast of the invented programme."""
    return replace(
        forecast(date(2026, 1, 1), 400, 0.2), programme=hostile().id, tranche=MARKUP, promised="2026/..",
        reference_class=MARKUP, drivers=(Driver(LONG, 3.0), Driver(MARKUP, -2.0)),
        evidence=tuple(hostile().entries),
    )  # fmt: skip


def bare(as_of: date = TODAY) -> Programme:
    """A programme of which nothing is known but its name."""
    return Programme("invented-barge/", as_of, "Invented Barge", None, (), (), (), ())
