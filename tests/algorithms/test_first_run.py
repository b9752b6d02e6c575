"""What a person meets who has just enabled the plugin."""

import pytest
from geodl.algorithms import interpreter, provider
from geodl.algorithms.desktop import background, entry
from geodl.algorithms.desktop.guide import Guide, page, steps
from geodl.algorithms.plugin import GeodlPlugin
from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProcessingParameterBoolean, QgsProject
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QMainWindow, QPushButton
from waiting import wait_until


class Window(QMainWindow):
    """As much of QGIS's window as the plugin asks for."""

    def __init__(self, canvas):
        super().__init__()
        self.bar, self.menu, self.canvas, self.log = QgsMessageBar(self), {}, canvas, 0

    def messageBar(self):
        return self.bar

    def mainWindow(self):
        return self

    def mapCanvas(self):
        return self.canvas

    def addPluginToMenu(self, name, action):
        self.menu.setdefault(name, []).append(action)

    def removePluginMenu(self, name, action):
        self.menu[name].remove(action)

    def setActiveLayer(self, layer):
        pass

    def openMessageLog(self):
        self.log += 1

    def buttons(self):
        """The buttons of the message that is shown, by their text."""
        item = self.bar.currentItem()
        return {one.text(): one for one in item.findChildren(QPushButton)} if item else {}


@pytest.fixture
def window(plugin, qgis_canvas):
    window = Window(qgis_canvas)
    yield window
    window.bar.clearWidgets()


@pytest.fixture
def is_set_up(monkeypatch):
    """Makes it look as if GeoDL were set up, or not."""

    def make(answer):
        monkeypatch.setattr(entry, "is_set_up", lambda: answer)
        monkeypatch.setattr(provider, "is_set_up", lambda: answer)

    return make


@pytest.fixture
def shown(window, is_set_up):
    """The plugin in a window, set up or not."""
    made = []

    def make(answer):
        is_set_up(answer)
        made.append(entry.Entry(window))
        QgsApplication.processEvents()
        return made[0]

    yield make
    made[0].remove()


class Setup(QgsProcessingAlgorithm):
    """Ends as the test says."""

    fails = False

    def createInstance(self):
        return Setup()

    def name(self):
        return "setupenvironment"

    def displayName(self):
        return "Set up the environment"

    def initAlgorithm(self, configuration=None):
        self.addParameter(QgsProcessingParameterBoolean("FLAG", "A flag", True))

    def processAlgorithm(self, parameters, context, feedback):
        feedback.setProgressText("Downloading")
        feedback.setProgress(40)
        if Setup.fails:
            feedback.reportError("There is too little space.")
            raise RuntimeError("There is too little space.")
        Setup.parameters = parameters
        return {"TEXT": "The environment /a/long/path is ready: TensorFlow 2.21.0, Keras 3.15.1."}


@pytest.fixture
def setup(monkeypatch):
    """The set-up that is started is a short one."""
    registry = type("Registry", (), {"createAlgorithmById": lambda self, name: Setup().create()})()
    application = type("Application", (QgsApplication,), {"processingRegistry": staticmethod(lambda: registry)})
    monkeypatch.setattr(background, "QgsApplication", application)
    monkeypatch.setattr(Setup, "fails", False)
    return Setup


def test_a_menu_leads_to_the_first_steps(window, shown):
    shown(True)
    texts = [action.text() for action in window.menu["GeoDL"]]
    assert texts[0] == "Where to begin…"
    assert {"Set up the environment", "Check the environment"} <= set(texts)
    assert window.bar.currentItem() is None


def test_the_models_follow_when_qgis_has_started(window, is_set_up, plugin):
    def names():
        return {one.name() for one in started.provider.algorithms()}

    is_set_up(True)
    plugin.unload()
    started = GeodlPlugin(window)
    try:
        started.initGui()
        assert "trainmodel" in names()
        assert "map_land_cover_polygons" not in names()
        QgsApplication.processEvents()
        assert "map_land_cover_polygons" in names()
        started.unload()
        started.initGui()
        started.unload()  # before the models were there
        QgsApplication.processEvents()
        assert QgsApplication.processingRegistry().providerById("geodl") is None
    finally:
        plugin.initProcessing()


def test_the_menu_goes_with_the_plugin(window, is_set_up):
    is_set_up(False)
    made = entry.Entry(window)
    made.remove()
    QgsApplication.processEvents()
    assert window.menu["GeoDL"] == []
    assert window.bar.currentItem() is None


def test_a_missing_environment_is_offered_to_be_set_up(window, shown, setup, plugin):
    shown(False)
    assert "TensorFlow" in window.bar.currentItem().text()
    assert "Set up the environment" in plugin.provider.warningMessage()
    window.buttons()["Set up now"].click()
    assert "Cancel" in window.buttons()
    wait_until(lambda: "Cancel" not in window.buttons() and window.buttons())
    assert window.bar.currentItem().text() == "The environment is ready."
    assert setup.parameters == {"FLAG": True}
    assert "Where to begin…" in window.buttons()


def test_a_set_up_that_fails_says_why_and_has_a_log(window, shown, setup, monkeypatch):
    monkeypatch.setattr(setup, "fails", True)
    shown(False)
    window.buttons()["Set up now"].click()
    wait_until(lambda: "Log" in window.buttons())
    assert "There is too little space." in window.bar.currentItem().text()
    assert "Try again" in window.buttons()
    window.buttons()["Log"].click()
    assert window.log == 1


def test_a_second_run_waits_for_the_first(window, shown, setup):
    made = shown(True)
    ended = []
    assert made.background.start("setupenvironment", lambda *found: ended.append(found))
    assert not made.background.start("setupenvironment", lambda *found: ended.append(found))
    wait_until(lambda: ended)
    assert [found[0] for found in ended] == [True]


def test_dialogs_warn_only_where_there_is_something_to_warn_of(plugin, is_set_up):
    is_set_up(True)
    assert plugin.provider.warningMessage() == ""


def test_files_tell_whether_there_is_an_environment(monkeypatch, tmp_path):
    monkeypatch.setattr(interpreter, "_usable", {})
    monkeypatch.setattr(interpreter, "own_folder", lambda: tmp_path)
    monkeypatch.setattr(interpreter.importlib.util, "find_spec", lambda name: None)
    monkeypatch.delenv(interpreter.VARIABLE, raising=False)
    assert not interpreter.is_set_up()
    python = interpreter.python_of(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    assert not interpreter.is_set_up()  # it was interrupted
    (tmp_path / interpreter.STAMP).touch()
    assert interpreter.is_set_up()
    python.unlink()
    monkeypatch.setenv(interpreter.VARIABLE, "/some/python")
    assert interpreter.is_set_up()


def test_the_guide_names_each_step_and_does_what_its_links_say(window, monkeypatch):
    html = page()
    for name, _ in steps():
        assert f'href="geodl:{name}"' in html
    done = []
    guide = Guide(window, {"demo": lambda: done.append("demo")})
    guide.follow(QUrl("geodl:demo"))
    assert done == ["demo"]
    guide.deleteLater()


def test_the_demo_is_a_group_of_image_and_polygons(window, shown):
    shown(True).open_demo()
    group = QgsProject.instance().layerTreeRoot().findGroup("GeoDL demo")
    assert [node.name() for node in group.findLayers()] == [
        "Training polygons", "Reference polygons", "Landsat image"
    ]  # fmt: skip
    polygons, reference, image = (node.layer() for node in group.findLayers())
    assert {one.value() for one in polygons.renderer().categories()} == {"cropland", "forest", "wetland"}
    assert image.renderer().usesBands() == [3, 2, 1]
    assert not group.findLayer(reference).isVisible()
    QgsProject.instance().removeMapLayers([polygons.id(), reference.id(), image.id()])
    QgsProject.instance().layerTreeRoot().removeChildNode(group)
