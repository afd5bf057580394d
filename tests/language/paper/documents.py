"""Invented policies on paper: a Word file as an office writes it, and a text file as a scanner leaves it."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

SCANNED = """青禾物业客户服务管理规定

目  录
第一章 总则………………………1
第二章 投诉………………………2

青禾物业有限公司内部资料
第一章 总则
第一条 【目的】为使业主的每一件事都有人办、有回音，制定本规定。
第二条 适用范围
本规定适用于公司管理的各小区。
- 1 -
青禾物业有限公司内部资料
第二章 投诉
本章所称投诉，包括口头和书面投诉。
第三条 客服中心接到投诉后应当在24小时内回复业主，并做到：
（一）逐件登记；
（二）一次告知。
投诉类别\t办结时限\t责任岗位
维修\t3天\t工程主管
收费\t5天\t财务主管
* 特殊情况除外。
第 2 页 共 2 页
青禾物业有限公司内部资料
第四条 登记簿保存三年，到期由两人共同销毁。
附件一 投诉登记簿
自2026年3月1日起施行。
"""


def word() -> bytes:
    """A Word file whose chapters and articles Word numbers itself, with a table of merged cells and a page footer."""
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_heading("远帆商贸赊销管理办法", 0)
    chapters = _numbering(document, 41, "第%1章", "chineseCountingThousand")
    articles = _numbering(document, 42, "第%1条", "chineseCountingThousand")
    items = _numbering(document, 43, "（%1）", "chineseCounting")
    for text, number in (
        ("总则", chapters),
        ("为控制赊销风险，制定本办法。", articles),
        ("职责", chapters),
        ("信用评定分为A、B、C三级，由财务部审批。", articles),
        ("市场部提出；", items),
        ("财务部评估。", items),
    ):
        _numbered(document.add_paragraph(text), number)
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows, [("等级", "额度", ""), ("A", "50万", "60天"), ("B|乙", "20万", "30天")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    _numbered(document.add_paragraph("赊销余额不得超过额度的120%。"), articles)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _numbering(document: docx.document.Document, number: int, text: str, form: str) -> int:
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(number))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    root.insert(0, abstract)
    instance = OxmlElement("w:num")
    instance.set(qn("w:numId"), str(number))
    target = OxmlElement("w:abstractNumId")
    target.set(qn("w:val"), str(number))
    instance.append(target)
    root.append(instance)
    return number


def _numbered(paragraph: docx.text.paragraph.Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
