"""Why a proposal was overtaken: codes instead of the words of whoever confirmed, whose language is not the reader's."""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODES: Final = {
    "changed": ("This order has been changed since the plan was made.", "方案做好以后，这张订单改过了。"),
    "dealt_with": (
        "This order has been dealt with since the plan was made.",
        "方案做好以后，这张订单已经有人处理了。",
    ),
    "elsewhere": (
        "This order is open to all teams, waits for a co-sign, or is with another unit now.",
        "这张订单现已放开抢单、正等会签，或已归别的单位。",
    ),
    "by_person": (
        "This resident asks that a person chooses the team. Please do it on the page of the order.",
        "这位居民希望由人来选队伍。请到订单页面上派单。",
    ),
    "over": (
        "The time for which this was planned is over. Please make the plan anew.",
        "方案定的时间已过，请重新生成方案。",
    ),
    "newer": ("There is a newer plan. Please go on there.", "已经有新的方案，请到新方案里继续。"),
    "accepted": (
        "Its team has accepted this order. Ask it first whether it gives it back.",
        "队伍已接下这一单。请先问它能否退回。",
    ),
    "just_now": (
        "Somebody has just dealt with this. Go back to see where it stands.",
        "刚刚有人处理过了，请返回看看进展。",
    ),
    "not_now": ("This cannot be done now. Go back to see where it stands.", "现在不能这样做，请返回看看进展。"),
}
BARRIERS: Final = {
    "inactive": ("is not active any more", "已停止活动"),
    "off_duty": ("is off duty at the moment", "暂不接单"),
    "unskilled": ("does not know this craft", "没有这项专长"),
    "too_far": ("does not go that far", "不去那么远"),
    "unlicensed": ("has no valid licence for it", "没有有效的资质"),
    "declined": ("has declined this order", "已拒过这个订单"),
    "own": ("is the resident's own team", "是居民自己的队"),
    "short": ("has too few people on duty", "在岗的人手不够"),
    "days_off": ("has the days off that the resident gave", "居民方便的那几天休息"),
    "no_day": ("has no free day in the next three weeks", "三周内没有空闲的日子"),
}
BEFORE: Final = (" cannot be asked: ", "：")
OF_ITS_DAY: Final = {"day_off": ("is off on ", "休息"), "day_full": ("has no room left on ", "已经排满")}
AT_ONCE: Final = 500


def _code(words: str, day: str | None) -> dict[str, Any]:
    """What is said in numbers that nobody can read back stays as it was said."""
    for code, said in CODES.items():
        if words in said:
            return {"code": code}
    for barrier in _barriers(words, day):
        return {"code": "team", "barrier": barrier}
    return {"code": "said", "words": words}


def _barriers(words: str, day: str | None) -> Iterator[dict[str, Any]]:
    english, chinese = (words.rpartition(sign) for sign in BEFORE)
    if not (english[1] or (chinese[1] and words.startswith("不能派给"))):
        return
    why = english[2] if english[1] else chinese[2]
    for code, said in BARRIERS.items():
        if why in said:
            yield {"code": code}
    for code, (begins, ends) in OF_ITS_DAY.items():
        if day and (why.startswith(begins) or why.endswith(ends)):
            yield {"code": code, "day": day}


def write_codes(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """As text still, so that the column can become one of codes."""
    rows = apps.get_model("dispatching", "Proposal").objects
    some = []
    for row in rows.exclude(why="").only("why", "day").iterator(chunk_size=AT_ONCE):
        row.why = json.dumps(_code(row.why, row.day.isoformat() if row.day else None), ensure_ascii=False)
        some.append(row)
    rows.bulk_update(some, ["why"], batch_size=AT_ONCE)
    rows.filter(why="").update(why="{}")


def forget_codes(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever goes back knows no codes; that a proposal was overtaken stays."""
    apps.get_model("dispatching", "Proposal").objects.update(why="")


class Migration(migrations.Migration):
    dependencies = [("dispatching", "0006_what_ifs")]
    operations = [
        migrations.AlterField("proposal", "why", models.TextField(blank=True)),
        migrations.RunPython(write_codes, forget_codes, elidable=True),
        migrations.AlterField("proposal", "why", models.JSONField(default=dict)),
    ]
