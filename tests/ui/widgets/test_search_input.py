"""Typing asks once after a pause, Enter at once."""

from app.ui.widgets.search_input import SearchInput


def test_typing_asks_after_a_pause_and_enter_at_once(qtbot):
    field, said, entered = SearchInput("?"), [], []
    qtbot.addWidget(field)
    field.searched.connect(said.append)
    field.entered.connect(lambda: entered.append(True))
    with qtbot.waitSignal(field.searched):
        qtbot.keyClicks(field, "cvc ")
    field.setText("tube")
    field.returnPressed.emit()

    assert (said, entered) == (["cvc", "tube"], [True])
