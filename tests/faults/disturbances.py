"""The disturbances: each is drawn from a source of chance, says what it does, does it, and gives what came of it."""

import contextlib
import os
import signal
from dataclasses import dataclass, replace

from .checks import Outcome, ended, signal_name, whole
from .means import age, clear, disk, may_mount, remount, spoil
from .running import Case
from .scenarios import BLOCK, CHAIN, STEPS, copy

_START = 3.0  # seconds in which a run loads its libraries, about
YEARS = 10 * 365 * 86400.0
_RECORDED_SUMS = (".records", ".data-00000-of-00001")  # TensorFlow keeps check sums of them: no damage goes unnoticed


@dataclass(frozen=True)
class When:
    """A moment of a run, which is the same on a slow machine and on a busy one.

    Args:
        phase: ``start``: within the first seconds, when libraries are loaded; ``work``: when it tells that a share of
            the work is done; ``writing``: shortly after it made its first file; ``end``: in the last hundredths of
            the work, where files get their names.
        share: 0…1 of that phase.
    """

    phase: str
    share: float

    @classmethod
    def draw(cls, chance):
        return cls(chance.choice(("start", "work", "work", "writing", "end")), round(chance.random(), 3))

    def __str__(self):
        return f"{self.phase} {100 * self.share:.0f} %"

    def wait(self, case, run):
        """Wait for that moment, or for the end of the run."""
        if self.phase == "start":
            run.pause(_START * self.share)
        elif self.phase == "writing":
            run.wait_until(case.entries)
            run.pause(self.share)
        elif run.way == "qgis":  # it tells its progress to a file only when it ends
            run.wait_until(case.entries)
            usual = case.world.undisturbed(case.step.name)
            run.pause((usual.seconds - usual.begins) * (self.share if self.phase == "work" else 0.9 + 0.1 * self.share))
        else:
            least = 100 * self.share if self.phase == "work" else 95 + 5 * self.share
            run.wait_until(lambda: run.progress() >= int(least))


@dataclass(frozen=True)
class Kill:
    """A signal ends the process that works, its worker, or the QGIS that waits for it."""

    KIND = "kill"

    step: str
    way: str
    target: str
    number: int
    when: When
    old: bool

    @classmethod
    def draw(cls, chance, in_qgis=0.2):
        step = chance.choice((*CHAIN, "sample", "sample", "export", "apply with RESUME"))
        number = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGKILL))
        way = "qgis" if chance.random() < in_qgis else "job file"
        target = "run" if way == "job file" else "QGIS" if step == "sample" else chance.choice(("worker", "QGIS"))
        return cls(step, way, target, number, When.draw(chance), chance.random() < 0.5)

    def __str__(self):
        return (
            f"{signal_name(self.number)} to the {self.target}, {self.step} as {self.way}, {self.when}"
            f"{', an output was there' if self.old else ''}"
        )

    def __call__(self, world, name):
        with case_of(world, self.step, name, old=self.old) as case:
            run = case.start(self.way)
            run.wait_until(run.has_begun)
            self.when.wait(case, run)
            if self.target != "worker":
                run.kill(self.number)
            elif run.wait_until(case.worker) and (worker := case.worker()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker, self.number)
            run.finish()
            # QGIS ends by SIGTERM without a word, too; what it leaves is told in RELIABILITY.md.
            dies = self.number == signal.SIGKILL or (self.target == "QGIS" and self.number == signal.SIGTERM)
            first = ended(case, run, killed=self.number if dies and self.target != "worker" else None)
            if first.what == "killed" or (case.step.state and run.status):
                clear(case.tmp)
                again = case.start(self.way)
                again.finish()
                first += whole(case, again)
            return first


@dataclass(frozen=True)
class FullDisk:
    """The disk of the outputs has less room than they need, or hardly more."""

    KIND = "full disk"

    step: str
    share: float
    old: bool

    @classmethod
    def draw(cls, chance):
        return cls(chance.choice(CHAIN), round(chance.uniform(0.0, 1.3), 2), chance.random() < 0.5)

    def __str__(self):
        return f"{self.step}, {100 * self.share:.0f} % of what it needs{', an output was there' if self.old else ''}"

    def __call__(self, world, name):
        if not may_mount():
            return Outcome("skipped: no disk can be mounted")
        with case_of(world, self.step, name, old=self.old) as case:
            needed = world.undisturbed(STEPS[self.step].result).size
            with disk(case, int(needed * self.share) + (needed + 2 * BLOCK if self.old else 0)):
                run = case.start()
                run.finish()
                return ended(case, run)


@dataclass(frozen=True)
class ReadOnly:
    """The folder of the outputs cannot be written to, from the start or from some moment on."""

    KIND = "read-only folder"

    step: str
    later: bool
    when: When
    old: bool

    @classmethod
    def draw(cls, chance):
        return cls(chance.choice(CHAIN), chance.random() < 0.3, When.draw(chance), chance.random() < 0.5)

    def __str__(self):
        return f"{self.step}, {f'from {self.when} on' if self.later else 'from the start'}"

    def __call__(self, world, name):
        if not may_mount():
            return Outcome("skipped: no disk can be mounted")
        with case_of(world, self.step, name, old=self.old) as case, disk(case, 1 << 26):
            if not self.later:
                remount(case, "ro")
                run = case.start()
                run.finish()
                return ended(case, run)
            run = case.start()
            self.when.wait(case, run)
            became = remount(case, "ro")
            run.finish()
            remount(case, "rw")
            if became and run.status:  # nobody can remove what a disk that cannot be written to holds
                first = ended(case, run, killed=-run.status)
                again = case.start()
                again.finish()
                return Outcome("error", first.faults) + whole(case, again)
            return ended(case, run)


@dataclass(frozen=True)
class Damage:
    """A file among the inputs is damaged: cut, overwritten, emptied or gone."""

    KIND = "damaged input"
    WAYS = ("cut", "cut", "changed bytes", "changed bytes", "zeros", "emptied", "gone")

    step: str
    file: float
    how: str
    seed: int

    @classmethod
    def draw(cls, chance):
        steps = [name for name in STEPS if "RESUME" not in name]
        return cls(chance.choice(steps), chance.random(), chance.choice(cls.WAYS), chance.randrange(1 << 30))

    def __str__(self):
        return f"{self.step}, {self.how}, seed {self.seed}"

    def __call__(self, world, name):
        with case_of(world, self.step, name) as case:
            files = sorted(path for path in (case.folder / "in").rglob("*") if path.is_file())
            file = files[int(self.file * len(files))]
            where = f"{file.relative_to(case.folder / 'in')}: {spoil(file, self.how, self.seed)}"
            run = case.start()
            run.finish()
            # A cut file has lost something, and records hold check sums; other values may be another image.
            other = self.how != "cut" and not file.name.endswith(_RECORDED_SUMS)
            found = ended(case, run, other=other)
            return replace(found, faults=[f"{fault} ({where})" for fault in found.faults])


@dataclass(frozen=True)
class DamagedState:
    """A run with RESUME was killed, and what it kept for the next one is damaged."""

    KIND = "damaged state"

    step: str
    when: When
    file: float
    how: str
    seed: int

    @classmethod
    def draw(cls, chance):
        step = chance.choice(("train with RESUME", "apply with RESUME", "apply with RESUME"))
        when = When("work", round(chance.uniform(0.2, 0.95), 2))
        return cls(step, when, chance.random(), chance.choice(Damage.WAYS), chance.randrange(1 << 30))

    def __str__(self):
        return f"{self.step}, killed at {self.when}, then {self.how}, seed {self.seed}"

    def __call__(self, world, name):
        with case_of(world, self.step, name) as case:
            run = case.start()
            self.when.wait(case, run)
            run.kill(signal.SIGKILL)
            run.finish()
            files = sorted(path for path in (case.out / case.step.state).rglob("*") if path.is_file())
            if not files:
                return ended(case, run, killed=signal.SIGKILL)
            file = files[int(self.file * len(files))]
            where = f"{file.relative_to(case.out)}: {spoil(file, self.how, self.seed)}"
            clear(case.tmp)
            again = case.start()
            again.finish()
            found = ended(case, again)
            return replace(found, faults=[f"{fault} ({where})" for fault in found.faults])


@dataclass(frozen=True)
class Change:
    """An input changes while it is read."""

    KIND = "input changed"
    WAYS = ("rewritten in place", "cut", "gone", "replaced", "touched")

    step: str
    file: float
    how: str
    when: When
    seed: int

    @classmethod
    def draw(cls, chance):
        when = When(chance.choice(("start", "work")), round(chance.random(), 3))
        return cls(chance.choice(CHAIN), chance.random(), chance.choice(cls.WAYS), when, chance.randrange(1 << 30))

    def __str__(self):
        return f"{self.step}, {self.how}, {self.when}"

    def __call__(self, world, name):
        with case_of(world, self.step, name) as case:
            files = sorted(path for path in (case.folder / "in").rglob("*") if path.is_file())
            file = files[int(self.file * len(files))]
            run = case.start()
            self.when.wait(case, run)
            if self.how == "rewritten in place":
                spoil(file, "changed bytes", self.seed)
            elif self.how == "replaced":
                copy(file, file.with_name("other"))
                spoil(file.with_name("other"), "changed bytes", self.seed)
                file.with_name("other").replace(file)
            elif self.how == "touched":
                os.utime(file)
            else:
                spoil(file, self.how, self.seed)
            run.finish()
            found = ended(case, run, other=self.how != "touched")
            where = str(file.relative_to(case.folder))
            return replace(found, faults=[f"{fault} ({where})" for fault in found.faults])


@dataclass(frozen=True)
class Twice:
    """Two runs make one output at the same time; the first one may be killed meanwhile."""

    KIND = "two runs at once"

    step: str
    when: When
    kill: bool
    old: bool

    @classmethod
    def draw(cls, chance):
        return cls(chance.choice(CHAIN), When.draw(chance), chance.random() < 0.3, chance.random() < 0.5)

    def __str__(self):
        return f"{self.step}, the second {self.when} after the first{', which is killed' if self.kill else ''}"

    def __call__(self, world, name):
        with case_of(world, self.step, name, old=self.old) as case:
            first = case.start()
            self.when.wait(case, first)
            second = case.start()
            if self.kill:
                second.pause(_START * self.when.share)
                first.kill(signal.SIGKILL)
            for run in (first, second):
                run.finish()
            if self.kill and first.status:
                clear(case.tmp)
                third = case.start()
                third.finish()
                return Outcome("one killed") + whole(case, third)
            good = [run for run in (first, second) if run.status == 0]
            if not good:
                return Outcome("both failed", [f"loss: both runs failed: {first.said()[-300:]} {second.said()[-300:]}"])
            found = whole(case, good[-1])
            for run in (first, second):
                if run.status != 0 and ("is writing" not in run.said() or "Traceback" in run.said()):
                    found.faults.append(f"no readable error: {run.said()[-500:]}")
            return Outcome("both whole" if len(good) == 2 else "one refused", found.faults)


@dataclass(frozen=True)
class Clock:
    """The clock is set back while it works, or files come from the future."""

    KIND = "clock set back"

    step: str
    after: float
    future: str
    way: str

    @classmethod
    def draw(cls, chance):
        future = chance.choice(("", "inputs", "left behind"))
        return cls(chance.choice(CHAIN), round(chance.uniform(0, 6), 2), future, "job file")

    def __str__(self):
        return f"{self.step}, ten years back after {self.after} s" + (
            f", {self.future} of the future" * bool(self.future)
        )

    def __call__(self, world, name):
        with case_of(world, self.step, name) as case:
            if self.future == "inputs":
                age(case.folder / "in", YEARS)
            elif self.future == "left behind":
                killed = case.start()
                When("work", 0.6).wait(case, killed)
                killed.kill(signal.SIGKILL)
                killed.finish()
                clear(case.tmp)
                age(case.out, YEARS)
            folder = case.folder / "clock"
            folder.mkdir()
            (folder / "sitecustomize.py").write_text(_CLOCK.format(after=self.after, back=YEARS))
            run = case.start(PYTHONPATH=str(folder))
            run.finish()
            return whole(case, run)


_CLOCK = """

_time, _ns, _start, _after, _back = time.time, time.time_ns, time.time(), {after}, {back}
time.time = lambda: _time() - (_back if _time() - _start > _after else 0)
time.time_ns = lambda: _ns() - (int(_back * 1e9) if _time() - _start > _after else 0)
"""
KINDS = {one.KIND: one for one in (Kill, FullDisk, ReadOnly, Damage, DamagedState, Change, Twice, Clock)}


@contextlib.contextmanager
def case_of(world, step, name, *, old=False):
    """A case in a folder of its own, which is removed at the end with all processes in it."""
    world.undisturbed(STEPS[step].result)
    world.undisturbed(step)
    case = Case(world, STEPS[step], name, old=old)
    try:
        yield case
    finally:
        case.remove()
