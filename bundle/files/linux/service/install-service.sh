#!/bin/sh
# As root: sudo service/install-service.sh; --help says what it does.
case $0 in */*) folder=${0%/*} ;; *) folder=. ;; esac
folder=$(CDPATH='' cd -- "$folder/.." && pwd -P) || exit 3
exec "$folder/runtime/bin/node" "$folder/service/service.mjs" install "$@"
