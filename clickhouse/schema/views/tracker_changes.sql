-- By minute in which trackers were changed: what is listened for since, and what no longer is.
CREATE OR REPLACE VIEW salgspuls.tracker_changes AS
SELECT
    toStartOfMinute(received_at) AS time,
    time AS time_end,
    groupArraySortedIf(20)(name, NOT removed) AS changed,
    groupArraySortedIf(20)(name, removed) AS removed_names,
    count() AS trackers
FROM salgspuls_store.trackers FINAL
WHERE received_at >= {from:DateTime64(3)} AND received_at <= {to:DateTime64(3)}
GROUP BY time;
