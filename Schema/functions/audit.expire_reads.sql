-- Removes looks that were recorded longer ago than so many days, and answers how many. It acts as its owner, so that nobody who
-- works with the log can remove anything from it but by its age.
CREATE OR REPLACE FUNCTION audit.expire_reads(days integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    removed bigint;
BEGIN
    IF days IS NULL OR days < 30 THEN
        RAISE EXCEPTION 'looks are kept for at least 30 days, not %', days USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM audit.reads WHERE at < clock_timestamp() - make_interval(days => days);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
