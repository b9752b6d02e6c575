"""What mkdocs does for the documentation site beside its own work: see mkdocs.yml.

Pages link to files of the repository as they do anywhere, ``../SYSTEMS.md``; those named below become pages and
pictures of the site.
"""

import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("SYSTEMS.md", "BENCHMARKS.md", "RELIABILITY.md", "SCALE.md", "LIBRARY.md", "CHANGELOG.md")
PICTURES = {"images/quicklook.jpg": "resources/images/quicklook.jpg", "images/geodl.svg": "resources/icons/geodl.svg"}


def on_config(config):
    """List the pages of the algorithms in the navigation, in the groups of their index."""
    groups = []
    for line in (ROOT / "docs" / "algorithms" / "index.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            groups.append({line[3:]: []})
        elif link := re.match(r"- \[(.+?)\]\((\w+\.md)\)", line):
            next(iter(groups[-1].values())).append({link[1]: f"algorithms/{link[2]}"})
    for entry in config.nav:
        if isinstance(entry, dict) and "Algorithms" in entry:
            entry["Algorithms"] = ["algorithms/index.md", *groups]
    return config


def on_files(files, config):
    """Add files of the repository that do not lie in docs."""
    for uri, path in {**{name: name for name in PAGES}, **PICTURES}.items():
        files.append(File.generated(config, uri, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown, page, **_):
    """Let links lead to where files lie on the site; those to files that it does not have become plain words."""
    if page.file.src_uri in PAGES:
        return re.sub(r"\[([^\]]+)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)", _on_site, markdown)
    for uri, path in PICTURES.items():
        markdown = markdown.replace(f"](../{path})", f"]({uri})")
    return re.sub(r"\]\(\.\./([A-Z]+\.md)", r"](\1", markdown)


def _on_site(link):
    """A link of a page of the repository."""
    return link[0] if link[2] in PAGES else link[1]
