-- One row a referral, as it stood on the day: its first later step says what was so before. A
-- draft has been sent to nobody. The client and their facts are those of the guidance it followed.
SELECT
    referral.id,
    referral.source_id,
    $client,
    service.municipality,
    service.segment,
    service.employees,
    referral.referred_on,
    service.id AS guidance_id,
    COALESCE(later.recipient_before, referral.recipient) AS recipient,
    COALESCE(later.kind_before, referral.recipient_kind) AS recipient_kind,
    referral.purpose,
    COALESCE(later.state_before, referral.state) AS state
FROM referrals_referral AS referral
JOIN guidance_guidance AS service ON service.id = referral.guidance_id
LEFT JOIN referrals_step AS later ON later.id = (
    SELECT MIN(step.id) FROM referrals_step AS step
    WHERE step.referral_id = referral.id AND step.made_on > $as_of
)
$client_joins
WHERE referral.referred_on <= $as_of AND referral.state <> 'draft' AND service.withdrawn_at IS NULL
