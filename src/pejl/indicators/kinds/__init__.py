"""One file for each kind of goal in the contract's measure language, and the table of them."""

from pejl.indicators.kinds import (
    count,
    distinct,
    level_growth,
    monthly_mean,
    months_met,
    narrative,
    newcomers,
    nps,
    reported,
    share,
    share_of_distinct,
    sum,
)
from pejl.indicators.kinds.counted import Counted
from pejl.indicators.kinds.dated import Dated
from pejl.indicators.kinds.monthly import Monthly

Kind = Counted | Monthly | Dated

KINDS: dict[str, Kind] = {
    "count": count.KIND,
    "sum": sum.KIND,
    "distinct": distinct.KIND,
    "share": share.KIND,
    "share_of_distinct": share_of_distinct.KIND,
    "newcomers": newcomers.KIND,
    "level_growth": level_growth.KIND,
    "monthly_mean": monthly_mean.KIND,
    "months_met": months_met.KIND,
    "nps": nps.KIND,
    "reported": reported.KIND,
    "narrative": narrative.KIND,
}
