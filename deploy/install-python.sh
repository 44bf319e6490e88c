#!/bin/sh
# install-python.sh PYTHON VENV LOCK: make the environment and install the lock, with hashes checked.
set -eu
python=$1 venv=$2 lock=$3
command -v "$python" >/dev/null || {
    echo "No $python was found. Common Practice needs Python 3.11 or newer. Set PYTHON=/path/to/python3." >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Common Practice needs Python 3.11 or newer; $("$python" --version) is too old. Set PYTHON=/path/to/python3." >&2
    exit 1
}
echo "Installing $lock …"
if command -v uv >/dev/null; then
    [ -x "$venv/bin/python" ] || uv venv --quiet --seed --python "$python" "$venv"
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
else
    [ -x "$venv/bin/pip" ] || "$python" -m venv "$venv" || {
        rm -rf "$venv"
        echo "Python cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    }
    "$venv/bin/python" deploy/install_lock.py "$lock"
fi

# Compiled once here: starts are twice as fast, and an old library's warnings are not shown to people.
"$venv/bin/python" -W ignore -m compileall -q -j 0 "$venv/lib" >/dev/null 2>&1 || true
