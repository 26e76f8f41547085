#!/bin/sh
# Starts Yizhan on this PC and for the tablets of the local network.
case $0 in */*) exec "${0%/*}/start.sh" --lan "$@" ;; esac
exec ./start.sh --lan "$@"
