"""Lists of choices that say what their words mean."""

from html import escape

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QStyledItemDelegate

from ..declaring import SENTENCES

_WIDEST = 700  # pixels of an open list; a longer sentence is cut off, and whole in its tooltip


class _WordAndSentence(QStyledItemDelegate):
    """Draws the words of an open list, each with its sentence; the closed one shows the word alone."""

    def __init__(self, sentences, parent):
        super().__init__(parent)
        self._sentences = sentences

    def displayText(self, value, locale):
        """What is drawn for a word."""
        sentence = self._sentences.get(value)
        return f"{value} – {sentence}" if sentence else super().displayText(value, locale)


def explain(wrapper):
    """Let the list of a choice say what its words mean; widgets of other parameters stay as they are.

    Args:
        wrapper: of a parameter, in a dialog of Processing; see `declaring.choice`.
    """
    box, sentences = wrapper.wrappedWidget(), wrapper.parameterDefinition().metadata().get(SENTENCES)
    if not sentences or not isinstance(box, QComboBox):
        return
    box.setItemDelegate(_WordAndSentence(sentences, box))
    for index in range(box.count()):
        tooltip = f"<qt>{escape(sentences[box.itemText(index)])}</qt>"  # rich text, which is wrapped
        box.setItemData(index, tooltip, Qt.ItemDataRole.ToolTipRole)
    view = box.view()
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setMinimumWidth(min(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width(), _WIDEST))
