-- One row a referral; the client and their facts are those of the guidance it followed.
SELECT
    referral.id,
    referral.source_id,
    $client,
    service.municipality,
    service.segment,
    service.employees,
    referral.referred_on,
    service.id AS guidance_id,
    referral.recipient,
    referral.recipient_kind,
    referral.purpose,
    referral.state
FROM referrals_referral AS referral
JOIN guidance_guidance AS service ON service.id = referral.guidance_id
$client_joins
WHERE referral.referred_on <= $as_of
