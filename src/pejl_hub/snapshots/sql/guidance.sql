-- One row a guidance, with what was true of the client that day.
SELECT
    service.id,
    service.source_id,
    $client,
    service.municipality,
    service.segment,
    service.employees,
    service.held_on,
    service.type,
    service.state,
    service.channel,
    service.priority_area,
    service.need,
    industry.code AS industry,
    industry.nomenclature,
    service.adviser,
    service.team,
    service.minutes,
    service.recorded_on
FROM guidance_guidance AS service
$client_joins
-- The fact that held on the day: the newest before it, else the first afterwards.
LEFT JOIN companies_companyindustry AS industry ON industry.id = (
    SELECT fact.id
    FROM companies_companyindustry AS fact
    WHERE fact.company_id = company.id AND fact.code IS NOT NULL
    ORDER BY
        CASE WHEN fact.from_date <= service.held_on THEN 0 ELSE 1 END,
        CASE WHEN fact.from_date <= service.held_on THEN fact.from_date END DESC,
        fact.from_date,
        fact.id
    LIMIT 1
)
WHERE service.held_on <= $as_of AND service.withdrawn_at IS NULL
