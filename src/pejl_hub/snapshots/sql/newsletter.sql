-- One row a day on which the level was read.
SELECT
    level.id,
    level.source_id,
    level.measured_on,
    level.subscribers
FROM communication_newsletterlevel AS level
WHERE level.measured_on <= $as_of
