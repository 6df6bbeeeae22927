"""Judge a list in a process of its own, for the tests that interrupt one, starve it of space or measure its memory.

Run as `python -m tests.caselist.worker LIST RESULT SCHEMES [BYTES]`; with BYTES no file may grow beyond them.
It prints the keys of what it says, and last its greatest memory in KiB.
"""

from __future__ import annotations

import resource
import sys
from datetime import date
from pathlib import Path

from assistant.caselist.judging import Desk
from assistant.caselist.reading import ListError, open_list
from assistant.caselist.running import judge_list
from assistant.caselist.spellings import load_spellings
from assistant.settings import ROOT
from assistant.texts import DEFAULT, load_texts
from rules.judge import Judge
from rules.lawbook import load_law


def main(source: str, target: str, schemes: str, largest: str = "") -> None:
    law, texts = load_law(), load_texts(ROOT / "locales")[DEFAULT]
    desk = Desk(Judge(law), texts, date(2026, 11, 22), tuple(schemes.split(",")))
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), resource.RLIM_INFINITY))
    try:
        cases = open_list(Path(source), load_spellings(law, texts))
        judge_list(cases, Path(target), desk, False, lambda key, **_: print(key, flush=True), lambda: None)
    except ListError as error:
        print(error.key)
        sys.exit(2)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main(*sys.argv[1:])
