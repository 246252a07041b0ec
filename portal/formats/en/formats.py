# A date keeps together on its line: the spaces in it do not break.
DATE_FORMAT = "j\u00a0F\u00a0Y"
SHORT_DATE_FORMAT = "j.n.Y"
DATETIME_FORMAT = "j\u00a0F\u00a0Y,\u00a0G.i"
SHORT_DATETIME_FORMAT = "j.n.Y\u00a0G.i"
YEAR_MONTH_FORMAT = "F\u00a0Y"
TIME_FORMAT = "G.i"
