"""Reports: one document model, made from results, written in many formats."""
