"""From a panel to comparisons: windows around guidance, amounts in them, cohorts stacked."""
