"""What a new version may not do to what is kept (K6001–K6099). Found at publishing, when there is data to look at."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

RECORD_TYPE_REMOVED = Entry(
    "K6001",
    Severity.ERROR,
    "新版去掉了档案“{label}”，但系统里还存有这种档案。",
    "The new version drops the record type “{label}”, but records of it are kept.",
    "保留这个档案声明；不再使用时，把它的菜单设为“否”，档案按保存规定销毁之后再去掉。",
    "Keep the declaration; to retire it, set its menu entry to no, and drop it once its records are destroyed.",
)
FIELD_REMOVED = Entry(
    "K6002",
    Severity.ERROR,
    "新版去掉了“{record_type}”的字段“{label}”，但已有档案填写了它。",
    "The new version drops the field “{label}” of “{record_type}”, but records have values in it.",
    "保留这个字段，可以不再必填、不再列出；要改名，只改名称，不改代码 {code}。",
    "Keep the field; it need not be required or listed. To rename it, change its label and keep its code {code}.",
)
KIND_CHANGED = Entry(
    "K6003",
    Severity.ERROR,
    "“{record_type}”的字段“{label}”在第{version}版里是另一种类型，已存的内容不能照新类型来读。",
    "The field “{label}” of “{record_type}” had another type in version {version}; what is kept cannot be read as "
    "the new one.",
    "保留原来的类型，另用一个新的代码增加字段。",
    "Keep the old type and add a field with a new code.",
)
SECRECY_CHANGED = Entry(
    "K6004",
    Severity.ERROR,
    "“{record_type}”的字段“{label}”改变了密级，已存的内容不会自动加密或解密。",
    "The field “{label}” of “{record_type}” changes its secrecy; what is kept is not encrypted or decrypted by itself.",
    "保留原来的密级，另用一个新的代码增加字段，再把内容转录过去。",
    "Keep the old secrecy, add a field with a new code, and move the contents there.",
)
COMPUTED_KIND_CHANGED = Entry(
    "K6005",
    Severity.ERROR,
    "“{record_type}”的“{label}”（{code}）在第{version}版里是另一种类型，同一列不能换类型。",
    "“{label}” ({code}) of “{record_type}” had another type in version {version}; one column cannot change its type.",
    "给它换一个新的代码。",
    "Give it a new code.",
)
DECISION_CHANGED = Entry(
    "K6006",
    Severity.ERROR,
    "判定“{label}”（{code}）在第{version}版里对象不同，或者命中方式在“累加”与其他方式之间换过，旧的判定记录会读不懂。",
    "The decision “{label}” ({code}) had another record type in version {version}, or changed between collecting and "
    "another hit policy; its history could not be read.",
    "给这项判定和它的结果列换上新的代码。",
    "Give the decision and its outcome columns new codes.",
)
