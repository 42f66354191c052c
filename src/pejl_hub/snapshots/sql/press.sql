-- One row an article or case.
SELECT
    press.id,
    press.source_id,
    press.published_on,
    press.outlet,
    press.title,
    press.kind,
    press.link
FROM communication_press AS press
WHERE press.published_on <= $as_of
