"""What the demo city is invented from. No name here is of a real person, no number is given to anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words
from baixing.menu.models import ServiceItem
from baixing.network.models import Post

SURNAMES = "安柏常丁范谷韩吉康黎孟宁欧潘秦任沈唐温席严庄"
GIVEN = "春禾秋实晓岚文竹玉清向阳思源石泉小满立冬谷雨明月松年"
TEAM_NOUNS = ("志愿服务队", "帮帮团", "暖心队", "小分队")
THEME = {
    "title": "冬暖万家",
    "title_en": "A warm winter for every home",
    "words": "这个月我们上门检查取暖和用电安全，陪老人聊聊天。",
    "words_en": "This month we check heating and wiring at home and keep the elderly company.",
}
BRANDS: tuple[dict[str, str], ...] = (
    {
        "slug": "copper-warmth",
        "name": "铜城有爱",
        "name_en": "Copper City Cares",
        "words": "一个电话，邻居就到。",
        "words_en": "One call, and a neighbour comes.",
    },
    {
        "slug": "yellow-river",
        "name": "黄河石林先锋",
        "name_en": "Stone Forest Pioneers",
        "words": "把服务送到最远的村。",
        "words_en": "Service for the farthest village.",
    },
)


@dataclass(frozen=True)
class Role:
    """A demo account: what it is called, the post it holds and on which tier."""

    name: str
    role: Words
    post: str = ""
    tier: int = 0


CAST: dict[str, Role] = {
    "resident": Role("金禾", _("Resident")),
    "clerk": Role("周岚", _("Clerk of the station"), Post.Kind.STAFF, 1),
    "dispatcher": Role("石泉", _("Dispatcher of the station"), Post.Kind.DISPATCHER, 1),
    "institute": Role("吴竹", _("Staff of the institute above"), Post.Kind.STAFF, 2),
    "county": Role("何清", _("Staff of the county centre"), Post.Kind.STAFF, 3),
    "city": Role("高源", _("Head of the city centre"), Post.Kind.HEAD, 4),
    "auditor": Role("沈明", _("Auditor"), Post.Kind.AUDITOR, 4),
    "editor": Role("宁月", _("Editor of the city centre"), Post.Kind.EDITOR, 4),
    "leader": Role("罗阳", _("Leader of a team")),
    "volunteer": Role("闵松", _("Volunteer of that team")),
}
OWN = 3  # the first orders are the demo resident's
ORDERS: tuple[tuple[str, str], ...] = (
    ("offered", "厨房水龙头关不紧，一直滴水"),
    ("served", "卫生间下水慢"),
    ("closed", "灯一闪一闪的"),
    ("placed", "水管接头漏水"),
    ("placed", "想给老人装个扶手"),
    ("pending", "插座松了"),
    ("pending", "门锁转不动"),
    ("offered", "洗衣机不排水"),
    ("accepted", "马桶一直流水"),
    ("appointed", "阳台灯不亮"),
    ("appointed", "水表旁边渗水"),
    ("served", "窗户关不严"),
    ("closed", "水龙头换芯"),
    ("closed", "电风扇不转"),
)


def phone(number: int) -> str:
    """A number of the range 110-0000-0000, which no operator gives out."""
    return f"+861100{number:07}"


def office_phone(number: int) -> str:
    """A landline whose local part begins with 0, which no exchange gives out."""
    return f"0943-0{number:06}"


def name(dice: Random) -> str:
    return dice.choice(SURNAMES) + dice.choice(GIVEN) + (dice.choice(GIVEN) if dice.choice((True, False)) else "")


def capacity(dice: Random) -> dict[str, int]:
    day = dice.choice((1, 2, 2, 3))
    return {"day_capacity": day, "week_capacity": day * dice.choice((2, 3, 4))}


def demo_items() -> Iterable[ServiceItem]:
    """Repairs that the demo team can do."""
    crafts = ["plumbing", "electrics", "appliances", "carpentry"]
    return ServiceItem.objects.active().filter(skill__slug__in=crafts, unit__tier=4, months="", people=1).order_by("pk")
