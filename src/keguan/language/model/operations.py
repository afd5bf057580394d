"""The operations a role can be given (可办事项), by code with their Chinese and English names."""

from __future__ import annotations

OPERATIONS: dict[str, tuple[str, str]] = {
    "create": ("新建档案", "Create records"),
    "edit": ("修改档案", "Edit records"),
    "import": ("导入", "Import"),
    "draft": ("起草制度", "Draft policies"),
    "review": ("审核制度", "Review policies"),
    "publish": ("发布制度", "Publish policies"),
    "calendar": ("维护日历", "Maintain the calendar"),
    "manage_cases": ("管理案件", "Manage cases"),
    "audit": ("查账本", "Read the ledger"),
    "manage_staff": ("管理人员", "Manage staff"),
    "api_tokens": ("管理接口令牌", "Manage API tokens"),
}
