#!/bin/sh
# Installs the services that some tests start for themselves: PostgreSQL's server and Chromium.
# Needs root and apt; elsewhere it says what is missing and those tests skip.
set -u

missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"

if [ -z "$missing" ]; then
    echo "services: PostgreSQL and Chromium are there"
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "services:$missing missing, and only root with apt can install them here; their tests will skip"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# policy-rc.d keeps Debian from starting a server of its own: the tests start a private one.
if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
log=$(mktemp)
for package in $missing; do
    if { apt-get update && apt-get install -y --no-install-recommends "$package" fonts-dejavu-core; } >"$log" 2>&1; then
        echo "services: installed $package"
    else
        tail -n 5 "$log"
        echo "services: $package could not be installed; its tests will skip"
    fi
done
rm -f "$log"
exit 0
