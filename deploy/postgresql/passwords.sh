#!/usr/bin/env bash
# For containers, where the processes come over the network: gives the logins of roles.sql their passwords, once, when
# the cluster is made.

set -euo pipefail
psql -X -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres \
    -v migrate="$MIGRATE_PASSWORD" -v service="$SERVICE_PASSWORD" -v worker="$WORKER_PASSWORD" <<'END'
ALTER ROLE gleichtakt PASSWORD :'migrate';
ALTER ROLE "gleichtakt-service" PASSWORD :'service';
ALTER ROLE "gleichtakt-worker" PASSWORD :'worker';
END
