"""Words of danger as people speak them: what must show whom to call, and what must not.

The doubtful ones ("怕漏气", "以前着火", a denial that asks) show the numbers: that costs a glance only.
"""

from __future__ import annotations

import pytest

from baixing.orders import actions
from baixing.orders.rules import danger
from tests.town import NINE, Town

ALARMING = {
    "harm": (
        "我不想活了，没人管我",
        "娃说活着没意思，要跳楼",
        "孩子留了遗书，门反锁了",
        "老汉劝不住，要喝农药",
        "他说他不会自杀，可我害怕",
        "媳妇割碗了，血流了一地",
        "我撑不下去了，找个人说说话",
        "别让她想不开，求你们来个人",
        "I want to die",
    ),
    "gas": (
        "厨房里煤气味重得很，头昏",
        "天燃气好像泄露了，咋办",
        "灶底下的皮管子好像漏气，闻着臭",
        "煤气管道一直在漏，我不敢开灯",
        "是不是漏气了，帮忙看看",
        "不是漏气了吧，味道大得很",
        "煤 气 罐 咝 咝 响",
        "燃气报警器半夜一直响",
        "出门忘了关煤气，人在外头回不去",
        "I smell gas in the kitchen",
    ),
    "poison": (
        "一家子叫煤烟打了，快来",
        "我妈没烟中毒了，吐得厉害",
        "炉子倒烟，头疼得站不住",
        "孙子把老鼠药当糖，误食了",
        "爸爸喝了农药",
    ),
    "electric": (
        "洗澡的热水器漏电，手一碰就麻",
        "我爸修灯叫电打了，躺着呢",
        "门口高压线叫风刮断了",
        "楼上漏的水流到插座里了",
        "插座冒火花，一股子糊味",
    ),
    "fire": (
        "厨房着火了，快来人",
        "房子找火了",
        "门口的柴垛着了",
        "没有着火，就是墙里头一直冒烟",
        "这不是着火了嘛，烟大得很",
        "没想到着火了，人都跑出来了",
        "充电的电动车报炸了",
        "油锅着了，火灭不掉",
        "there is smoke everywhere",
    ),
    "collapse": (
        "下了几天雨，后院的窑洞塌了一半",
        "北墙裂了大缝，要塌了",
        "房子后墙踏了",
        "后山滑坡，路断了",
    ),
    "trapped": ("老太太困在电梯里半个钟头了", "娃把自己锁在车里了", "孩子的头卡在栏杆里了"),
    "flood": ("沟里发山洪了，桥过不去", "河水涨上来了，院子快淹了"),
    "medical": (
        "老伴叫不醒，手脚冰凉",
        "我爸胸口疼得直冒汗",
        "奶奶从炕上摔下来动不了",
        "他晕到了，脸发紫",
        "孩子吃枣噎住了",
        "爷爷嘴突然歪了，说不出话",
        "大人娃娃掉进渠里了",
        "媳妇羊水破了，没车去医院",
        "my father is not breathing",
    ),
    "violence": (
        "男人喝了酒又打我，我躲在厕所",
        "隔壁两口子打起来了，拿着菜刀，要杀人",
        "有人撬门，我一个人在家",
        "同学天天欺负他，又挨打了",
        "他今天没打我，昨天往死里打",
    ),
    "lost": ("我妈有痴呆，走丢两个钟头了", "娃娃不见了，到处找不到", "放学到现在孩子找不见"),
    "fraud": ("刚被骗走三万块钱，咋办", "有人叫我转账到安全账户"),
}
HARMLESS = (
    "家里没有着火，是想换个旧插座",
    "不是漏气，是灶打不着",
    "没闻到煤气味，就想查一下软管",
    "煤气灶清洗一下，油太厚了",
    "换一下煤气罐皮管",
    "煤气罐没气了，扛不动，帮忙换一罐",
    "灭火器过期了，哪里换",
    "想请人讲一堂消防知识讲座",
    "小区要搞防火宣传，借几块展板",
    "火灾逃生演练什么时候搞",
    "着火了怎么办的讲座，能不能来我们院讲",
    "安全用气讲座想报个名",
    "想学做火锅底料",
    "灶点不着火，电池换过了",
    "小区生意红火，想办个运动会",
    "想吃火锅，找火锅店的优惠",
    "火烧云真好看，想学摄影",
    "炕不热，烟筒要掏一掏",
    "窗户漏气，冬天冷得很",
    "自行车车胎漏气，帮忙补个胎",
    "高压锅漏气，换个皮圈",
    "煤气中毒预防讲座",
    "想听听怎么防煤烟中毒",
    "电脑中毒了，开不了机",
    "老人刚接触电脑，想学打字",
    "漏电保护器老跳，想请电工看看",
    "怎么预防触电，给娃娃们讲讲",
    "厨房顶上漏水，要补防水",
    "墙皮掉了，想刷个墙",
    "沙发塌了，弹簧要换",
    "天塌下来有个高的顶着，就想聊聊天",
    "泥石流知识讲一讲",
    "妈妈去年中风了，想请人教翻身",
    "爷爷没有昏迷，就是睡得多，想找人陪",
    "母羊要生了，请兽医来看看",
    "手机快不行了，想学换新手机",
    "想学急救知识，像心梗怎么按压的课",
    "防溺水宣传进学校",
    "修好了请打我电话",
    "过年要杀猪，请人搭把手",
    "给老人办个防走失手环",
    "孩子找不到工作，想听招聘信息",
    "家里的猫走丢了，帮忙贴个启事",
    "怕被骗，想学认诈骗短信",
    "防诈骗宣传到我们楼上来一次",
    "妈妈想死你们了，想学视频通话",
    "超市跳楼价买的灯不亮",
    "看了个自杀式袭击的电影睡不着，想聊聊",
    "心理健康讲座，自杀干预培训",
    "反家暴宣传活动想参加",
    "贫困户的政策咨询",
    "孩子丢了书包，能不能广播一下",
    "we would like a fire drill",
    "there is no smell of gas, only an old hose",
    "how to grow rapeseed and grapes",
    "水龙头一直滴水",
)


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, said in ALARMING.items() for words in said])
def test_words_of_danger_are_heard(kind: str, words: str) -> None:
    assert danger.found(words) == kind


@pytest.mark.parametrize("words", HARMLESS)
def test_harmless_words_raise_no_alarm(words: str) -> None:
    assert danger.found(words) == ""


@pytest.mark.parametrize(
    "words", ["怕漏气，想请人看看", "以前家里着火过", "火已经灭了，刚才锅着火", "有没有煤气味我也闻不出来"]
)
def test_in_doubt_the_numbers_are_shown(words: str) -> None:
    assert danger.found(words) != ""


def test_there_are_enough_sentences_to_trust_it() -> None:
    assert sum(len(said) for said in ALARMING.values()) >= 45
    assert len(HARMLESS) >= 45
    assert set(ALARMING) == set(danger.table()[1])


def test_danger_in_the_midst_of_many_words_is_heard() -> None:
    assert danger.found("想修一下水龙头。" * 40 + "哎呀锅里着火了！" + "谢谢。" * 40) == "fire"


def test_every_danger_says_whom_to_call_and_what_to_do() -> None:
    said = {kind: danger.help_in(kind) for kind in danger.table()[1]}

    assert [kind for kind, told in said.items() if told is None or not (told.say and told.name and told.now)] == []
    assert danger.help_in("") is None


def test_the_three_numbers_are_always_there() -> None:
    for kind in danger.table()[1]:
        told = danger.help_in(kind)
        assert told is not None
        assert {call.number for call in told.now + told.others} >= {"119", "120", "110"}


def test_a_harmless_word_is_listed_only_where_it_would_raise_an_alarm() -> None:
    idle = [word for one in danger.table()[1].values() for word in one.not_words if not one.hears(word)]

    assert idle == []


def test_what_is_misheard_is_put_right_into_something() -> None:
    heard = danger.table()[0].heard

    assert [wrong for wrong, right in heard.items() if wrong == right or danger.table()[0].plain(right) != right] == []


def test_danger_told_later_is_heard_too(town: Town) -> None:
    order = town.order_in("asked")

    actions.supply(order, answer="就在厨房，煤气管子在漏气", by=town.jin, at=NINE)

    assert order.danger == "gas"


def test_a_changed_order_is_read_anew(town: Town) -> None:
    order = town.place(words="厨房着火了")

    actions.change(order, words="想换个灯泡", address="3 号楼", windows=(), by=town.jin, at=NINE)

    assert order.danger == ""
