-- One row a sign-up, dated by its event, with the programme that the event belongs to.
SELECT
    service.id,
    service.source_id,
    $client,
    service.municipality,
    service.segment,
    service.employees,
    event.held_on,
    service.state,
    event.title AS event,
    event.id AS event_id,
    event.form,
    event.priority_area,
    programme.name AS programme,
    COALESCE(round.national, $no) AS national_programme
FROM events_attendance AS service
JOIN events_event AS event ON event.id = service.event_id
LEFT JOIN programmes_round AS round ON round.id = event.round_id
LEFT JOIN programmes_programme AS programme ON programme.id = round.programme_id
$client_joins
WHERE event.held_on <= $as_of
