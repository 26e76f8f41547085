#!/bin/sh
# As root: sudo service/install-service.sh; --help says what it does.
folder=$(CDPATH='' cd -- "${0%/*}/.." && pwd -P) || exit 3
exec "$folder/runtime/bin/node" "$folder/service/service.mjs" install "$@"
