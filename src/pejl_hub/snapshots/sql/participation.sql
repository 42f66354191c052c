-- One row a course or grant. Amounts travel as whole øre: databases differ in their decimals.
SELECT
    service.id,
    service.source_id,
    $client,
    service.municipality,
    service.segment,
    service.employees,
    service.stated_on,
    service.state,
    service.form,
    programme.name AS programme,
    round.name AS round,
    round.national AS national_programme,
    CAST(ROUND(service.applied_amount * 100) AS BIGINT) AS applied_amount,
    CAST(ROUND(service.committed_amount * 100) AS BIGINT) AS committed_amount,
    CAST(ROUND(service.own_contribution * 100) AS BIGINT) AS own_contribution
FROM programmes_participation AS service
JOIN programmes_round AS round ON round.id = service.round_id
JOIN programmes_programme AS programme ON programme.id = round.programme_id
$client_joins
WHERE service.stated_on <= $as_of
