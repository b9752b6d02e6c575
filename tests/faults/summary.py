"""The table of what happened."""

import os
import platform
from collections import Counter
from pathlib import Path

from .checks import FAULTS


class Summary:
    """Counts the cases by kind and outcome."""

    def __init__(self):
        self.counts = {}
        self.faults = Counter()
        self.failed = []

    def add(self, number, kind, outcome):
        """Count a case."""
        self.counts.setdefault(kind, Counter())[outcome.what] += 1
        self.faults.update(fault.partition(":")[0] for fault in outcome.faults)
        if outcome.faults:
            self.failed.append(number)

    def add_parameters(self, job, tried, results, failures):
        """Count the sets of parameters of a job."""
        self.counts["parameters"] = self.counts.get("parameters", Counter())
        self.counts["parameters"].update({"a result": results, "an error of ours": tried - results - len(failures)})
        self.faults.update(fault.partition(":")[0] for fault in failures)
        if failures:
            self.counts["parameters"].update({"a fault": len(failures)})
            self.failed.append(job)

    def table(self):
        """Markdown."""
        lines = ["| disturbance | cases | what came of them |", "|---|---|---|"]
        for kind, outcomes in self.counts.items():
            what = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
            lines.append(f"| {kind} | {sum(outcomes.values())} | {what} |")
        total = sum(sum(outcomes.values()) for outcomes in self.counts.values())
        lines += [f"| all | {total} | |", "", "| what must not be | cases |", "|---|---|"]
        lines += [f"| {name} | {self.faults[name]} |" for name in FAULTS]
        return "\n".join(lines)


def machine():
    """The processor, its cores, memory and system, in one line."""
    about = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in about.splitlines() if "model name" in line), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}"
