-- Removes addresses that ended or were revoked longer ago than so many days, and answers how many. It acts as its owner: whoever
-- removes addresses need not be able to read them.
CREATE OR REPLACE FUNCTION access.expire_feeds(days integer) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    removed bigint;
BEGIN
    IF days IS NULL OR days < 0 THEN
        RAISE EXCEPTION 'addresses are kept for no less than 0 days, not %', days
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM access.feeds
    WHERE least(expires_at, revoked_at) < clock_timestamp() - make_interval(days => days);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
