-- One row a figure reported by others.
SELECT
    figure.id,
    figure.source_id,
    figure.goal,
    figure.measured_on,
    CAST(figure.value AS DOUBLE PRECISION) AS value,
    figure.n,
    CAST(figure.interval_low AS DOUBLE PRECISION) AS interval_low,
    CAST(figure.interval_high AS DOUBLE PRECISION) AS interval_high,
    figure.reported_by AS source,
    figure.file_sha256
FROM evidence_reportedfigure AS figure
WHERE figure.measured_on <= $as_of
