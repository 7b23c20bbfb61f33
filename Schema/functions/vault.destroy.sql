-- Destroys the keys of persons, those included who never had one, and numbers the erasures. Who is erased already is
-- passed over. Answers how many were erased now.
CREATE OR REPLACE FUNCTION vault.destroy(subjects uuid[]) RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
    erased integer;
BEGIN
    -- One after the other until each is committed, so that numbers become visible in their order.
    PERFORM pg_advisory_xact_lock(hashtextextended('vault.destroy', 0));
    INSERT INTO vault.person_keys AS kept (subject, master_key_id, wrapped)
    SELECT DISTINCT subject, NULL::text, NULL::bytea FROM unnest(subjects) AS subject ORDER BY subject
    ON CONFLICT ON CONSTRAINT person_keys_pkey DO UPDATE SET master_key_id = NULL, wrapped = NULL
    WHERE kept.wrapped IS NOT NULL;
    INSERT INTO vault.erasures (number, subject)
    SELECT (SELECT coalesce(max(number), 0) FROM vault.erasures) + row_number() OVER (ORDER BY subject), subject
    FROM (SELECT DISTINCT subject FROM unnest(subjects) AS subject) AS persons
    WHERE NOT EXISTS (SELECT FROM vault.erasures AS known WHERE known.subject = persons.subject);
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END
$$;
