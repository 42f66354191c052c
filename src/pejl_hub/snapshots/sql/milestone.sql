-- One row a milestone, due before the day or after it: a plan holds what is still to come.
-- What was done after the day is not yet done on it.
SELECT
    milestone.id,
    milestone.source_id,
    effort.goal,
    milestone.title,
    milestone.due_on,
    CASE WHEN milestone.done_on <= $as_of THEN milestone.done_on END AS done_on,
    CASE WHEN milestone.done_on > $as_of THEN 'running' ELSE milestone.state END AS state
FROM evidence_milestone AS milestone
JOIN evidence_effort AS effort ON effort.id = milestone.effort_id
