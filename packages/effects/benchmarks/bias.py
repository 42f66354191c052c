"""Bias by mirrored panels, as one command: python benchmarks/bias.py

A panel and its mirror (same firms guided, every random part of the outcome with its sign turned)
have opposite sampling errors, so that the mean of the pair shows the bias with hundreds of times
less noise than independent draws. Writes docs/bias.md.
"""

import argparse
from pathlib import Path

import numpy as np
from coverage import FIRMS, SCENARIOS, trial_of

from pejl_effects.simulate.trial import mirrored_means

DOCS = Path(__file__).parent.parent / "docs"
HEAD = """\
# Bias, by mirrored panels

Made by `python benchmarks/bias.py --pairs {pairs}`: {firms:,} firms, {pairs} pairs of a panel and
its mirror, true effect 0.10. The ± is the Monte Carlo standard error.

| estimator | assumptions hold | bias, share of the effect |
|---|---|---|
"""


def main() -> None:
    """Run every scenario of the coverage page and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100)
    options = parser.parse_args()
    rows = []
    for scenario in SCENARIOS:
        found = mirrored_means(trial_of(scenario.trial), scenario.recipe, options.pairs)
        share = found / scenario.recipe.effect - 1
        error = float(np.std(share, ddof=1)) / options.pairs**0.5
        hold = "yes" if scenario.assumptions else "no"
        rows.append(
            f"| {scenario.name} | {hold} | {100 * share.mean():+.3f} % ± {100 * error:.3f} |"
        )
        print(rows[-1], flush=True)
    head = HEAD.format(pairs=options.pairs, firms=FIRMS)
    (DOCS / "bias.md").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
