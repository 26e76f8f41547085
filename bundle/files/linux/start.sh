#!/bin/sh
# Starts Yizhan on this PC until Ctrl-C, or until this window is closed.
case $0 in */*) yizhan=${0%/*}/yizhan ;; *) yizhan=./yizhan ;; esac
[ -t 0 ] || exec "$yizhan" start "$@"
trap : INT
"$yizhan" start "$@"
code=$?
printf '\nYizhan 已停止（退出码 %s），按回车键关闭窗口。\nYizhan has stopped (exit code %s). Press Enter to close.\n' "$code" "$code"
read -r _
exit "$code"
