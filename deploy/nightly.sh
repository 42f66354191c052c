#!/bin/sh
# Every night at 03:30: the backup, proved; then what is sent in the morning. One that fails says so
# in the log, and the others go on.
# The first process of a container is deaf to SIGTERM until it says otherwise.
trap 'kill $! 2>/dev/null; exit 0' TERM INT
KEEP_DAYS="${PEJL_BACKUP_DAYS:-30}"
while :; do
    now=$(date +%s)
    next=$(date -d '03:30' +%s)
    [ "$next" -gt "$now" ] || next=$((next + 86400))
    sleep $((next - now)) &
    wait $!
    pejl backup &&
        newest=$(ls -1 /backups/pejl-*.tar | tail -1) &&
        pejl restore "$newest" --verify &&
        find /backups -name 'pejl-*.tar' -mtime "+$KEEP_DAYS" -delete
    pejl alerts check
    pejl alerts send
    pejl reminders send
    pejl survey enrol
    pejl survey send
    pejl privacy retain
    pejl snapshot prune
done
