"""First content of the dated country lists. Each list names its source; people keep it current."""

import datetime as dt

COVERED_FROM = dt.date(2012, 11, 13)
COVERED_SOURCE = "US Conflict Minerals Rule (13p-1): DR Congo and adjoining countries"
COVERED = "CD AO BI CF CG RW SS TZ UG ZM"

CAHRA_FROM = dt.date(2020, 12, 17)
CAHRA_SOURCE = (
    "EU indicative list, first edition of December 2020, whole countries; "
    "check it against the current edition"
)
CAHRA = "AF BF BI CD CF CM CO EG ER IN LY ML MM MX MZ NE NG PH PK SD SO SS TD UA VE YE ZW"

TRANSIT_FROM = dt.date(2013, 1, 1)
TRANSIT_SOURCE = "RMI country-of-origin levels: known or plausible transit countries (level 2)"
TRANSIT = "KE MZ ZA"
