"""K2xxx: the document itself — front matter, clauses, fences, header lines, table shape."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

FRONT_MISSING = Entry(
    "K2001",
    _ERROR,
    "文件开头没有制度信息。",
    "The file does not begin with the policy's particulars.",
    "在第一行写 ---，接着写 id、title、version、effective，再以 --- 结束。",
    "Begin with ---, then id, title, version and effective, then --- again.",
)
FRONT_UNREADABLE = Entry(
    "K2002",
    _ERROR,
    "开头的制度信息读不懂。",
    "The policy's particulars cannot be read.",
    "每行写成“名称: 值”，冒号后空一格，不要用 Tab 键缩进。",
    "Write each line as “key: value”, with a space after the colon and no tabs.",
)
FRONT_KEY_MISSING = Entry(
    "K2003",
    _ERROR,
    "制度信息缺少 {key}。",
    "The policy's particulars lack {key}.",
    "补一行“{key}: …”。",
    "Add a line “{key}: …”.",
)
FRONT_VALUE = Entry(
    "K2004",
    _ERROR,
    "{key} 的值“{value}”写法不对。",
    "The value “{value}” of {key} is not well written.",
    "应写成{expected}。",
    "Write it like {expected}.",
)
FRONT_KEY_UNKNOWN = Entry(
    "K2005",
    _WARNING,
    "制度信息里不认识“{key}”。",
    "“{key}” is not one of the policy's particulars.",
    "可写的有：{known}。",
    "Known are: {known}.",
)
BLOCK_UNKNOWN = Entry(
    "K2006",
    _ERROR,
    "没有“{kind}”这种声明。",
    "There is no kind of block “{kind}”.",
    "{suggestion}",
    "{suggestion_en}",
)
BLOCK_UNCLOSED = Entry(
    "K2007",
    _ERROR,
    "声明“{label}”没有结束。",
    "The block “{label}” is not closed.",
    "在表格之后单独写一行 :::。",
    "Write a line with ::: alone after the table.",
)
BLOCK_HEADLINE = Entry(
    "K2008",
    _ERROR,
    "声明的首行写法不对。",
    "The first line of the block is not well written.",
    "写成“:::档案 客户 (customer)”：种类、名称、括号里的代码。",
    "Write “:::record Customer (customer)”: kind, name, code in brackets.",
)
BLOCK_OUTSIDE_CLAUSE = Entry(
    "K2009",
    _ERROR,
    "声明“{label}”不在任何一条之内。",
    "The block “{label}” stands outside every clause.",
    "把它移到“### 第…条 …”标题之下。",
    "Move it under a heading such as “### 第一条 …” (Article 1).",
)
HEADER_LINE = Entry(
    "K2010",
    _ERROR,
    "这一行读不懂。",
    "This line cannot be read.",
    "表格之前的每一行写成“名称: 值”。",
    "Write each line before the table as “key: value”.",
)
HEADER_UNKNOWN = Entry(
    "K2011",
    _ERROR,
    "{kind}声明里没有“{key}”这一项。",
    "A {kind_en} block has no line “{key}”.",
    "{suggestion}",
    "{suggestion_en}",
)
HEADER_MISSING = Entry(
    "K2012",
    _ERROR,
    "{kind}声明缺少“{key}”一行。",
    "The {kind_en} block lacks the line “{key_en}” ({key}).",
    "在首行之下补写“{key}: …”。",
    "Add “{key_en}: …” below its first line.",
)
HEADER_VALUE = Entry(
    "K2013",
    _ERROR,
    "“{key}”的值“{value}”不认识。",
    "The value “{value}” of “{key}” is not known.",
    "可写：{allowed}。",
    "Write one of: {allowed_en}.",
)
TABLE_MISSING = Entry(
    "K2014",
    _ERROR,
    "声明“{label}”里没有表格。",
    "The block “{label}” has no table.",
    "首行和各项之后空一行，再写表格：标题行、|---| 行和至少一行内容。",
    "After the lines at the top leave one blank and write a table: headings, a |---| line and at least one row.",
)
TABLE_TEXT = Entry(
    "K2015",
    _ERROR,
    "声明里有表格以外的文字。",
    "The block holds text outside its table.",
    "说明文字移到 ::: 之外；一个声明只写一张表。",
    "Move prose outside the ::: fences; a block has one table.",
)
COLUMN_UNKNOWN = Entry(
    "K2016",
    _ERROR,
    "{kind}表没有“{column}”这一列。",
    "A {kind_en} table has no column “{column}”.",
    "{suggestion}",
    "{suggestion_en}",
)
COLUMN_MISSING = Entry(
    "K2017",
    _ERROR,
    "{kind}表缺少“{column}”一列。",
    "The {kind_en} table lacks the column “{column_en}” ({column}).",
    "在标题行补上“{column}”。",
    "Add “{column_en}” to the headings.",
)
COLUMN_TWICE = Entry(
    "K2018",
    _ERROR,
    "“{column}”一列写了两次。",
    "The column “{column}” is written twice.",
    "删去或改名其中一列。",
    "Remove or rename one of the two.",
)
ROW_CELLS = Entry(
    "K2019",
    _ERROR,
    "这一行有{cells}格，标题行有{columns}格。",
    "This row has {cells} cells, the headings have {columns}.",
    "补上或去掉“|”，使每行格数与标题行相同。",
    "Add or remove “|” so that every row has as many cells as the headings.",
)
CELL_EMPTY = Entry(
    "K2020",
    _ERROR,
    "“{column}”一格不能空着。",
    "The cell “{column_en}” must not be empty.",
    "填写此格；判定表里不限的条件或没有的结果写“-”。",
    "Fill in the cell; in a decision table write “-” for any condition or no result.",
)
CLAUSE_TWICE = Entry(
    "K2021",
    _ERROR,
    "{number}写了两次。",
    "{number} is written twice.",
    "条号在一个制度里不得重复（另一处在{other}）。",
    "Clause numbers must not repeat within a policy (the other is at {other}).",
)
ANCHOR_TWICE = Entry(
    "K2022",
    _ERROR,
    "锚点“{anchor}”写了两次。",
    "The anchor “{anchor}” is written twice.",
    "改用另一个锚点（另一处在{other}）。",
    "Choose another anchor (the other is at {other}).",
)
ANCHOR_FORM = Entry(
    "K2023",
    _ERROR,
    "锚点“{anchor}”写法不对。",
    "The anchor “{anchor}” is not well written.",
    "只用小写英文字母、数字和连字符，如 {{#grade}}。",
    "Use lower-case letters, digits and hyphens, e.g. {{#grade}}.",
)
PACK_EMPTY = Entry(
    "K2024",
    _ERROR,
    "制度包“{pack}”里没有制度文件。",
    "The pack “{pack}” has no policy file.",
    "在制度包的文件夹里放一个 policy.md。",
    "Put a policy.md into the pack's folder.",
)
USES_UNKNOWN = Entry(
    "K2025",
    _ERROR,
    "没有找到所用的制度包“{pack}”。",
    "The pack “{pack}” that is used here was not found.",
    "先安装该制度包，或从 uses 中去掉。",
    "Install that pack first, or remove it from uses.",
)
USES_CYCLE = Entry(
    "K2026",
    _ERROR,
    "制度包互相引用：{path}。",
    "The packs use each other in a ring: {path}.",
    "去掉其中一个 uses。",
    "Remove one of the uses.",
)
STRAY_FENCE = Entry(
    "K2027",
    _ERROR,
    "多出一行 :::。",
    "A ::: line that closes nothing.",
    "删去这一行，或在上方补上声明的首行。",
    "Remove this line, or write the block's first line above it.",
)
HEADER_TWICE = Entry(
    "K2028",
    _ERROR,
    "“{key}”写了两次。",
    "“{key}” is written twice.",
    "只留一行。",
    "Keep one of the lines.",
)
SCENARIO_PLACE = Entry(
    "K2029",
    _ERROR,
    "场景不写在制度正文里。",
    "Scenarios are not written in the policy itself.",
    "移到制度包的 scenarios 文件夹。",
    "Move it to the pack's scenarios folder.",
)
PACK_TWICE = Entry(
    "K2030",
    _ERROR,
    "制度包“{pack}”给了两次。",
    "The pack “{pack}” is given twice.",
    "每个制度包只放一份；id 不得相同。",
    "Give every pack once; ids must differ.",
)
