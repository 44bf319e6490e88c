#!/bin/sh
# What `make run` does once everything is installed: tables, demo people for an empty network, index, server.
set -eu
echo "Getting the network ready: tables, people, index, server …"
flask --app app db upgrade
flask --app app demo --only-if-empty
flask --app app search rebuild --only-if-needed
exec gunicorn --config deploy/gunicorn.conf.py app:app
