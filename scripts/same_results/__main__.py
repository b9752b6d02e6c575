"""Show that two revisions of GeoDL give the same results on the demo data, byte for byte.

    python -m scripts.same_results BEFORE [AFTER]
    python -m scripts.same_results BEFORE --keep FOLDER
    python -m scripts.same_results --before-folder FOLDER [AFTER]

Revisions are those of git, or folders; AFTER is the working tree if it is left out.  Both run the same job files (see
`job_list`) through their command lines, and what comes out is compared; what may differ is named in `ignored`.  AFTER
then runs some of the jobs once more on datasets and networks that BEFORE wrote.  The exit status is 1 if anything
differs that counts.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from osgeo import gdal, ogr

from .job_list import JOBS, OF_OLD_FILES, NamedJob, chosen
from .running import ROOT, checkout, run_jobs
from .table import compared, is_same, printed


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for, print the table and give the exit status."""
    options = _options(arguments)
    gdal.UseExceptions()
    ogr.UseExceptions()
    jobs = chosen(options.only)
    old = [job for job in JOBS if job.name in OF_OLD_FILES and not options.only]
    with tempfile.TemporaryDirectory(prefix="same_results_") as name:
        folder = Path(name)
        before, after, of_old = options.before_folder, folder / "after", folder / "of_old"
        if before is None:
            before = folder / "before"
            _run(checkout(options.before, folder / "code_before"), jobs, before, options.at_once)
            if options.keep:
                shutil.copytree(before, options.keep)
        code = checkout(options.after, folder / "code_after")
        _run(code, jobs, after, options.at_once, given=before)
        rows = {job.name: compared(job.name, before, after) for job in jobs}
        if old:
            _run(code, old, of_old, options.at_once, given=before)
            rows |= {f"{job.name} of files of BEFORE": compared(job.name, before, of_old) for job in old}
    print(printed(rows, options.strict))
    return int(not all(is_same(found, options.strict) for found in rows.values()))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    description, _, more = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        prog="python -m scripts.same_results",
        description=description,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("revisions", nargs="*", help="BEFORE and AFTER; only AFTER with --before-folder")
    parser.add_argument("--keep", type=Path, help="folder to make, with the results of BEFORE")
    parser.add_argument("--before-folder", type=Path, help="results of BEFORE that were kept")
    parser.add_argument("--only", nargs="+", default=[], help="names of the list, or of jobs; those they need run, too")
    parser.add_argument("--at-once", type=int, default=2, help="jobs that run at the same time")
    parser.add_argument("--strict", action="store_true", help="other texts in reports and messages count, too")
    options = parser.parse_args(arguments)
    names = list(options.revisions)
    if not options.before_folder and not names:
        parser.error("BEFORE is missing, or --before-folder")
    options.before = None if options.before_folder else names.pop(0)
    options.after = names.pop(0) if names else str(ROOT)
    if names or (options.keep and options.before_folder):
        parser.error("too many revisions, or nothing to keep")
    return options


def _run(code: Path, jobs: Sequence[NamedJob], results: Path, at_once: int, given: Path | None = None) -> None:
    """Run jobs and move what came out to ``results``, in a folder of one name: results tell where their inputs were."""
    work = results.with_name("work")
    print(f"Running {len(jobs)} jobs of {code}", file=sys.stderr)
    run_jobs(code, jobs, work, at_once, given)
    work.rename(results)


if __name__ == "__main__":
    sys.exit(main())
