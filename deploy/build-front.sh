#!/bin/sh
# build-front.sh VENV [install]: install what the front end is built from, and build it unless only that was asked for.
# A Node that is missing or too old is fetched from PyPI into the environment, with hashes checked like the rest.
set -eu
venv=$1
fits() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}
fits || {
    echo "No Node 20.19 or newer was found. It comes from PyPI, into $venv."
    "$venv/bin/python" deploy/install_lock.py requirements-node.txt
    hash -r
    fits || { echo "Node does not run here. Install Node 20.19 or newer, then try again." >&2; exit 1; }
}
# npm writes this file last, so that an installation which was broken off is begun again.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --ignore-scripts --no-progress --loglevel=error
fi
[ "${2:-build}" = install ] && exit 0
echo "Building the front end …"
node static/build.mjs
