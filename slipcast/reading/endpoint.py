"""One question to an endpoint that speaks the OpenAI chat protocol, within bounds of time, size and tries."""

from __future__ import annotations

import importlib
import importlib.util
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slipcast.errors import MissingPart

_LARGEST = 4_000_000  #: bytes of an answer
#: answers to these say that no other question will fare better
_HOPELESS = (401, 403, 404)
#: answers after which the same question may be asked again
_PASSING = (408, 409, 425, 429, *range(500, 600))


@dataclass(frozen=True, slots=True)
class Answer:
    """content: the object answered, None where there was none; why: what was wrong then; requests: how many it took; the
    tokens counted by the endpoint."""

    content: Any
    why: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    requests: int = 1
    final: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: for one try, from question to last byte; tries: for one question; pause: seconds before the second try, doubled
    for each later one."""

    seconds: float = 120.0
    tries: int = 3
    pause: float = 1.0


class Endpoint:
    """url: its base ("http://localhost:8000/v1"); key: sent as bearer token. Nothing is sent before `ask`."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        limits: Limits | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        if importlib.util.find_spec("openai") is None:
            raise MissingPart("the client for language models is not installed", todo="pip install 'slipcast[llm]'")
        self._openai = importlib.import_module("openai")
        transports = [name for name in ("httpx", "httpx2") if importlib.util.find_spec(name)]
        self._broken = tuple(importlib.import_module(name).HTTPError for name in transports)
        self.url, self.model, self.limits = url, model, limits or Limits()
        self._clock, self._wait = clock, wait
        # a redirect is not followed: it would send the text to an address that nobody gave
        transport = self._openai.DefaultHttpxClient(follow_redirects=False, timeout=self.limits.seconds)
        self._client = self._openai.OpenAI(base_url=url, api_key=key or "none", max_retries=0, http_client=transport)

    def ask(self, prompt: str, message: str, form: Mapping[str, Any], wrong: Callable[[Any], str]) -> Answer:
        """The answer to one question; after the last try one without content.

        prompt: the system's message; message: the user's; form: the JSON schema that the answer shall have; wrong: why an
        object will not do, "" where it will.
        Raises MissingPart where nobody answers, or the key or model is refused.
        """
        answer, tokens_in, tokens_out, number = Answer(None, "never asked"), 0, 0, 0
        while number < self.limits.tries and answer.content is None and not answer.final:
            if number:
                self._wait(self.limits.pause * 2 ** (number - 1))
            number += 1
            answer = self._try(prompt, message, form)
            tokens_in, tokens_out = tokens_in + answer.tokens_in, tokens_out + answer.tokens_out
            if answer.content is not None and (why := wrong(answer.content)):
                answer = replace(answer, content=None, why=why)
        if answer.why == "no connection":
            raise MissingPart("the language model does not answer", where=self.url, todo="start it, or read without it")
        return replace(answer, tokens_in=tokens_in, tokens_out=tokens_out, requests=number)

    def _try(self, prompt: str, message: str, form: Mapping[str, Any]) -> Answer:
        openai = self._openai
        try:
            raw = self._bytes(prompt, message, form)
        except openai.APITimeoutError:
            return Answer(None, "too slow")
        except openai.APIConnectionError:
            return Answer(None, "no connection")
        except openai.APIStatusError as error:
            if error.status_code in _HOPELESS:
                what = f"the language model refuses the request ({error.status_code})"
                raise MissingPart(
                    what, where=f"{self.url}, {self.model}", todo="check address, model and key"
                ) from None
            return Answer(None, f"status {error.status_code}", final=error.status_code not in _PASSING)
        except (TimeoutError, *self._broken):
            return Answer(None, "too slow or broken off")
        return _parsed(raw) if raw is not None else Answer(None, "too long")

    def _bytes(self, prompt: str, message: str, form: Mapping[str, Any]) -> bytes | None:
        """The response's body. Raises TimeoutError when the last byte is late; None where it is too large."""
        deadline, body = self._clock() + self.limits.seconds, bytearray()
        schema = {"name": "statements", "strict": True, "schema": form}
        with self._client.chat.completions.with_streaming_response.create(
            model=self.model,
            temperature=0,
            seed=0,
            messages=[{"role": "system", "content": prompt}, {"role": "user", "content": message}],
            response_format={"type": "json_schema", "json_schema": schema},
        ) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    return None
                if self._clock() > deadline:
                    raise TimeoutError
        return bytes(body)


def _parsed(raw: bytes) -> Answer:
    """The object in a chat completion. An answer that was cut off or refused has no content."""
    try:
        outer = json.loads(raw)
        usage = outer.get("usage") or {}
        spent = (int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))
        choice = outer["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Answer(None, "no chat completion")
    if choice.get("finish_reason") == "length":
        return Answer(None, "cut off", *spent)
    if not isinstance(text, str):
        return Answer(None, "refused by the model", *spent)
    try:
        return Answer(json.loads(text), "", *spent)
    except (ValueError, RecursionError):
        return Answer(None, "no JSON", *spent)


def pieces(text: str, ends: Sequence[int], longest: int) -> list[tuple[int, int]]:
    """Cut a text for questions of at most `longest` characters, only at sentence ends (`ends`, ascending)."""
    cuts, start, last = [], 0, 0
    for end in [*ends, len(text)]:
        if end - start > longest and last > start:
            cuts.append((start, last))
            start = last
        last = end
    return [*cuts, (start, len(text))] if start < len(text) else cuts
