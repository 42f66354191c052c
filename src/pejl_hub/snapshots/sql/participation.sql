-- One row a course or grant, as it was at the end of the day asked for. Amounts travel as whole
-- øre: databases differ in their decimals.
SELECT
    service.id,
    service.source_id,
    $client,
    service.municipality,
    service.segment,
    service.employees,
    COALESCE(next.stated_before, service.stated_on) AS stated_on,
    COALESCE(next.from_state, service.state) AS state,
    service.form,
    programme.name AS programme,
    round.name AS round,
    round.national AS national_programme,
    CAST(ROUND(service.applied_amount * 100) AS BIGINT) AS applied_amount,
    CAST(ROUND(
        CASE WHEN commitment.id IS NULL THEN service.committed_amount
        ELSE commitment.amount_before END * 100
    ) AS BIGINT) AS committed_amount,
    CAST(ROUND(service.own_contribution * 100) AS BIGINT) AS own_contribution
FROM programmes_participation AS service
JOIN programmes_round AS round ON round.id = service.round_id
JOIN programmes_programme AS programme ON programme.id = round.programme_id
$client_joins
-- The first move after the day says what the record was on it. Without one, what the record is
-- now holds; so it is for an imported record, of which the source tells no history, and for one
-- that an import has written since the move (the import clears the stamp of the edit).
LEFT JOIN programmes_statechange AS next
    ON service.edited_at IS NOT NULL
    AND next.id = (
        SELECT MIN(move.id)
        FROM programmes_statechange AS move
        WHERE move.participation_id = service.id AND move."on" > $as_of
    )
LEFT JOIN programmes_statechange AS commitment
    ON next.id IS NOT NULL
    AND commitment.participation_id = service.id
    AND commitment.to_state = 'committed'
    AND commitment."on" > $as_of
WHERE COALESCE(next.stated_before, service.stated_on) <= $as_of
