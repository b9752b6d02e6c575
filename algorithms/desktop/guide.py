"""Where to begin: the steps from polygons to a map, each of which opens its dialog."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QTextBrowser, QVBoxLayout

from ..translation import tr
from . import demo

_WIDTH, _HEIGHT = 620, 640


def steps():
    """Algorithm and explanation of each step, in their order."""
    return (
        (
            "samplevector",
            tr("chooses pixels in your polygons, around which the network will see a patch of the image."),
        ),
        ("exporttfrecords", tr("cuts the patches out of the image, with the labels of their pixels.")),
        (
            "trainmodel",
            tr("lets a network learn from them. Read its report: it says which classes it mixes up, and why."),
        ),
        ("applymodel", tr("makes a map of this image, or of another one with the same bands.")),
        ("evaluatemap", tr("compares the map with polygons that the network has not seen.")),
    )


class Guide(QDialog):
    """The page; links in it open dialogs.

    Args:
        iface: of QGIS.
        actions: functions that links of the page call, by the word after ``geodl:``; all others are algorithms.
    """

    def __init__(self, iface, actions):
        super().__init__(iface.mainWindow())
        self.setWindowTitle(tr("GeoDL: where to begin"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._iface, self._actions = iface, actions
        self._page = QTextBrowser()
        self._page.setOpenLinks(False)
        self._page.anchorClicked.connect(self.follow)
        self._page.setHtml(page())
        layout = QVBoxLayout(self)
        layout.addWidget(self._page)

    def follow(self, url):
        """Do what a link stands for.

        Args:
            url: such as ``geodl:setup`` or ``geodl:trainmodel``.
        """
        word = url.path()
        if word in self._actions:
            self._actions[word]()
        else:
            open_dialog(word)


def page():
    """The page as HTML."""
    registry = QgsApplication.processingRegistry()

    def link(name, text=""):
        return f'<a href="geodl:{name}">{text or registry.algorithmById(f"geodl:{name}").displayName()}</a>'

    needed = tr(
        "You need an image and some polygons on it, three or more of each class, with a field of their classes."
    )
    if demo.is_there():
        scene = link("demo", tr("Add the image and the polygons of the tutorial to the project."))
    else:
        scene = tr("The tutorial's image and polygons are in the folder resources/demo of GeoDL's repository.")
    toolbox = tr("All of GeoDL is in the Processing toolbox. The panel beside a dialog explains what is asked for.")
    whole = tr("Or let one model do all of it: {model}.").format(model=link("map_land_cover_from_polygons"))
    items = "".join(f'<li style="margin-bottom:8px"><b>{link(name)}</b> {text}</li>' for name, text in steps())
    return "".join(
        (
            f"<h2>{tr('From polygons to a map')}</h2>",
            f"<p>{needed}</p><p>{tr('No data at hand?')} {scene}</p><ol>{items}</ol>",
            f"<p>{whole}</p>",
            f"<p>{toolbox}</p>",
            f"<p>{link('check', tr('Check that GeoDL works on this computer'))}</p>",
            f"<p>{link('readme', tr('Read all about it'))}</p>",
        )
    )


def open_dialog(name):
    """Open the dialog of an algorithm of ours, which leaves the rest of QGIS free.

    Args:
        name: its id, without the provider's.
    """
    import processing

    dialog = processing.createAlgorithmDialog(f"geodl:{name}")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
