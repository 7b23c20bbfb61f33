-- What every role of the server may do: nothing here.
REVOKE ALL ON SCHEMA ledger, vault, audit, access FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA ledger, vault, audit, access FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger, vault, audit, access FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
