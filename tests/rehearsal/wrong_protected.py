"""Scenarios about protected information that cannot come true. ``python -m tests.rehearsal.wrong_protected`` writes
what is told of them; read the diff.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.rehearsal.acted import told_by, written
from tests.rehearsal.wrong import TOLD

PROTECTED = Path(__file__).parent / "packs" / "protected"

BEGIN = """编号: X-2
日期: 2026-03-02 09:00
人员:
  - 江平: 教练
  - 许可: 店长
已有:
  - 会员: {姓名: 苏禾, 卡种: 年卡, 手机: "13900000001", 负责人: 江平}
"""
WRONG = {
    "原文不是这个": """当:
  - 查看原文: {会员: 苏禾}
    由: 江平
    字段: 手机
    理由: 约上课时间
    得到: "13900000009"
应为:
  - 记录数: {会员: 1}
""",
    "不该看到的看到了": """当:
  - 查看: {会员: 苏禾}
    由: 江平
    拒绝: 不行
应为:
  - 记录数: {会员: 1}
""",
    "没有申请过": """当:
  - 导出: 会员
    由: 许可
    凭准予: 是
应为:
  - 记录数: {会员: 1}
""",
    "纸上不是这样": """当:
  - 打印: {会员: 苏禾}
    由: 许可
    得到: {手机: "13900000001"}
应为:
  - 记录数: {会员: 1}
""",
    "权限和分类不是这样": """应为:
  - 权限: 江平
    字段: {会员: 手机}
    看: 是
    导出: 审批
    可办事项: {修改档案: 否, 新建档案: 是}
  - 字段: {会员: 等级}
    信息类别: 身份
    级别: L1
    来源: [年消费]
  - 信息类别: 联系
    责任部门: 财务部
    密级: 一般
  - 待移交: 江平
    档案: 会员
    恰为: []
  - 文件: 会员卡
    包括: [苏禾]
""",
    "没有到期的": """当:
  - 送审处置: 会员
    由: 许可
    意见: 退会满一年
应为:
  - 记录数: {会员: 1}
""",
    "写错了": """当:
  - 导出: 会员
    由: 许可
    栏目: [爱好]
应为:
  - 记录数: {会员: 1}
""",
    "缺了一项": """当:
  - 查看原文: {会员: 苏禾}
    由: 江平
应为:
  - 权限: 江平
    看: 是
""",
}


def scenarios() -> str:
    """All of them, as a scenario file."""
    return "\n".join(f":::场景 {name}\n{BEGIN}{rest}:::\n" for name, rest in WRONG.items())


def main() -> None:
    """Write what is told of them now."""
    with TemporaryDirectory() as folder:
        pack = written(Path(folder), scenarios(), PROTECTED)
        for language in ("zh", "en"):
            told = told_by(pack, language=language)[1]
            (TOLD / f"protected.{language}.txt").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
