# make demo: the main job on the bundled data.   make test: the tests; make test-slow: those that train for long;
# make test-onednn: the core's with and without oneDNN's operations.
# make test-windows-files: the tests with files as Windows has them, which `make test` runs for a few modules.
# All install what they need on Debian 12 (QGIS by apt, the rest in build/environment).

SHELL := /bin/bash
BUILD := build
PYTHON := $(BUILD)/environment/bin/python
.DEFAULT_GOAL := help

.PHONY: help system environment tools demo test test-onednn test-slow test-faults test-windows-files test-qgis-next \
	lint translations pins docs package zip clean

help:
	@echo "make demo   from polygons to a scored map, on the bundled Landsat scene"
	@echo "make test   the tests"
	@echo "make test-onednn   the core's tests with and without oneDNN's operations"
	@echo "make test-slow   the tests that train networks for minutes"
	@echo "make test-faults   hundreds of kills, full disks, damaged inputs…; an hour"
	@echo "make test-windows-files   the tests with files as Windows has them: what is open stays"
	@echo "make test-qgis-next   the tests with the QGIS of another Debian (SUITE=trixie, trixie-backports, sid), as root"
	@echo "make lint   style, types and security checks"
	@echo "make translations   collects the texts to translate, and compiles the catalogues in resources/i18n"
	@echo "make pins   what the pins resolve to on each system; rewrites SYSTEMS.md"
	@echo "make docs   the documentation site, in build/site"
	@echo "make package   the plugin as a zip file for QGIS, checked by the rules of the plugin site"

system:
	@scripts/install_system.sh

environment: system
	@scripts/qgis_process.sh run geodl:setupenvironment -- FOLDER="$(CURDIR)/$(BUILD)/environment" BUILD=processor

tools: environment
	@cmp -s tests/requirements.txt $(BUILD)/tools.txt \
		|| { $(PYTHON) -m pip install --quiet -r tests/requirements.txt && cp tests/requirements.txt $(BUILD)/tools.txt; }

demo: environment
	@scripts/demo.sh

# In two processes: TensorFlow and QGIS in one may crash when it ends.
CORE = $(PYTHON) -m pytest -p no:pytest_qgis --numprocesses=auto --dist=worksteal tests/core
# As trainings have it on all processors.
export TF_ENABLE_ONEDNN_OPTS ?= 1
IN_QGIS = QT_QPA_PLATFORM=offscreen QGIS_CUSTOM_CONFIG_PATH="$(CURDIR)/$(BUILD)/test_profile" \
	GEODL_PYTHON="$(CURDIR)/$(PYTHON)"
# With oneDNN's operations, or without them where they are the usual ones: networks round otherwise.
otherwise = other=$$($(PYTHON) tests/onednn.py) && { [ -z "$$other" ] || TF_ENABLE_ONEDNN_OPTS=$$other $(CORE) $(1); }

# With files as Windows has them: those modules that are about files.
WINDOWS_FILES = -p tests.windows_files
ABOUT_FILES = $(addprefix tests/core/,runtime/test_files.py runtime/test_publishing.py inference/test_checkpoint.py \
	inference/test_raster_writer.py training/test_checkpoints.py jobs/test_extract_patches.py)

test: tools
	@scripts/parts.sh '$(CORE)' '$(call otherwise,-m "rounding and not slow")' \
		'$(PYTHON) -m pytest -p no:pytest_qgis $(WINDOWS_FILES) $(ABOUT_FILES)' \
		'$(IN_QGIS) $(PYTHON) -m pytest tests/algorithms tests/headless'

test-windows-files: tools
	@scripts/parts.sh '$(CORE) $(WINDOWS_FILES)' \
		'$(IN_QGIS) $(PYTHON) -m pytest $(WINDOWS_FILES) tests/algorithms tests/headless'

test-onednn: tools
	@scripts/parts.sh '$(CORE)' '$(call otherwise)'

test-slow: tools
	@scripts/parts.sh '$(PYTHON) -m pytest -p no:pytest_qgis -m slow tests/core' \
		'$(IN_QGIS) $(PYTHON) -m pytest -m slow tests/algorithms'

# The table that it prints is in RELIABILITY.md.
SEED ?= 12
test-faults: tools
	@scripts/parts.sh '$(IN_QGIS) $(PYTHON) -m tests.faults --seed $(SEED)' \
		'$(PYTHON) -W ignore -m tests.faults.cluster --seed $(SEED)'

# WITH_CORE=1: with the core's tests.
SUITE ?= trixie
test-qgis-next:
	@SUITE=$(SUITE) scripts/test_qgis_next.sh

# What is scanned for secrets: what the package holds, but for pictures, and the documents.
SHIPPED = algorithms geodl_plugin resources/examples resources/models "*.txt" "*.md" __init__.py

lint: tools
	@scripts/parts.sh '$(PYTHON) -m ruff check .' '$(PYTHON) -m ruff format --check .' '$(PYTHON) -m mypy' \
		'$(PYTHON) -m bandit --quiet --recursive --configfile pyproject.toml algorithms geodl_plugin __init__.py' \
		'$(BUILD)/environment/bin/vermin --quiet --no-tips --violations --target=3.9- algorithms geodl_plugin __init__.py' \
		'$(PYTHON) -m detect_secrets.pre_commit_hook $$(git ls-files -- $(SHIPPED))'

# LANGUAGES=de: with a catalogue for one more language.
translations: tools
	@scripts/install_system.sh qttools5-dev-tools
	@$(PYTHON) -m scripts.translations $(LANGUAGES)

# The tables that it writes are in SYSTEMS.md; what it reads of wheels is kept in build/pins.
pins: tools
	$(PYTHON) -m scripts.pins

# The pages of algorithms are made by scripts/algorithm_pages.py, their pictures by scripts/dialog_pictures.py.
DOCS := $(BUILD)/docs_environment
docs: system
	@cmp -s docs/requirements.txt $(DOCS)/requirements.txt \
		|| { python3 -m venv --clear $(DOCS) && $(DOCS)/bin/python -m pip install --quiet -r docs/requirements.txt \
		&& cp docs/requirements.txt $(DOCS); }
	@NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs build --strict --quiet
	@echo $(BUILD)/site/index.html

# What is committed, without what .gitattributes leaves out.
package:
	@mkdir -p $(BUILD)
	git archive --format=zip --prefix=geodl/ --output=$(BUILD)/geodl.zip HEAD
	@python3 -m scripts.check_package $(BUILD)/geodl.zip

zip: package

clean:
	rm -rf $(BUILD)
