#!/usr/bin/env bash
# Starts and ends a Docker engine for tests, on a Debian where nothing starts one by itself; as root. Everything it writes is
# in one directory: its images, its socket, its log.
#
#   infra/docker/engine.sh start DIRECTORY    then: export DOCKER_HOST=unix://DIRECTORY/docker.sock
#   infra/docker/engine.sh stop DIRECTORY     ends it and removes the directory
set -euo pipefail

usage() {
  echo "engine.sh: expected start or stop and a directory, found: $*" >&2
  exit 2
}
[ $# -eq 2 ] || usage "$@"
directory=$(realpath -m "$2")

# --ip: the ports of containers are published on the loopback address alone.
start() {
  mkdir -p "$directory"
  setsid dockerd --host "unix://$directory/docker.sock" --data-root "$directory/data" --exec-root "$directory/exec" \
    --pidfile "$directory/dockerd.pid" --ip 127.0.0.1 > "$directory/dockerd.log" 2>&1 < /dev/null &
  local engine=$! deadline=$((SECONDS + 30))
  until docker --host "unix://$directory/docker.sock" version >/dev/null 2>&1; do
    if ! kill -0 "$engine" 2>/dev/null || [ $SECONDS -gt $deadline ]; then
      echo "engine.sh: expected a Docker engine within 30 s, found none; the end of its log:" >&2
      tail -n 5 "$directory/dockerd.log" >&2
      stop
      exit 1
    fi
    sleep 0.2
  done
}

stop() {
  local engine
  engine=$(cat "$directory/dockerd.pid" 2>/dev/null || true)
  if [ -n "$engine" ] && kill "$engine" 2>/dev/null; then
    # It stops its containers first.
    timeout 60 tail --pid="$engine" -f /dev/null || kill -9 "$engine" 2>/dev/null || true
  fi
  rm -rf "$directory"
}

case $1 in
  start) start ;;
  stop) stop ;;
  *) usage "$@" ;;
esac
