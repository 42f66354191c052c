-- One row a channel and month.
SELECT
    views.id,
    views.source_id,
    views.month,
    views.channel,
    views.views
FROM communication_channelviews AS views
WHERE views.month <= $as_of
