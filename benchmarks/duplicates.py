"""How long a search for duplicates takes at a million customers, and what it finds and misses.

    python -m benchmarks.duplicates [--rows 1000000] [--share 0.03]

Customers are drawn with the frequencies that surnames have; a share of them is filed a second time as people do that:
the name spelt by its sound, with a sign wrong or two swapped, in other width; a digit of the phone wrong, two swapped,
or another phone altogether; the identity card left out; the address written differently; a firm without its legal form.
Prints precision and recall by what was done to the copy, and the time beside a bare read of the same rows. The figure
to hold: ten minutes at a million. With ``KEGUAN_TEST_DATABASE_URL`` set it runs on that PostgreSQL database, which must
be empty.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.filled_company import company, set_up

LIMIT = 600
"""Seconds that a million may take."""

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
WEIGHTS = [1 / (place + 6) for place in range(len(SURNAMES))]
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华建国志文斌宇浩凯晨欣怡雨佳思远哲宁博轩梓涵玲红梅燕云飞鹏辉亮波海林峰山江河春夏秋冬月星光美兰菊竹松柏青蓝紫金银玉"
    "珍珠琴棋书画诗晓东西南北中正义仁礼智信忠孝安康乐福寿禄祥瑞"
)
SOUNDS = {
    "伟": "炜",
    "芳": "方",
    "静": "境",
    "丽": "莉",
    "军": "君",
    "明": "铭",
    "杰": "洁",
    "文": "雯",
    "宇": "雨",
    "佳": "嘉",
    "晨": "辰",
    "欣": "新",
    "玲": "灵",
    "梅": "媚",
    "燕": "艳",
    "辉": "晖",
    "华": "桦",
    "英": "瑛",
    "敏": "闽",
    "强": "蔷",
    "涛": "滔",
    "平": "萍",
    "建": "健",
    "志": "智",
    "斌": "彬",
    "浩": "皓",
    "怡": "宜",
    "思": "丝",
    "博": "伯",
    "云": "芸",
    "飞": "非",
    "亮": "靓",
    "海": "嗨",
    "峰": "锋",
    "江": "姜",
    "美": "镁",
    "兰": "蓝",
    "青": "清",
    "金": "今",
    "玉": "育",
    "琴": "勤",
    "诗": "施",
    "晓": "小",
    "安": "桉",
    "康": "慷",
    "福": "伏",
    "祥": "翔",
    "瑞": "睿",
}
ROADS = ("云岭路", "西山大道", "滨海东路", "江南街", "望月巷", "听松路", "沧浪街", "青石路", "白鹭大道", "朝阳北路")
TRADES = ("贸易", "置业", "物流", "建材", "食品", "科技", "餐饮", "装饰", "机械", "服装")


def main() -> None:
    """Fill a database, search it, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--share", type=float, default=0.03)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="keguan-duplicates-") as folder:
        set_up(Path(folder))
        offices = company()
        truth = _fill(chosen.rows, chosen.share, offices)
        _measure(chosen.rows, truth)


def _fill(rows: int, share: float, offices: Any) -> dict[tuple[int, int], str]:
    """Customers straight into the table; the pairs that are one, each with what was done to the copy."""
    from django.db import connection, transaction

    from keguan.runtime.clock import now
    from keguan.runtime.policies import queries as policies
    from keguan.runtime.records import sequence
    from keguan.runtime.records.encoding import encoder
    from keguan.runtime.records.inserting import bulk

    drawn = random.Random(2026)
    encode = encoder(policies.current().model, "customer")
    names = ("id", "owner_id", "unit_id", "created_at", "updated_at", "version", *encode.columns)
    moment = connection.ops.adapt_datetimefield_value(now())
    truth: dict[tuple[int, int], str] = {}
    waiting: list[tuple[int, dict[str, Any], str]] = []
    made = 0
    while made < rows:
        count = min(20_000, rows - made)
        with transaction.atomic():
            lines = []
            for record_id in sequence.take("customer", count):
                if waiting and drawn.random() < share:
                    original, values, done = waiting.pop(drawn.randrange(len(waiting)))
                    truth[original, record_id] = done
                else:
                    values = _customer(drawn)
                    if drawn.random() < share * 1.3:
                        waiting.append((record_id, *_copied(drawn, values)))
                place = drawn.choice(offices)
                row = encode.row(record_id, {code: value for code, value in values.items() if value})
                lines.append((record_id, drawn.choice(place.staff), place.unit_id, moment, moment, 1, *row))
            bulk("rec_customer", names, lines)
        made += count
    return truth


def _customer(drawn: random.Random) -> dict[str, Any]:
    person = drawn.choices(SURNAMES, WEIGHTS)[0] + "".join(drawn.choices(GIVEN, k=drawn.choice((1, 2, 2, 2))))
    firm = drawn.random() < 0.08
    return {
        "name": f"云岭{person[1:]}{drawn.choice(GIVEN)}{drawn.choice(TRADES)}有限公司" if firm else person,
        "customer_kind": "单位" if firm else "个人",
        "gender": None if firm else drawn.choice(("男", "女")),
        "phone": f"1{drawn.choice((3, 5, 7, 8, 9))}{drawn.randrange(10)}{drawn.randrange(10**8):08}",
        "id_number": _card(drawn) if not firm and drawn.random() < 0.6 else None,
        "uscc": f"91330100MA{drawn.randrange(10**8):08}" if firm and drawn.random() < 0.7 else None,
        "address": f"江南市{drawn.choice(ROADS)}{drawn.randrange(1, 900)}号{drawn.randrange(1, 30)}幢"
        f"{drawn.randrange(1, 6)}单元{drawn.randrange(1, 30)}0{drawn.randrange(1, 5)}室"
        if drawn.random() < 0.6
        else None,
    }  # fmt: skip


def _card(drawn: random.Random) -> str:
    day = f"{drawn.randrange(1950, 2006)}{drawn.randrange(1, 13):02}{drawn.randrange(1, 29):02}"
    return f"3301{drawn.randrange(1, 30):02}{day}{drawn.randrange(1000):03}{drawn.choice('0123456789X')}"


def _copied(drawn: random.Random, values: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The same customer as another clerk files them, and what was done to name and phone."""
    name, named = _renamed(drawn, values["name"])
    phone, called = _redialled(drawn, values["phone"])
    address = values["address"]
    if address:
        address = drawn.choice(
            (address, address.replace("幢", "号楼").replace("室", ""), address.replace("江南市", ""))
        )
    copy = {
        **values,
        "name": name,
        "phone": phone,
        "address": address if drawn.random() < 0.7 else None,
        "id_number": values["id_number"] if drawn.random() < 0.4 else None,
        "uscc": values["uscc"] if drawn.random() < 0.4 else None,
        "gender": values["gender"] if drawn.random() < 0.8 else None,
    }
    known = any(copy[code] and copy[code] == values[code] for code in ("id_number", "uscc"))
    more = "number" if known else "address" if copy["address"] else "nothing more"
    return copy, f"{named}, {called}, {more}"


def _renamed(drawn: random.Random, name: str) -> tuple[str, str]:
    if name.endswith("有限公司"):
        core = name.removesuffix("有限公司")
        at = drawn.randrange(2, len(core))
        way = drawn.choice(("form", "sound", "typo", "same"))
        changed = {"form": core, "sound": core[:at] + SOUNDS.get(core[at], core[at]) + core[at + 1 :] + "有限公司",
                   "typo": core[:at] + core[at + 1 :] + "有限公司", "same": name}  # fmt: skip
        return changed[way], f"firm {way}"
    way = drawn.choices(("same", "spaced", "sound", "typo", "swapped"), (0.4, 0.1, 0.25, 0.15, 0.1))[0]
    at = drawn.randrange(1, len(name))
    if way == "spaced":
        return f"{name[0]}　{name[1:]}", "name same"
    if way == "sound" and name[at] in SOUNDS:
        return name[:at] + SOUNDS[name[at]] + name[at + 1 :], "name sound"
    if way == "typo":
        return name[:at] + drawn.choice(GIVEN) + name[at + 1 :], "name typo"
    if way == "swapped" and len(name) > 2:
        return name[0] + name[2] + name[1], "name swapped"
    return name, "name same"


def _redialled(drawn: random.Random, phone: str) -> tuple[str, str]:
    way = drawn.choices(("same", "digit", "swapped", "other"), (0.2, 0.35, 0.15, 0.3))[0]
    at = drawn.randrange(3, 10)
    if way == "digit":
        return f"{phone[:at]}{(int(phone[at]) + drawn.randrange(1, 10)) % 10}{phone[at + 1 :]}", "phone digit"
    if way == "swapped":
        return f"{phone[:at]}{phone[at + 1]}{phone[at]}{phone[at + 2 :]}", "phone swapped"
    if way == "other":
        return f"13{drawn.randrange(10**9):09}", "phone other"
    return phone, "phone same"


def _measure(rows: int, truth: dict[tuple[int, int], str]) -> None:
    from django.db import connection

    from keguan.runtime.access.viewer import system_viewer
    from keguan.runtime.jobs.actions import run_now
    from keguan.runtime.records.actions import StartScan
    from keguan.runtime.records.models import Suspect

    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, phone, id_number, address FROM rec_customer ORDER BY id")
        while cursor.fetchmany(2_000):
            pass
    bare = time.perf_counter() - started
    started, worked = time.perf_counter(), time.process_time()
    run_now(StartScan(viewer=system_viewer(), record_type="customer", wake=False).run())
    took, worked = time.perf_counter() - started, time.process_time() - worked
    found = set(Suspect.objects.values_list("low_id", "high_id"))
    hits = found & truth.keys()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{connection.vendor}: {rows:,} customers, {len(truth):,} filed twice, {len(found):,} pairs shown")
    print(f"precision {len(hits) / max(len(found), 1):.1%}, recall {len(hits) / max(len(truth), 1):.1%}")
    print(f"{took:.1f} s ({rows / took:,.0f}/s), processor {worked:.1f} s; {memory:,.0f} MB, bare read {bare:.1f} s")
    limit = LIMIT * rows / 1_000_000
    print(f"limit {limit:.0f} s: {'held' if took <= limit else 'MISSED'}")
    every, missed = Counter(truth.values()), Counter(way for pair, way in truth.items() if pair not in hits)
    for part in range(3):
        by: Counter[str] = Counter()
        lost: Counter[str] = Counter()
        for way, count in every.items():
            by[way.split(", ")[part]] += count
            lost[way.split(", ")[part]] += missed[way]
        print(
            "  recall by " + ", ".join(f"{way} {1 - lost[way] / count:.0%} of {count:,}" for way, count in by.items())
        )


if __name__ == "__main__":
    main()
