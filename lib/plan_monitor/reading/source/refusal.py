"""A document that cannot be read, and why, in both languages."""

from plan_monitor.grid.sheet import Unreadable

__all__ = ["Unreadable", "damaged", "kind", "locked", "too_large"]


def kind(zh: str, en: str) -> Unreadable:
    """A file of a kind that is not read."""
    return Unreadable(
        f"应为 txt、md、html、docx、pdf、xlsx、ods 或 csv 文件；这是{zh}",
        f"expected a file in txt, md, html, docx, pdf, xlsx, ods or csv; this is {en}",
    )


def damaged(name: str) -> Unreadable:
    """A file of a known kind that is broken."""
    return Unreadable(
        f"应为完整的 {name} 文件；文件已损坏或不完整",
        f"expected a whole {name} file; it is damaged or incomplete",
    )


def locked(name: str) -> Unreadable:
    """A file that only a password opens."""
    return Unreadable(
        f"应为没有密码的 {name} 文件；请去掉密码后另存",
        f"expected a {name} file without a password; save it without one",
    )


def too_large(limit: int, what: tuple[str, str] = ("文件", "the file")) -> Unreadable:
    """A file above a bound in bytes, or one whose content is."""
    million = limit // 1_000_000
    return Unreadable(
        f"{what[0]}应不超过 {million} MB；请拆分，或去掉其中的图片",
        f"expected {what[1]} of at most {million} MB; split it, or take its pictures out",
    )
