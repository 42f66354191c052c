"""The design of a measurement as data: windows, cohorts, growth, control group."""
