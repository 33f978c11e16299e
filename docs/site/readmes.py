"""A hook of MkDocs: documents that stand beside their modules become pages of the site as well.

Links between documents are written as paths in the repository, so that they work there. In the site they become links
between its pages; what has no page there, such as a source file, stays as plain text.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).parents[2]
PAGES = {
    "encoders/README.md": "clients/index.md",
    "encoders/python/README.md": "clients/python.md",
    "encoders/java/README.md": "clients/java.md",
    "encoders/java-spark/README.md": "clients/java-spark.md",
    "encoders/go/README.md": "clients/go.md",
    "encoders/rust/README.md": "clients/rust.md",
    "encoders/typescript/README.md": "clients/typescript.md",
    "encoders/generator/README.md": "clients/generator.md",
    "encoders/vectors/README.md": "clients/vectors.md",
    "plugin-testkit/README.md": "test-kit.md",
    "plugin-examples/README.md": "example-plugins.md",
    "plugins-builtin/README.md": "builtin-plugins.md",
    "gateway/README.md": "gateway.md",
    "benchmarks/README.md": "benchmarks.md",
    "dist/README.md": "distribution.md",
    "dist/python/README.md": "distribution-python.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
PICTURES = {
    path.relative_to(ROOT).as_posix(): f"pictures/{path.name}"
    for path in sorted((ROOT / "plugins-builtin/docs").glob("*.svg"))
}
ORIGINS = {page: origin for origin, page in PAGES.items()}
LINK = re.compile(r"(!?)\[((?:[^\[\]]|`[^`]*`)*)\]\(([^()\s]+)\)")


def on_files(files, config):
    """Add the pages and the pictures in them."""
    for origin, page in (PAGES | PICTURES).items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / origin)))
    return files


def on_page_markdown(markdown, page, config, files):
    """Turn paths in the repository into links between pages."""
    here = page.file.src_uri
    origin = ORIGINS.get(here, f"docs/{here}")

    def site_link(link):
        mark, text, target = link.groups()
        path, _, anchor = target.partition("#")
        if not path or "://" in target:
            return link[0]
        place = in_site(posixpath.normpath(posixpath.join(posixpath.dirname(origin), path)))
        if place is None:
            return text
        relative = posixpath.relpath(place, posixpath.dirname(here) or ".")
        return f"{mark}[{text}]({relative}{'#' + anchor if anchor else ''})"

    return LINK.sub(site_link, markdown)


def in_site(path):
    """Give the page or picture that a path in the repository is in the site, or None."""
    if path == "README.md":
        return "index.md"
    if path.startswith("docs/") and (ROOT / path).suffix == ".md":
        return path.removeprefix("docs/")
    return (PAGES | PICTURES).get(path)
