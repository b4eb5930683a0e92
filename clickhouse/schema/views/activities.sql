-- Time that sellers spent, as the CRM logged it: e-mail, phone, meeting.
CREATE OR REPLACE VIEW salgspuls.activities AS
SELECT activity_id, seller_id, opportunity_id, kind, started_at, duration_minutes, with_customer
FROM salgspuls_store.activities FINAL;
