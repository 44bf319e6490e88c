#!/bin/sh
# Journeys need a browser. Install Debian's where that can be done; elsewhere they say that they were skipped.
# The one without windows comes first: it does the same work for two thirds of the processor.
set -u
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the journeys …"
    apt-get update -qq
    for name in chromium-headless-shell chromium; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$name" >/dev/null && exit 0
    done
fi
echo "No Chromium was found and none can be installed here: the journeys in a browser will be skipped." >&2
