"""The operations a role can be given (可办事项), by code with their Chinese and English names."""

from __future__ import annotations

OPERATIONS: dict[str, tuple[str, str]] = {
    "create": ("新建档案", "Create records"),
    "edit": ("修改档案", "Edit records"),
    "import": ("导入", "Import"),
    "export": ("导出", "Export"),
    "draft": ("起草制度", "Draft policies"),
    "review": ("审核制度", "Review policies"),
    "publish": ("发布制度", "Publish policies"),
    "calendar": ("维护日历", "Maintain the calendar"),
    "manage_cases": ("管理案件", "Manage cases"),
    "audit": ("查账本", "Read the ledger"),
    "manage_staff": ("管理人员", "Manage staff"),
    "manage_keys": ("管理密钥", "Manage keys"),
    "api_tokens": ("管理接口令牌", "Manage API tokens"),
    "grant_roles": ("授予角色", "Grant roles"),
    "offboard": ("办理离职", "Off-board staff"),
    "review_access": ("复核权限", "Review access"),
    "maintain": ("系统维护", "Maintain the system"),
    "merge": ("合并档案", "Merge records"),
    "bulk_edit": ("批量修改", "Edit in bulk"),
    "hand_over": ("移交客户", "Hand over customers"),
    "dispose": ("处置到期档案", "Dispose of records that are due"),
    "hold": ("封存", "Hold records"),
    "allocate": ("分配档案", "Share out records"),
}
