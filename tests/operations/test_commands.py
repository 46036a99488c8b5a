"""`baixing doctor` and `baixing tick`, as an operator runs them."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from baixing.journal.models import Entry
from baixing.kernel import appendonly
from baixing.kernel.credentials import keys
from baixing.kernel.editions import public_models
from baixing.kernel.models import OnceKey
from baixing.network.models import Post
from baixing.notices.models import Outgoing
from baixing.orders.models import Escalation
from baixing.people.actions import ask_code
from tests.emptying import lifted
from tests.orders.test_clock import lose_the_key_of
from tests.town import DAY, NINE, Town

ONLY_PUBLIC = keys.public_of(keys.new_secret())
SOON = NINE + timedelta(days=300)  # after this version was made


def doctor(*, deep: bool = False) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("doctor", deep=deep, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def sound() -> tuple[str, int]:
    """What it says of an installation without a fault. The PostgreSQL of the tests does not wait for its disk."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW fsync")
            if cursor.fetchone() == ("off",):
                return "- PostgreSQL has fsync off: a power cut can destroy the database. Turn it on.", 1
    return "All is well.", 0


@pytest.fixture
def well(settings: Settings, tmp_path: Path) -> None:
    settings.SECRET_KEY, settings.DEBUG, settings.DEMO = "s" * 60, False, True
    settings.DATA = tmp_path


@pytest.mark.both
@pytest.mark.usefixtures("well")
def test_the_doctor_finds_a_sound_installation_well(town: Town) -> None:
    town.order_in("served")
    with time_machine.travel(SOON):
        said, code = doctor(deep=True)

    assert (said.strip(), code) == sound()


@pytest.mark.django_db
@pytest.mark.usefixtures("well")
def test_the_doctor_names_ten_faults_of_a_kind_and_counts_the_others() -> None:
    named = {"owner": "p1", "address": "/wish/", "digest": "d", "at": NINE, "result": ""}
    OnceKey.objects.bulk_create(OnceKey(**named | {"key": f"{n}", "at": NINE + DAY * n}) for n in range(12))

    with time_machine.travel(SOON):
        lines = doctor(deep=True)[0].splitlines()

    assert [line.startswith("- The form sent to /wish/") for line in lines] == [True] * 10 + [False]
    assert lines[10] == "- And 2 more like this: The form sent to /wish/ at # #:#:# is kept without its answer."


JOURNAL = "The journal can be changed: its triggers are missing. Run baixing migrate."
MENU = "Pages may show what was: triggers of menu_serviceitem are missing. Run baixing migrate."


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.usefixtures("well")
def test_the_doctor_misses_each_trigger_and_what_it_advises_lays_it_again() -> None:
    journal = [("journal_entry", name, JOURNAL) for name in appendonly.names(connection, "journal_entry")]
    menu = [("menu_serviceitem", f"menu_serviceitem_marks_{verb}", MENU) for verb in ("insert", "update", "delete")]

    for table, name, words in [*journal, *menu]:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{'' if connection.vendor == 'sqlite' else f' ON {table}'}")
        with time_machine.travel(SOON):
            missed = doctor()
            call_command("migrate", verbosity=0)
            again = doctor()

        assert (words in missed[0], missed[1]) == (True, 1)
        assert (again[0].strip(), again[1]) == sound()


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.usefixtures("well")
def test_the_doctor_misses_triggers_that_are_turned_off() -> None:
    with lifted(connection), time_machine.travel(SOON):
        said, _code = doctor()

    assert JOURNAL in said
    assert all(model._meta.db_table in said for model in public_models())


@pytest.mark.django_db
@pytest.mark.usefixtures("well")
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY has fewer"),
        ("DEBUG", True, "DEBUG is on"),
        ("SMS_PROVIDER", "", "SMS_PROVIDER is not set"),
        ("MAIL_PROVIDER", "", "MAIL_PROVIDER is not set"),
        ("CREDENTIAL_KEYS", ["not-a-key"], "no Ed25519 Multikey"),
        ("CREDENTIAL_KEYS", [ONLY_PUBLIC], "nothing can be signed"),
    ],
)
def test_the_doctor_names_a_wrong_setting(settings: Settings, name: str, value: object, words: str) -> None:
    settings.DEMO = False
    setattr(settings, name, value)
    with time_machine.travel(SOON):
        said, code = doctor()

    assert words in said
    assert code == 1


@pytest.mark.usefixtures("well")
def test_demo_accounts_outside_a_demo_are_a_fault(town: Town, settings: Settings) -> None:
    settings.DEMO = False
    town.jin.demo = True
    town.jin.save(update_fields=["demo"])

    assert "There are demo accounts" in doctor()[0]


@pytest.mark.usefixtures("well")
def test_a_clock_behind_the_orders_is_a_fault(town: Town) -> None:
    town.place()
    with time_machine.travel(NINE - DAY):
        assert "placed in the future" in doctor()[0]


@pytest.mark.both
@pytest.mark.usefixtures("well")
def test_the_doctor_finds_a_changed_line_of_a_journal(town: Town) -> None:
    order = town.place()
    with lifted(connection):
        Entry.objects.of(order).update(facts={"forged": True})

    assert f"The journal of orders.order:{order.pk} is broken at line 1" in doctor(deep=True)[0]


@pytest.mark.usefixtures("well")
@pytest.mark.usefixtures("well")
def test_messages_that_nobody_sends_are_a_fault(town: Town) -> None:
    ask_code(town.jin.phone, address="192.0.2.1", at=SOON)
    with time_machine.travel(SOON + timedelta(minutes=4)):
        soon = doctor()
    Outgoing.objects.update(expires=SOON + DAY)
    with time_machine.travel(SOON + timedelta(minutes=40)):
        late = doctor()

    assert soon == ("All is well.\n", 0)
    assert late[0].startswith("- sms: 1 messages wait, the oldest since ")
    assert late[1] == 1


def test_an_order_of_a_unit_without_staff_is_a_fault(town: Town) -> None:
    order = town.place()
    Post.objects.filter(unit=order.owner).update(until=NINE - timedelta(hours=1))
    with time_machine.travel(SOON):
        assert f"Order {order.number} is owned by" in doctor(deep=True)[0]


@pytest.mark.both
def test_a_tick_does_what_is_due_and_a_second_one_nothing(town: Town) -> None:
    town.place()
    OnceKey.objects.create(owner="p1", key="a" * 16, address="/", digest="d", at=NINE - 40 * DAY)
    with time_machine.travel(NINE + 30 * DAY, tick=False):
        call_command("tick", stdout=(first := StringIO()))
        escalated = Escalation.objects.count()
        call_command("tick", stdout=(second := StringIO()))

    assert "keys 1" in first.getvalue()
    assert escalated > 0
    assert (Escalation.objects.count(), "escalate" in second.getvalue()) == (escalated, False)


def test_a_deed_that_breaks_off_is_said_and_the_rest_is_done(town: Town) -> None:
    lose_the_key_of(town.order_in("offered"))
    OnceKey.objects.create(owner="p1", key="a" * 16, address="/", digest="d", at=NINE - 40 * DAY)

    with time_machine.travel(NINE + 30 * DAY, tick=False), pytest.raises(CommandError, match="deeds broke off"):
        call_command("tick", stdout=(said := StringIO()))

    assert "keys 1" in said.getvalue()


def test_a_new_credential_key_keeps_the_earlier_ones_verifiable(settings: Settings) -> None:
    old = keys.new_secret()
    settings.CREDENTIAL_KEYS = [old]
    out = StringIO()

    call_command("credential_key", stdout=out, stderr=StringIO())

    name, _, line = out.getvalue().strip().partition("=")
    new, *earlier = line.split(",")
    assert (name, earlier) == ("CREDENTIAL_KEYS", [keys.public_of(old)])
    assert keys.public_of(new) != keys.public_of(old)
