"""Lint mutants of templates: whatever the bytes, there is no exception, and the time follows the size.

The same seed makes the same mutants of the same files. A mutant that fails is saved; the run stops at the first.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import NamedTuple

from checks.fuzz.mutants import mutant, templates_below
from checks.fuzz.trial import try_out

ROOT = Path(__file__).parents[3]
OURS = (ROOT / "tests/rules", ROOT / "tests/unit/lint/hostile", ROOT / "tests/snapshots")
SAVED = ROOT / "build/fuzz"
_MEMORY = 2**31
"""Bytes of address space for a process: a mutant that needs more fails with MemoryError."""
_AT_ONCE = 500


class Part(NamedTuple):
    """How some runs went: outcomes, the slowest run and its seconds, and the faults by number of the run."""

    outcomes: Counter[str]
    slowest: tuple[float, int]
    faults: dict[int, str]


def main(arguments: list[str]) -> int:
    """Make and lint the mutants, say how it went; 1 if one of them failed."""
    options = _options(arguments)
    folders = [options.corpus] if options.corpus else list(OURS)
    templates = templates_below(folders)
    if not templates:
        sys.exit(f"no templates in {', '.join(map(str, folders))}")
    seed = options.seed
    print(f"fuzz: {options.runs} mutants of {len(templates)} files, seed {seed}", flush=True)
    SAVED.mkdir(parents=True, exist_ok=True)
    total, slowest, faults = Counter[str](), (0.0, 0), dict[int, str]()
    starts = range(options.start, options.start + options.runs, _AT_ONCE)
    begun = time.monotonic()
    try:
        with ProcessPoolExecutor(options.jobs, initializer=_bound_memory) as pool:
            run = partial(run_part, templates, seed, options.start + options.runs)
            for number, part in enumerate(pool.map(run, starts), 1):
                total += part.outcomes
                slowest = max(slowest, part.slowest)
                faults |= part.faults
                if number % 10 == 0:
                    print(f"  {total.total()} runs, {len(faults)} failed, {time.monotonic() - begun:.0f} s", flush=True)
                if faults and not options.go_on:
                    pool.shutdown(cancel_futures=True)
                    break
    except BrokenProcessPool:
        print(f"a process died; its mutant is {', '.join(map(str, SAVED.glob('running-*')))}")
        return 1
    print(f"{total.total()} runs, seed {seed}, {time.monotonic() - begun:.0f} s: {_counts(total)}")
    print(f"slowest: run {slowest[1]}, {slowest[0]:.2f} s of processor time")
    for run_number, fault in faults.items():
        print(f"run {run_number} failed; the mutant is {SAVED / f'{seed}-{run_number}.yaml'}\n{fault}")
    return int(bool(faults))


def run_part(templates: list[Path], seed: int, end: int, start: int) -> Part:
    """Lint some mutants. The one at hand is on disk, for the case that the process dies of it."""
    outcomes, slowest, faults = Counter[str](), (0.0, 0), dict[int, str]()
    running = SAVED / f"running-{os.getpid()}"
    for run in range(start, min(start + _AT_ONCE, end)):
        content = mutant(templates, seed, run)
        running.write_bytes(content)
        trial = try_out(content)
        outcomes[trial.outcome] += 1
        slowest = max(slowest, (trial.seconds, run))
        if trial.fault is not None:
            faults[run] = trial.fault
            (SAVED / f"{seed}-{run}.yaml").write_bytes(content)
    running.unlink()
    return Part(outcomes, slowest, faults)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder of templates (default: the fixtures of the tests)")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--start", type=int, default=0, help="number of the first run: to repeat one that failed")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--go-on", action="store_true", help="do not stop at the first mutant that fails")
    return parser.parse_args(arguments)


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _counts(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
