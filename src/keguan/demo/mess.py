"""The ways in which people type the same value into a spreadsheet. All of them must be understood."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

Cell = str | int | float | date | None

_FULL_WIDTH = str.maketrans("0123456789Xx-¥,.", "０１２３４５６７８９Ｘｘ－￥，．")


def full_width(text: str) -> str:
    """The same digits as a Chinese keyboard types them."""
    return text.translate(_FULL_WIDTH)


def messy_phone(random: Random, phone: str) -> Cell:
    """A mobile number: plain, as a number (which Excel shows as 1.39E+10), spaced, dashed, +86, full-width."""
    return _one_of(
        random,
        (52, phone),
        (22, int(phone)),
        (8, f"{phone[:3]} {phone[3:7]} {phone[7:]}"),
        (6, f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"),
        (4, f"+86{phone}"),
        (4, full_width(phone)),
        (4, f" {phone} "),
    )


def messy_id(random: Random, number: str) -> Cell:
    """An ID number: plain, lower-case x, full-width, grouped, padded. Never as a number: that loses digits."""
    return _one_of(
        random,
        (80, number),
        (7, number.lower()),
        (5, full_width(number)),
        (4, f"{number[:6]} {number[6:14]} {number[14:]}"),
        (4, f"{number} "),
    )


def messy_date(random: Random, day: date) -> Cell:
    """A date: a real Excel date, or text in one of six habits."""
    return _one_of(
        random,
        (55, day),
        (15, day.isoformat()),
        (10, f"{day.year}/{day.month}/{day.day}"),
        (8, f"{day.year}年{day.month}月{day.day}日"),
        (6, f"{day.year}.{day.month}.{day.day}"),
        (3, f"{day:%Y%m%d}"),
        (3, full_width(day.isoformat())),
    )


def _one_of(random: Random, *ways: tuple[int, Cell]) -> Cell:
    """One of the spellings; the weights add up to 100."""
    roll = random.random() * 100
    for weight, cell in ways:
        roll -= weight
        if roll < 0:
            return cell
    return ways[0][1]


def messy_money(random: Random, yuan: int) -> Cell:
    """An amount: a number, with separators, with ¥, in 万, full-width."""
    roll = random.random()
    if roll < 0.7:
        return yuan
    if roll < 0.82:
        return f"{yuan:,}"
    if roll < 0.9:
        return f"¥{yuan:,}.00"
    if roll < 0.96 and yuan % 100 == 0:
        return f"{yuan / 10_000:.2f}万".replace(".00万", "万")
    return full_width(str(yuan))


def messy_name(random: Random, name: str) -> str:
    """A name, now and then with blanks around it."""
    roll = random.random()
    if roll < 0.94:
        return name
    return f" {name}" if roll < 0.97 else f"{name}　"
