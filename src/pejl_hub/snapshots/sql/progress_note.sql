-- One row a dated note.
SELECT
    note.id,
    note.source_id,
    effort.goal,
    note.noted_on,
    note.state,
    note.text
FROM evidence_progressnote AS note
JOIN evidence_effort AS effort ON effort.id = note.effort_id
WHERE note.noted_on <= $as_of
