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
    figure.file_sha256,
    figure.method,
    figure.interval_by,
    figure.period_from,
    figure.period_to,
    figure.asked,
    figure.mix
FROM evidence_reportedfigure AS figure
WHERE figure.measured_on <= $as_of AND figure.withdrawn_at IS NULL
