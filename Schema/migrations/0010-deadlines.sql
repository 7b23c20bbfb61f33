-- Deadlines, and findings about them: timing has to look at every case and household once, those at rest too.
UPDATE timing.agenda SET due_on = '-infinity', waiting_since = clock_timestamp() WHERE due_on > '-infinity';
