"""The rows of each sheet: good ones in many spellings, and among them bad ones with one plain fault each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from keguan.demo import identity, mess, names
from keguan.demo.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from keguan.demo.activities import Attendance, Reception
    from keguan.demo.contracts import Contract
    from keguan.demo.customers import Customer

Row = dict[str, mess.Cell]

CUSTOMER_COLUMNS = (
    "姓名", "客户类别", "性别", "年龄段", "身份证号码", "统一社会信用代码", "手机号码", "邮箱", "联系地址", "来源",
    "首次接触日", "居住区域", "工作区域", "需求类型", "可接受价格", "购买诚意度", "有购买意向", "行业影响力",
    "对本公司影响力", "重要公职", "带动购买", "业主通讯地址", "基本特征", "归属人",
)  # fmt: skip
_KEYS = ("客户姓名", "手机", "身份证号")
CONTRACT_COLUMNS = (
    "合同编号", *_KEYS, "物业类型", "成交单元", "合同金额(元)", "所享折扣", "签订日", "合同状态", "归属人",
)  # fmt: skip
ATTENDANCE_COLUMNS = (*_KEYS, "活动", "参加日期", "参加方式", "归属人")
RECEPTION_COLUMNS = ("接待日期", "接待方式", *_KEYS, "接待摘要", "归属人")


def customer_rows(random: Random, people: Sequence[Customer]) -> list[Row]:
    """The 客户 sheet."""
    rows = [_customer(random, person) for person in people]

    def lost_digits(row: Row) -> None:
        row["手机号码"] = "1.39E+10"

    def wrong_id(row: Row) -> None:
        born = identity.birthday(random, people[0].first_contact)
        row["身份证号码"] = identity.wrong_check_digit(identity.id_number(random, 1, born, male=True))

    def same_phone(row: Row) -> None:
        row["手机号码"] = people[0].phone

    faults: list[Callable[[Row], None]] = [
        wrong_id,
        wrong_id,
        lost_digits,
        same_phone,
        _set("姓名", ""),
        _set("手机号码", ""),
        _set("首次接触日", "2026-02-30"),
        _set("来源", "朋友圈"),
    ]
    return _with_bad(random, rows, lambda place: _stranger(random, people, place), faults)


def _stranger(random: Random, people: Sequence[Customer], place: int) -> Row:
    """A customer row like the others, with a phone that no good row has."""
    row = _customer(random, random.choice(people))
    row |= {"姓名": names.person(random), "身份证号码": "", "客户类别": "个人", "统一社会信用代码": ""}
    return row | {"手机号码": identity.phone(len(people) + place)}


def _customer(random: Random, person: Customer) -> Row:
    wish = person.details["可接受价格"]
    return {
        **person.details,
        "姓名": mess.messy_name(random, person.name),
        "客户类别": person.kind,
        "性别": person.gender,
        "身份证号码": mess.messy_id(random, person.id_number) if person.id_number else "",
        "统一社会信用代码": person.uscc,
        "手机号码": mess.messy_phone(random, person.phone),
        "首次接触日": mess.messy_date(random, person.first_contact),
        "可接受价格": mess.messy_money(random, int(wish)) if wish else "",
        "归属人": _owner(random, person),
    }


def contract_rows(random: Random, signed: Sequence[Contract], people: Sequence[Customer]) -> list[Row]:
    """The 购买合同 sheet."""
    find = _finder(random, people)
    rows: list[Row] = []
    for number, contract in enumerate(signed, 1):
        rows.append(
            {
                "合同编号": f"HT{contract.signed.year}-{number:05}",
                **find(contract.customer),
                "物业类型": contract.kind,
                "成交单元": contract.unit,
                "合同金额(元)": mess.messy_money(random, contract.yuan),
                "所享折扣": f"{contract.discount}%" if random.random() < 0.6 else contract.discount / 100,
                "签订日": mess.messy_date(random, contract.signed),
                "合同状态": contract.status,
                "归属人": _owner(random, contract.customer),
            }
        )
    faults = [
        _nobody,
        _set("合同金额(元)", "面议"),
        _set("物业类型", "四合院"),
        _set("签订日", "2026年13月1日"),
        _set("合同编号", rows[0]["合同编号"]),
    ]
    spare = len(rows)
    return _with_bad(random, rows, lambda place: random.choice(rows) | {"合同编号": f"HT-补{spare + place:05}"}, faults)


def attendance_rows(random: Random, came: Sequence[Attendance], people: Sequence[Customer]) -> list[Row]:
    """The 活动参加 sheet."""
    find = _finder(random, people)
    rows: list[Row] = [
        {
            **find(item.customer),
            "活动": item.activity.name,
            "参加日期": mess.messy_date(random, item.activity.held),
            "参加方式": item.kind,
            "归属人": _owner(random, item.customer),
        }
        for item in came
    ]
    faults = [_nobody, _set("活动", "不存在的活动"), _set("参加日期", "上周末"), _set("参加方式", "围观")]
    return _with_bad(random, rows, lambda _: dict(random.choice(rows)), faults)


def reception_rows(random: Random, met: Sequence[Reception], people: Sequence[Customer]) -> list[Row]:
    """The 接待登记 sheet."""
    find = _finder(random, people)
    rows: list[Row] = [
        {
            "接待日期": mess.messy_date(random, item.day),
            "接待方式": item.channel,
            **find(item.customer),
            "接待摘要": item.summary,
            "归属人": _owner(random, item.customer),
        }
        for item in met
    ]
    faults = [_nobody, _set("接待日期", "昨天"), _set("接待方式", "微信"), _set("接待摘要", "")]
    return _with_bad(random, rows, lambda _: dict(random.choice(rows)), faults)


def _with_bad(
    random: Random, good: list[Row], base: Callable[[int], Row], faults: Sequence[Callable[[Row], None]]
) -> list[Row]:
    """The good rows in their order, with bad ones strewn between them, after the first (which some of them repeat)."""
    rows = list(good)
    for place in range(Plan.bad(len(good))):
        row = base(place)
        faults[place % len(faults)](row)
        rows.insert(random.randint(1, len(rows)), row)
    return rows


def _finder(random: Random, people: Sequence[Customer]) -> Callable[[Customer], Row]:
    """How a row on another sheet says which customer it is about: mostly by phone, sometimes by name alone."""
    namesakes = Counter(person.name for person in people)

    def find(person: Customer) -> Row:
        roll = random.random()
        if roll < 0.05 and namesakes[person.name] == 1:
            return {"客户姓名": person.name, "手机": "", "身份证号": ""}
        if roll < 0.3 and person.id_number:
            return {"客户姓名": person.name, "手机": "", "身份证号": mess.messy_id(random, person.id_number)}
        phone = mess.messy_phone(random, person.phone)
        return {"客户姓名": person.name if roll < 0.9 else "", "手机": phone, "身份证号": ""}

    return find


def _owner(random: Random, person: Customer) -> str:
    return person.owner.username if random.random() < 0.1 else person.owner.name


def _set(column: str, value: mess.Cell) -> Callable[[Row], None]:
    def fault(row: Row) -> None:
        row[column] = value

    return fault


def _nobody(row: Row) -> None:
    row.update({"客户姓名": "查无此人", "手机": identity.phone(49_999), "身份证号": ""})
