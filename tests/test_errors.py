"""Errors: one line, a place in the tree, an exit code."""

from __future__ import annotations

import pytest

from slipcast import errors, settings


def test_the_tree_is_drawn_at_the_top() -> None:
    classes = {c.__name__ for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.SlipcastError)}
    assert all(name in (errors.__doc__ or "") for name in classes)


def test_a_message_is_one_line_that_says_what_where_and_what_to_do() -> None:
    error = errors.InputError("the file\nis empty", where="a.txt", todo="give another")
    assert str(error) == "a.txt: the file is empty; give another"


@pytest.mark.parametrize(("kind", "code"), [(errors.CheckFailed, 1), (errors.UsageError, 2), (errors.LedgerError, 2)])
def test_exit_codes(kind: type[errors.SlipcastError], code: int) -> None:
    assert kind("x").exit_code == code


def test_a_setting_is_what_was_given_else_its_variable_else_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLIPCAST_LEDGER", raising=False)
    assert settings.value("ledger") == "sqlite:///slipcast.db"
    monkeypatch.setenv("SLIPCAST_LEDGER", "a.db")
    assert settings.value("ledger") == "a.db"
    assert settings.value("ledger", "b.db") == "b.db"


def test_a_setting_that_is_no_number_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLIPCAST_SEED", "many")
    with pytest.raises(errors.UsageError, match="SLIPCAST_SEED: 'many' is no whole number"):
        settings.number("seed")
