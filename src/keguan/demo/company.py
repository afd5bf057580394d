"""The invented developer 云岭置地 and its estates' service company: who works where, in which posts."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "keguan-demo"  # noqa: S105 - of invented people, printed for everyone
COMPANY = "云岭置地"
HEAD_OFFICE = "总部"
BRANCHES = ("江南分公司", "滨海分公司", "西山分公司")
ESTATES_OFFICE = "云岭物业"
ESTATES = ("江南里项目部", "滨海湾项目部")

PACKS = ("core", "property-developer", "complaints", "property-management", "protection", "yunling")
"""The packs that the company lives by: its own (yunling) stands on the bundled ones."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works there: sign-in name, name, office, and the roles of the policy (their codes), main first."""

    username: str
    name: str
    office: str
    roles: tuple[str, ...]

    @property
    def role(self) -> str:
        """The main post."""
        return self.roles[0]


STAFF: tuple[Person, ...] = (
    Person("guanli", "管理", "总部", ("system_administrator",)),
    Person("anquan", "安全", "总部", ("security_administrator",)),
    Person("heshen", "何审", "总部", ("auditor",)),
    Person("zhoumin", "周敏", "总部", ("service_manager", "care_supervisor")),
    Person("xuke", "许可", "总部", ("service_specialist", "care_clerk")),
    Person("suwan", "苏婉", "总部", ("service_specialist", "care_clerk")),
    Person("zhengyuan", "郑远", "总部", ("marketing_director", "care_director")),
    Person("yeqing", "叶青", "总部", ("planning_contact",)),
    Person("songyi", "宋宜", "总部", ("privacy_officer",)),
    Person("lujing", "卢静", "总部", ("archivist",)),
    Person("chengu", "陈固", "总部", ("security_officer",)),
    Person("mayue", "马越", "总部", ("network_administrator",)),
    Person("shenli", "沈立", "江南分公司", ("sales_manager",)),
    Person("zhaoqi", "赵启", "江南分公司", ("sales_supervisor",)),
    Person("linxiao", "林晓", "江南分公司", ("salesperson",)),
    Person("wuyue", "吴越", "江南分公司", ("salesperson",)),
    Person("tangning", "唐宁", "江南分公司", ("salesperson",)),
    Person("luohai", "罗海", "滨海分公司", ("sales_manager",)),
    Person("hansong", "韩松", "滨海分公司", ("sales_supervisor",)),
    Person("fangming", "方明", "滨海分公司", ("salesperson",)),
    Person("zengnan", "曾楠", "滨海分公司", ("salesperson",)),
    Person("weiran", "魏然", "西山分公司", ("sales_manager",)),
    Person("dengyan", "邓岩", "西山分公司", ("sales_supervisor", "planning_contact")),
    Person("shanlin", "单琳", "西山分公司", ("salesperson",)),
    Person("xiezhou", "谢舟", "西山分公司", ("salesperson",)),
    Person("guquan", "顾全", "云岭物业", ("area_manager",)),
    Person("hening", "何宁", "云岭物业", ("desk_head",)),
    Person("qinlan", "秦岚", "云岭物业", ("front_desk",)),
    Person("pengyue", "彭越", "江南里项目部", ("site_manager",)),
    Person("dingyi", "丁一", "江南里项目部", ("on_duty",)),
    Person("jiangfan", "江帆", "滨海湾项目部", ("site_manager",)),
    Person("shilei", "石磊", "滨海湾项目部", ("on_duty",)),
)

LATER_POSTS = {
    "privacy_officer": ("个人信息保护负责人", "Personal information protection officer"),
    "archivist": ("档案管理员", "Archivist"),
    "security_officer": ("信息安全员", "Information-security officer"),
    "network_administrator": ("网络管理员", "Network administrator"),
    "area_manager": ("区域经理", "Area manager"),
    "desk_head": ("客服主管", "Head of service"),
    "front_desk": ("客服前台", "Front desk"),
    "site_manager": ("项目经理", "Site manager"),
    "on_duty": ("值班人员", "Person on duty"),
}
"""What the posts are called, in Chinese and English, whose packs come when the pages already run."""

HEADS = {
    COMPANY: "zhengyuan",
    HEAD_OFFICE: "zhoumin",
    "江南分公司": "shenli",
    "滨海分公司": "luohai",
    "西山分公司": "weiran",
    ESTATES_OFFICE: "guquan",
    "江南里项目部": "pengyue",
    "滨海湾项目部": "jiangfan",
}
"""Who heads which office."""

IMPORTER = "xuke"
"""Who brings the workbook in: a customer-service specialist, who may import and sees every customer."""

SALESPEOPLE = tuple(person for person in STAFF if person.role == "salesperson")
