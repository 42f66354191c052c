-- One row a referral that an answer speaks of. The adviser is who had it on the day of the answer:
-- the first step after that day says who had it before. Client and facts are the guidance's.
SELECT
    said.id,
    CAST(NULL AS TEXT) AS source_id,
    $client,
    service.municipality,
    answer.segment,
    service.employees,
    answer.answered_on,
    referral.id AS referral_id,
    CAST(
        CASE WHEN later.id IS NULL THEN referral.provider_id ELSE later.provider_before_id END
        AS TEXT
    ) AS provider,
    said.used
FROM surveys_referralanswer AS said
JOIN surveys_answer AS answer ON answer.id = said.answer_id
JOIN referrals_referral AS referral ON referral.id = said.referral_id
JOIN guidance_guidance AS service ON service.id = referral.guidance_id
LEFT JOIN referrals_step AS later ON later.id = (
    SELECT MIN(step.id) FROM referrals_step AS step
    WHERE step.referral_id = referral.id AND step.made_on > answer.answered_on
)
$client_joins
WHERE answer.answered_on <= $as_of AND service.withdrawn_at IS NULL
