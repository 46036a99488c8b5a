"""Staff put items on their menu, change them, take them off and bring them back."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baixing.journal import actions as journal
from baixing.journal.actions import Line
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.menu.models import Edition, ServiceItem
from baixing.menu.queries import search_text
from baixing.menu.rules import edits_menu
from baixing.network.models import Task, Unit
from baixing.people.models import Person

AT_ONCE = 500  # rows written in one statement
Facts = Mapping[str, object]  # the fields of an item, by name; `tasks` are its tags


@transaction.atomic
def add_item(unit: Unit, facts: Facts, *, by: Person, at: datetime) -> ServiceItem:
    """A new line of the unit's menu, offered in all its villages from now on."""
    _check(unit, by, at)
    item = ServiceItem(unit=unit, code=_new_code(), **_own(facts))
    item.search_text = search_text(item)
    ServiceItem.objects.bulk_create([item])
    item.tasks.set(_tasks(facts))
    stamp(unit)
    journal.write("add_item", item, by=by, at=at, unit=unit.pk)
    return item


@transaction.atomic
def add_items(unit: Unit, many: Sequence[Facts], *, by: Person, at: datetime) -> list[ServiceItem]:
    """New lines of the unit's menu, in their order: what `add_item` does for one."""
    _check(unit, by, at)
    items = [ServiceItem(unit=unit, code=_new_code(), **_own(facts)) for facts in many]
    for item in items:
        item.search_text = search_text(item)
    ServiceItem.objects.bulk_create(items, batch_size=AT_ONCE)
    tagged = ServiceItem.tasks.through
    pairs = [(item, task) for item, facts in zip(items, many, strict=True) for task in _tasks(facts)]
    tags = [tagged(serviceitem_id=item.pk, task_id=task.pk) for item, task in pairs]
    tagged.objects.bulk_create(tags, batch_size=AT_ONCE)
    stamp(unit)
    journal.write_all([Line("add_item", item, {"unit": unit.pk}) for item in items], by=by, at=at)
    return items


@transaction.atomic
def change_item(item: ServiceItem, facts: Facts, *, version: int | None, by: Person, at: datetime) -> None:
    """Change what stands in the item, unless somebody has changed it since `version` was read."""
    _check(item.unit, by, at)
    own = _own(facts)
    changed = sorted(name for name, value in own.items() if getattr(item, name) != value)
    for name, value in own.items():
        setattr(item, name, value)
    item.search_text = search_text(item)
    _step(item, version, **own, search_text=item.search_text)
    item.tasks.set(_tasks(facts))
    journal.write("change_item", item, by=by, at=at, fields=changed)


@transaction.atomic
def retire_item(item: ServiceItem, *, why: str, version: int | None, by: Person, at: datetime) -> None:
    """Take it off the menu. Orders that were placed live on."""
    _check(item.unit, by, at)
    if not item.active:
        raise NotNow(_("This service is off the menu already."))
    if not why.strip():
        raise Unfit(_("Please say why it goes off the menu."), field="why")
    _step(item, version, active=False, retired_at=at, retired_why=why)
    journal.write("retire_item", item, by=by, at=at, words=why)


@transaction.atomic
def bring_back(item: ServiceItem, *, changed: str = "", version: int | None, by: Person, at: datetime) -> None:
    """Put a retired item on the menu again. When no team had accepted it, say what has changed since."""
    _check(item.unit, by, at)
    if item.active:
        raise NotNow(_("This service is on the menu already."))
    if item.asked_at and not changed.strip():
        raise Unfit(_("Please say what has changed, or the same happens again."), field="changed")
    _step(item, version, active=True, retired_at=None, retired_why="", asked_at=None, back_at=at)
    journal.write("bring_back", item, by=by, at=at, words=changed)


@transaction.atomic
def keep_off(item: ServiceItem, *, version: int | None, by: Person, at: datetime) -> None:
    """It stays off the menu: the answer to the question that `retire_unserved` asks."""
    _check(item.unit, by, at)
    if item.asked_at is None:
        raise NotNow(_("Nobody is asked about this service any more."))
    _step(item, version, asked_at=None)
    journal.write("keep_off", item, by=by, at=at)


@transaction.atomic
def retire_unserved(item: ServiceItem, *, at: datetime) -> bool:
    """By the clock: nobody has accepted it for 60 days. Whoever looks after the menu is asked what becomes of it."""
    if not item.active:
        return False
    why = _("No team has accepted it for 60 days.")
    with translation.override(settings.LANGUAGE_CODE):
        _step(item, item.version, active=False, retired_at=at, retired_why=str(why), asked_at=at)
    journal.write("retire_item", item, by=None, at=at, words=item.retired_why)
    return True


def stamp(unit: Unit) -> None:
    """From the end of this transaction on every process reads the menu anew."""
    Edition.objects.update_or_create(unit=unit, defaults={"stamp": secrets.token_hex(16)})


def _check(unit: Unit, by: Person, at: datetime) -> None:
    if not edits_menu(by, unit, at):
        raise NotAllowed(_("Only the staff of this centre look after its menu."))


def _step(item: ServiceItem, version: int | None, **changes: object) -> None:
    """Compare-and-set on the version that the person's page showed."""
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    rows = ServiceItem.objects.filter(pk=item.pk, version=version)
    if not rows.update(**changes, version=version + 1):
        raise Overtaken(_("Somebody else has changed this service meanwhile."))
    item.version = version + 1
    for name, value in changes.items():
        setattr(item, name, value)
    stamp(item.unit)


def _own(facts: Facts) -> dict[str, object]:
    return {name: value for name, value in facts.items() if name != "tasks"}


def _tasks(facts: Facts) -> Collection[Task]:
    tasks = facts.get("tasks", ())
    return list(tasks) if isinstance(tasks, Collection) else []


def _new_code() -> str:
    """What stands in the item's address; never said aloud, so chance may choose it."""
    return f"s-{secrets.token_hex(5)}"
