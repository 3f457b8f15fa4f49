"""Labels: words that do not fit are cut with an ellipsis and said in full where the pointer rests."""

from app.ui.widgets.labels import muted


def shown(label, width):
    label.resize(width, 20)
    label.show()
    label.grab()
    return label.toolTip()


def test_what_is_cut_is_said_in_full_at_the_pointer(qtbot):
    label = muted("中心静脉导管包导丝涂层脱落", elide=True)
    qtbot.addWidget(label)

    assert shown(label, 60) == "中心静脉导管包导丝涂层脱落"
    assert shown(label, 600) == ""


def test_what_a_page_says_at_the_pointer_stays(qtbot):
    label = muted("中心静脉导管包导丝涂层脱落", elide=True)
    qtbot.addWidget(label)
    label.setToolTip("RC-2026-0001")

    assert shown(label, 60) == "RC-2026-0001"
    assert shown(label, 600) == "RC-2026-0001"
