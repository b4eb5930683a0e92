-- Each deal: as it stood at a moment (won or lost by its day of closing, else open with the values it had then; no
-- state before it was known), and as it is known now. One that was removed counts in no range any more.
CREATE OR REPLACE VIEW salgspuls.deals_known AS
SELECT
    opportunity_id, seller_id, customer_id, name, currency,
    tupleElement(last_known, 1) AS state_now,
    tupleElement(last_known, 2) AS closed_on_now,
    tupleElement(last_known, 3) AS actual_value_now,
    ifNull(closed_on_now <= toDate32({at:DateTime64(3)}, {tz:String}), 0) AS is_closed,
    multiIf(state_now = 'removed', '', is_closed, state_now, known_since <= {at:DateTime64(3)}, 'open', '') AS state,
    tupleElement(known_then, 1) AS stage,
    tupleElement(known_then, 2) AS estimated_value,
    tupleElement(known_then, 3) AS win_probability,
    tupleElement(known_then, 4) AS estimated_close_on
FROM
(
    SELECT
        opportunity_id,
        argMax(seller_id, changed_at) AS seller_id,
        argMax(customer_id, changed_at) AS customer_id,
        argMax(name, changed_at) AS name,
        argMax(currency, changed_at) AS currency,
        argMax((toString(state), closed_on, toFloat64(actual_value)), changed_at) AS last_known,
        argMaxIf(
            (stage, toFloat64(estimated_value), win_probability, estimated_close_on),
            changed_at, changed_at <= {at:DateTime64(3)}
        ) AS known_then,
        min(changed_at) AS known_since
    FROM salgspuls.opportunity_changes
    GROUP BY opportunity_id
);
