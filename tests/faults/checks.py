"""What must hold after each case, whatever the disturbance was."""

import re
import signal
import time
from dataclasses import dataclass, field

from .scenarios import content

LONGEST = 1000  # characters of an error that a person reads
_PATIENCE = 8.0  # seconds in which the processes of a case must have ended: a worker has two, and looks seldom
FAULTS = ("loss", "wrong result", "left over", "orphan", "hang", "traceback", "no readable error")


@dataclass
class Outcome:
    """What came of a case.

    Args:
        what: in a few words; the summary counts the cases of each.
        faults: what does not hold of what must, each a member of `FAULTS`, a colon and what was seen.
        message: what the run told its user.
    """

    what: str
    faults: list = field(default_factory=list)
    message: str = ""

    def __add__(self, other):
        return Outcome(f"{self.what}, {other.what}", self.faults + other.faults, self.message or other.message)


def message_of(said, way):
    """The error that a run gave its user, and how many it gave."""
    if way == "qgis":
        found = said.partition("ERROR:\t")[2]
        return found, said.count("ERROR:\t")
    found = re.findall(r"^((?:Error: |Cancelled)[^\n]*(?:\n.*)?)", said, flags=re.MULTILINE | re.DOTALL)
    count = len(re.findall(r"^(?:Error: |Cancelled)", said, flags=re.MULTILINE))
    return (found[0] if found else ""), count


def ended(case, run, *, killed=None, other=False):
    """What came of a run that has ended.

    Args:
        case: whose folder is looked at.
        run: the run.
        killed: the signal that the process itself got and cannot have survived: it may have ended by it without a
            word, and have left behind what the next run must clear away.
        other: another result than the undisturbed one is right, too, if it is whole.
    """
    if run.status is None:
        return Outcome("hang", ["hang: it had to be ended"])
    faults = _orphans(case)
    said = run.said()
    if "Traceback" in said:
        faults.append(f"traceback: {_last_lines(said)}")
    if killed is not None and run.status in (-killed, 128 + killed):
        return Outcome("killed", [*faults, *_lost(case, may_be_new=True)])
    if run.status == 0:
        what, found = _result(case, run, other)
        return Outcome(what, faults + found + _left_in_temporary(case))
    if not said.strip() and run.status < 0:
        return Outcome("ended before it began", faults + _lost(case) + _left_over(case) + _left_in_temporary(case))
    message, count = message_of(said, run.way)
    if count != 1 or not message.strip() or (len(message) > LONGEST and run.way != "qgis"):
        faults.append(f"no readable error: status {run.status}, {count} messages: {_last_lines(said)}")
    faults += _left_over(case) + _left_in_temporary(case)
    if _is_done(case, run):
        return Outcome("stopped when it was done", faults, message)
    return Outcome("cancelled" if "Cancelled" in message else "error", faults + _lost(case), message)


def whole(case, run):
    """A run that must give the undisturbed result and leave nothing else, whatever there was before."""
    if run.status is None:
        return Outcome("hang", ["hang: it had to be ended"])
    if run.status != 0:
        return Outcome("failed again", [f"loss: the next run fails: {_last_lines(run.said())}"])
    _, faults = _result(case, run, other=False)
    return Outcome("then whole", faults + _orphans(case))


def _result(case, run, other):
    """What a run made that says that it went well."""
    expected = case.world.undisturbed(case.step.result).content
    try:
        found = content(case.step, case, run)
    except Exception as error:  # whatever a reader makes of a broken file
        return "broken result", [f"wrong result: {error!r}"]
    faults = _left_over(case, done=True)
    if found == expected:
        return "whole", faults
    return "another result", faults if other else [*faults, "wrong result: it is whole, and another one"]


def _is_done(case, run):
    """Whether the new result is there, whole, though the run says that it failed."""
    made = case.out / case.step.output
    now = case.files()
    if not made.exists() or (case.before and all(now.get(name) == data for name, data in case.before.items())):
        return False
    try:
        return content(case.step, case, run) == case.world.undisturbed(case.step.result).content
    except Exception:  # whatever a reader makes of a broken file
        return False


def _lost(case, *, may_be_new=False):
    """An output of an earlier run that is not what it was."""
    now = case.files()
    changed = [name for name, data in case.before.items() if now.get(name) != data]
    if not changed or (may_be_new and _is_done(case, case.runs[-1])):
        return []
    return [f"loss: the earlier output is changed: {', '.join(changed[:5])}"]


def _left_over(case, *, done=False):
    """Names beside the output that do not belong there; what RESUME keeps belongs there until the result is whole."""
    expected = {path.name for path in (case.world.results / case.step.result).iterdir()}
    belongs = expected | {f"{case.step.output.rpartition('.')[0]}.qml"}
    names = set(case.entries()) - belongs
    if not done:
        names.discard(case.step.state)
    names |= {name.split("/")[0] for name in case.before} - belongs if done else set()
    inner = [name for name in case.files() if _is_part(name) and not (case.step.state and name.startswith("."))]
    found = sorted(names | set(inner))
    return [f"left over: {', '.join(found[:5])}"] if found else []


def _is_part(name):
    return any(word in name.rpartition("/")[2] for word in (".part", ".lock", ".scratch", ".tmp", ".old"))


def _left_in_temporary(case):
    names = sorted(path.name for path in case.tmp.iterdir())
    return [f"left over: in the temporary folder {', '.join(names[:5])}"] if names else []


def _orphans(case):
    """Processes that do not end though the one that was started has."""
    end = time.monotonic() + _PATIENCE
    while left := case.processes():
        if time.monotonic() > end:
            return [f"orphan: {', '.join(left.values())}"]
        time.sleep(0.05)
    return []


def _last_lines(said):
    lines = [line for line in said.splitlines() if line.strip()]
    return " | ".join(lines[-6:])[-800:]


def signal_name(number):
    """Such as SIGTERM."""
    return signal.Signals(number).name
