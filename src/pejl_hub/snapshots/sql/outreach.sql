-- One row an approach; the company need not be a client, so its CVR number names it.
SELECT
    approach.id,
    approach.source_id,
    approach.contacted_on,
    'C' || approach.cvr AS client,
    approach.municipality,
    approach.employees,
    approach.with_local_service,
    approach.outcome
FROM outreach_approach AS approach
WHERE approach.contacted_on <= $as_of
