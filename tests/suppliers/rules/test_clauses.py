"""What changed between two wordings, clause by clause."""

from __future__ import annotations

from suppliers.rules.clauses import ClauseChange, changed_clauses, clauses_of, differs


def kinds(old: str, new: str) -> list[tuple[str, str]]:
    return [(change.kind, text(change)) for change in changed_clauses(old, new) if differs(change)]


def text(change: ClauseChange) -> str:
    return "".join(piece.text for piece in change.new or change.old)


def test_clauses_are_lines_and_headings_begin_with_a_hash() -> None:
    found = clauses_of("# Rules\n\n 1. One  rule. \n#\n## 2. Two")
    assert [(one.text, one.is_heading) for one in found] == [
        ("Rules", True), ("1. One rule.", False), ("2. Two", True),
    ]  # fmt: skip


def test_moved_and_renumbered_clauses_are_the_same() -> None:
    old = "1. We keep records.\n2. We report accidents.\n3. 不使用童工。"
    assert kinds(old, "1. 不使用童工。\n2. We keep records.\n3. We report accidents.") == []
    assert kinds("第三条 按时付薪", "第四条 按时付薪") == []


def test_added_removed_and_changed() -> None:
    old = "1. We keep records for five years.\n2. We report accidents.\n3. We pay on time."
    new = "1. We keep records for ten years.\n2. Gifts are handed back.\n3. We pay on time."
    assert kinds(old, new) == [
        ("changed", "1. We keep records for ten years."),
        ("removed", "2. We report accidents."),
        ("added", "2. Gifts are handed back."),
    ]


def test_a_changed_clause_marks_its_words() -> None:
    change = changed_clauses(
        "1. 记录保存五年以上，并应要求提供。", "1. 记录保存十年以上，并应要求提供。"
    )[0]
    assert [piece.text for piece in change.old if piece.is_changed] == ["五"]
    assert [piece.text for piece in change.new if piece.is_changed] == ["十"]


def test_repeated_clauses_count() -> None:
    assert kinds("A same line.\nA same line.", "A same line.") == [("removed", "A same line.")]
    assert kinds("", "One.") == [("added", "One.")]


def test_removed_clauses_stand_where_they_stood() -> None:
    changes = changed_clauses("1. First.\n2. Gone with all words.\n3. Last.", "1. First.\n2. Last.")
    assert [(one.kind, text(one)) for one in changes] == [
        ("same", "1. First."), ("removed", "2. Gone with all words."), ("same", "2. Last."),
    ]  # fmt: skip
