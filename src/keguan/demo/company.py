"""The invented developer 云岭置地: four offices, twenty people, every post of the policy taken."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "keguan-demo"  # noqa: S105 - of invented people, printed for everyone
COMPANY = "云岭置地"
HEAD_OFFICE = "总部"
BRANCHES = ("江南分公司", "滨海分公司", "西山分公司")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works there: sign-in name, name, office, and the role of the policy (its code)."""

    username: str
    name: str
    office: str
    role: str


STAFF: tuple[Person, ...] = (
    Person("guanli", "管理", "总部", "system_administrator"),
    Person("heshen", "何审", "总部", "auditor"),
    Person("zhoumin", "周敏", "总部", "service_manager"),
    Person("xuke", "许可", "总部", "service_specialist"),
    Person("suwan", "苏婉", "总部", "service_specialist"),
    Person("zhengyuan", "郑远", "总部", "marketing_director"),
    Person("yeqing", "叶青", "总部", "planning_contact"),
    Person("shenli", "沈立", "江南分公司", "sales_manager"),
    Person("zhaoqi", "赵启", "江南分公司", "sales_supervisor"),
    Person("linxiao", "林晓", "江南分公司", "salesperson"),
    Person("wuyue", "吴越", "江南分公司", "salesperson"),
    Person("tangning", "唐宁", "江南分公司", "salesperson"),
    Person("luohai", "罗海", "滨海分公司", "sales_manager"),
    Person("hansong", "韩松", "滨海分公司", "sales_supervisor"),
    Person("fangming", "方明", "滨海分公司", "salesperson"),
    Person("zengnan", "曾楠", "滨海分公司", "salesperson"),
    Person("weiran", "魏然", "西山分公司", "sales_manager"),
    Person("dengyan", "邓岩", "西山分公司", "sales_supervisor"),
    Person("shanlin", "单琳", "西山分公司", "salesperson"),
    Person("xiezhou", "谢舟", "西山分公司", "salesperson"),
)

IMPORTER = "xuke"
"""Who brings the workbook in: a customer-service specialist, who may import and sees every customer."""

SALESPEOPLE = tuple(person for person in STAFF if person.role == "salesperson")
