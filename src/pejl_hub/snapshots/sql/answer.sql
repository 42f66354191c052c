-- One row an invitation to the evaluation. What was answered after the day is not yet answered.
-- Client, municipality and size are those of the guidance; the segment is the answer's own.
SELECT
    answer.id,
    answer.source_id,
    $client,
    service.municipality,
    answer.segment,
    service.employees,
    service.id AS guidance_id,
    answer.invited_on,
    CASE WHEN answer.answered_on <= $as_of THEN answer.answered_on END AS answered_on,
    CASE WHEN answer.answered_on <= $as_of THEN answer.nps END AS nps,
    CASE WHEN answer.answered_on <= $as_of THEN answer.referral_used END AS referral_used,
    service.priority_area,
    service.adviser,
    service.team
FROM surveys_answer AS answer
JOIN guidance_guidance AS service ON service.id = answer.guidance_id
$client_joins
WHERE (answer.invited_on <= $as_of OR answer.answered_on <= $as_of)
    AND service.withdrawn_at IS NULL
