-- A deal that its CRM has deleted, or merged into another, counts nowhere any more.

ALTER TABLE salgspuls_store.opportunity_changes
    MODIFY COLUMN state Enum8('open' = 1, 'won' = 2, 'lost' = 3, 'removed' = 4);
