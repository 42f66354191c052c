"""One evaluation in a new process: ``python -m benchmarks.cold CONTRACT SNAPSHOT``."""

import sys
from pathlib import Path

from pejl.contract.load import load
from pejl.indicators.evaluate import evaluate
from pejl.snapshot.store import open_snapshot

if __name__ == "__main__":
    snapshot = open_snapshot(Path(sys.argv[2]))
    evaluate(load(Path(sys.argv[1])), snapshot, snapshot.as_of)
