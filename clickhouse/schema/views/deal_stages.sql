-- Each stay of a deal in a stage while it was open: from when, until when (empty while it lasts).
CREATE OR REPLACE VIEW salgspuls.deal_stages AS
SELECT opportunity_id, stage, entered_at, left_at
FROM
(
    SELECT
        opportunity_id, stage, state, changed_at AS entered_at,
        leadInFrame(toNullable(changed_at)) OVER (
            PARTITION BY opportunity_id ORDER BY changed_at
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS left_at
    FROM
    (
        SELECT
            opportunity_id, changed_at, stage, toString(state) AS state,
            lagInFrame(concat(state, ' ', stage), 1, '') OVER (
                PARTITION BY opportunity_id ORDER BY changed_at
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS earlier
        FROM salgspuls.opportunity_changes
    )
    WHERE concat(state, ' ', stage) != earlier
)
WHERE state = 'open';
