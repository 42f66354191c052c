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
    service.adviser,
    service.team,
    service.minutes,
    service.recorded_on
FROM guidance_guidance AS service
$client_joins
WHERE service.held_on <= $as_of
