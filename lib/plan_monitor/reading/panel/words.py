"""What the panel says, in the reader's language."""

from plan_monitor.reading.confirm.columns import SHOWN
from plan_monitor.reading.panel.fields import EDITABLE
from plan_monitor.reading.rows import ROLES
from plan_monitor.settle.labels import LABELS
from reportkit.language import chosen, tr

# as a workbook calls them, which does not show the sign apart
_NAMES = {name: pair[:2] for name, pair in SHOWN.items()} | {"value_signed": ("带正负号", "Signed")}
_SOURCES = {
    "text": ("正文", "the text"),
    "composed": ("上下文", "the context"),
    "catalogue": ("指标目录", "the catalogue"),
    "alike": ("目录中相近的名称", "a like name of the catalogue"),
    "row": ("表的行", "the table's row"),
    "heading": ("标题或表头", "a heading"),
    "cell": ("单元格", "the cell"),
    "above": ("表上方的文字", "the lines above the table"),
    "group": ("相邻各行", "the rows around"),
    "list": ("并列的数字", "figures listed with it"),
    "guess": ("猜测", "a guess"),
    "sentence": ("句中的时间", "the sentence"),
    "paragraph": ("段首的时间", "the paragraph"),
    "document": ("整个文件", "the document"),
    "plan": ("规划期", "the plan's years"),
    "clause": ("分句中的地名", "the clause"),
    "time": ("时间", "its time"),
    "words": ("用词", "its words"),
    "person": ("人工填写", "you"),
}
_TEXTS = {
    "title": ("确认读出的数字", "Confirm the figures that were read"),
    "document": ("原文", "The document"),
    "draft": ("读出的内容", "What was read"),
    "progress": (
        "已定 {0} / {1}，有把握而未定的 {2}，稍后 {3}",
        "{0} of {1} decided, {2} certain ones left, {3} for later",
    ),
    "finished": ("全部已定", "All are decided"),
    "place": ("第 {0} / {1} 个", "{0} of {1}"),
    "none": ("没有符合条件的数字", "No figure is of that kind"),
    "accept": ("采纳全部有把握的（{0}）", "Accept all certain ({0})"),
    "sure": (
        "有 {0} 个数字没有要看的栏，也还没有逐个看过。一并采纳？可以撤销。",
        "{0} figures have no field to look at; nobody saw them one by one. Accept them? It can be undone.",
    ),
    "accept_yes": ("一并采纳", "Accept them"),
    "accept_no": ("不", "No"),
    "yes": ("是", "Yes"),
    "no": ("否", "No"),
    "later": ("稍后", "Later"),
    "clear": ("改回未定", "Clear"),
    "undo": ("撤销", "Undo"),
    "next": ("下一个", "Next"),
    "previous": ("上一个", "Previous"),
    "edit": ("修改", "Edit"),
    "help": ("按键", "Keys"),
    "hint": ("点一下这里，就可以用键盘", "Click here to use the keys"),
    "undecided": ("未定", "undecided"),
    "state": ("决定", "Decision"),
    "look": _NAMES["look"],
    "role": _NAMES["role"],
    "order": ("顺序", "Order"),
    "all": ("全部", "all"),
    "any": ("任何一栏", "any field"),
    "certain": ("没有要看的", "nothing"),
    "by_place": ("按位置", "by place"),
    "by_look": ("要看的在前", "what needs a look first"),
    "needs_look": ("要看", "look"),
    "from": ("据{0}", "from {0}"),
    "clash": ("与同一事物的另一个数字不同", "another figure of the same thing differs"),
    "before": ("以前定的是 {0}", "decided before: {0}"),
    "new": ("目录中没有，作为新指标", "not in the catalogue: a new one"),
    "drafted": ("文中作“{0}”", "the text says “{0}”"),
    "nearest": ("相近的指标", "Indicators alike"),
    "saved": ("已存入 {0}", "saved in {0}"),
    "unsaved": ("还没有决定；第一个决定会存入 {0}", "nothing decided yet; decisions go to {0}"),
    "waiting": (
        "内核没有回应，这一步可能没有保存；此前的都已保存。内核若已停，请重新运行这一格",
        "the kernel does not answer: this may not be saved, all before is; if it ended, run the cell again",
    ),
    "earlier": ("前面还有", "more before"),
    "further": ("后面还有", "more behind"),
}
_KEYS = (
    ("y", "是，采纳这个数字", "yes, accept this figure"),
    ("n", "否，不要这个数字", "no, leave this figure"),
    ("l", "稍后再定", "later"),
    ("x", "改回未定", "back to undecided"),
    ("j ↓ →", "下一个", "next"),
    ("k ↑ ←", "上一个", "previous"),
    ("1 2 3", "选用相近的指标", "take one of the indicators alike"),
    ("e", "修改（先到要看的一栏）", "edit, first what needs a look"),
    ("Enter", "写入这一栏，回到按键", "keep what is written, back to the keys"),
    ("Esc", "放弃这一栏的修改，回到按键", "drop what is written, back to the keys"),
    ("u", "撤销上一步", "undo"),
    ("?", "显示或收起这张表", "show or hide this list"),
)


def all_() -> dict:
    """Everything that the panel writes by itself."""
    return {
        "texts": {name: chosen(text) for name, text in _TEXTS.items()},
        "fields": {name: chosen(_NAMES[name]) for name in EDITABLE},
        "sources": {name: chosen(text) for name, text in _SOURCES.items()},
        "roles": {role: chosen(LABELS["role"][role]) for role in ROLES},
        "keys": [[keys, tr(zh, en)] for keys, zh, en in _KEYS],
    }


def damaged() -> str:
    return tr("文件被改坏了，未保存：", "the file was damaged by somebody else; nothing was saved: ")


def not_saved(error: OSError) -> str:
    return tr(f"未保存：{error}", f"not saved: {error}")


def disputed() -> str:
    return tr(
        "别人刚改过这个数字，你的操作没有生效；现在显示的是对方的内容",
        "somebody else has just changed this figure; yours was not done, and theirs is shown",
    )


def changed_by_others(count: int) -> str:
    return tr(
        f"别人也在改这个文件：取来了对方改过的 {count} 个数字",
        f"somebody else works on this file: {count} of their changes were taken over",
    )


def other_count(count: int) -> str:
    return tr(f"有把握的现在是 {count} 个，未作处理", f"{count} are certain now; nothing was done")


def accepted(count: int) -> str:
    return tr(f"采纳了 {count} 个数字", f"accepted: {count}")


def nothing_to_undo() -> str:
    return tr("没有可撤销的", "nothing to undo")
