"""Scenarios that cannot come true. ``python -m tests.rehearsal.wrong`` writes what is told of them; read the diff."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.rehearsal.acted import told_by, written

TOLD = Path(__file__).parent / "told"
"""What ``keguan test`` tells of them, in Chinese and in English."""

BEGIN = """编号: X-1
日期: 2026-03-02 09:00
人员:
  - 周敏: 客服专员
  - 林晓: 客户经理
已有:
  - 客户: {名称: 东篱建材, 手机: "13900000001", 负责人: 林晓}
  - 投诉: {事由: 空调不制冷, 客户: 东篱建材}
"""
START = """  - 发起: 客户投诉
    由: 周敏
    档案: {投诉: 空调不制冷}
    填写: {渠道: 电话}
"""
WRONG = {
    "状态、时限和办理人": f"""当:
{START}应为:
  - 案件: 客户投诉
    状态: 归档
    步骤: [回访]
    到期: 2026-03-10 09:00
    可办: {{核实: [周敏]}}
    表单: {{渠道: 柜台}}
""",
    "不该办成的办成了": """当:
  - 发起: 客户投诉
    由: 周敏
    档案: {投诉: 空调不制冷}
    填写: {渠道: 电话}
    拒绝: 不行
应为:
  - 案件数: {客户投诉: 0}
""",
    "不该拒绝的拒绝了": """当:
  - 发起: 客户投诉
    由: 林晓
    档案: {投诉: 空调不制冷}
    填写: {渠道: 电话}
应为:
  - 案件数: {客户投诉: 1}
""",
    "说的不是这句话": """当:
  - 发起: 客户投诉
    由: 周敏
    档案: {投诉: 空调不制冷}
    拒绝: 没有这个流程
应为:
  - 案件数: {客户投诉: 0}
""",
    "没有停在那一步": f"""当:
{START}  - 办理: 回访
    由: 周敏
    结论: 满意
应为:
  - 案件数: {{客户投诉: 1}}
""",
    "待办和通知": f"""当:
{START}应为:
  - 待办: 林晓
    恰为: [{{事项: 核实, 逾期: 是}}]
  - 通知: 周敏
    包括: [满意]
  - 待办数: {{核对新档案: 2}}
""",
    "看得见什么": """应为:
  - 可见: {由: 周敏, 档案: {客户: 东篱建材}, 字段: 手机, 为: 原文}
  - 名单: 客户
    由: 周敏
    恰为: []
  - 账本: {动作: records.reveal, 由: 周敏}
  - 奖惩: {对: 周敏, 措施: 罚款}
""",
    "时间不往回走": """当:
  - 到: 2026-03-01 09:00
应为:
  - 案件数: {客户投诉: 0}
""",
    "负责人不在": """当:
  - 客户: {名称: 西山茶行, 手机: "13900000002", 负责人: 许可}
    由: 周敏
应为:
  - 记录数: {客户: 1}
""",
}


def scenarios() -> str:
    """All of them, as a scenario file."""
    return "\n".join(f":::场景 {name}\n{BEGIN}{rest}:::\n" for name, rest in WRONG.items())


def main() -> None:
    """Write what is told of them now."""
    with TemporaryDirectory() as folder:
        pack = written(Path(folder), scenarios())
        for language in ("zh", "en"):
            (TOLD / f"{language}.txt").write_text(told_by(pack, language=language)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
