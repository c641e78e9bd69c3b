"""What a sentence holds and does not claim. All sentences are invented."""

import pytest

from slipcast.reading.sentences import split
from slipcast.reading.unsaid import is_unsaid


@pytest.mark.parametrize(
    ("text", "word", "unsaid"),
    [
        ("Will the second K-20 ever be delivered?", "delivered", True),
        ("“When will the K-20 be delivered?”", "delivered", True),
        ("The second K-20 will be delivered in May.", "delivered", False),
        ("The official would not say whether the contract had been signed.", "contract", True),
        ("The yard declined to confirm if the tanker was late.", "late", True),
        ("The yard declined to say whether it had been paid; the tanker was delivered in May.", "delivered", False),
        ("The yard would not comment on the price of the tanker, which was delivered in May.", "delivered", False),
        ("“It is beyond the ‘let’s order it quickly’ of the first one,” she said.", "order", True),
        ("“We shall order it in May,” she said.", "order", False),
        ("The crew’s tanker was delivered in May.", "delivered", False),
    ],
)
def test_what_is_asked_kept_back_or_quoted_within_is_not_claimed(text: str, word: str, unsaid: bool) -> None:
    (sentence,) = split(text)
    assert is_unsaid(text, text.index(word), sentence) is unsaid
