"""The page of a diagnosis."""

from __future__ import annotations

import html

from ..diagnosis import Diagnosis
from ..diagnosis.text import computer_facts, device_text, libraries_that_matter
from ..language import tr
from . import render


def diagnosis_page(diagnosis: Diagnosis) -> str:
    """HTML with the steps of the trial, the cause of a failure, and the text to copy into an issue.

    It is plain text where QGIS's Python has no jinja2: that may be the very problem.
    """
    content = diagnosis.content
    try:
        return render(
            "diagnosis.html",
            title=tr("Diagnosis of the environment"),
            content=content,
            computer=computer_facts(content),
            devices=[device_text(device) for device in content["devices"]],
            libraries=libraries_that_matter(content),
            text=f"```text\n{diagnosis.text}\n```",
            json=diagnosis.json,
        )
    except ImportError:
        return f'<!DOCTYPE html><meta charset="utf-8"><title>GeoDL</title><pre>{html.escape(diagnosis.text)}</pre>'
