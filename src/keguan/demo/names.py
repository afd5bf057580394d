"""Invented people's names: common surnames by weight, a few that are read unlike their character, given names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
# Read differently as surnames than in running text, which a search by pinyin initials must know.
_POLYPHONIC = ("单", "曾", "仇", "解", "区", "查", "翟", "盖", "朴", "覃", "任", "乐", "尉迟", "万俟", "长孙")
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "司徒", "夏侯")
_FIRST = "子梓宇浩雨思嘉欣佳俊文明志建国海晓春秋云天一永家世知书若清雅安可景承怀明远德启正立新瑞宏泽鸿锦"
_SECOND = "轩涵泽然琪怡诚杰华强军平勇伟芳敏静丽霞燕玲娟英梅兰辉斌鹏飞龙超亮博豪宁晨阳洁雯婷颖慧岚峰川舟行远"
_TRADES = ("商贸", "建材", "物流", "科技", "餐饮管理", "文化传播", "园林工程", "医疗器械", "纺织", "农业发展")


def person(random: Random) -> str:
    """A name of two to four characters."""
    roll = random.random()
    if roll < 0.05:
        surname = random.choice(_POLYPHONIC)
    elif roll < 0.06:
        surname = random.choice(_COMPOUND)
    else:
        # The square makes the front of the list, the most common surnames, come up most.
        surname = _COMMON[int(random.random() ** 2 * len(_COMMON))]
    given = random.choice(_SECOND)
    return surname + (random.choice(_FIRST) + given if random.random() < 0.82 else given)


def company(random: Random) -> str:
    """The name of an invented firm."""
    place = random.choice(("云岭", "江南", "滨海", "西山"))
    return f"{place}{random.choice(_FIRST)}{random.choice(_SECOND)}{random.choice(_TRADES)}有限公司"
