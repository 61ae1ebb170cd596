#!/usr/bin/env bash
# Runs the compose file with locally built images, without Grafana, until both replicas serve what was learned from simulated
# users and Prometheus reads every part; then takes it all down. Exit status 0: that came about within two minutes.
set -euo pipefail
cd "$(dirname "$0")"

export KAFKA_IMAGE=millrace-local/kafka:$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' ../../pom.xml)
export PROMETHEUS_IMAGE=millrace-local/prometheus:debian FEEDBACK_SECRET_FILE COMPOSE_PROJECT_NAME=millrace-check
compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

missing=()
for image in java:17 kafka:"${KAFKA_IMAGE#*:}" flink:2.2.1-java17 prometheus:debian; do
  docker image inspect "millrace-local/$image" >/dev/null 2>&1 || missing+=("${image%%:*}")
done
[ ${#missing[@]} -eq 0 ] || ./local-images.sh "${missing[@]}"
LOCAL=yes ./build.sh

FEEDBACK_SECRET_FILE=$(mktemp)
head -c 48 /dev/urandom | base64 > "$FEEDBACK_SECRET_FILE"
chmod 0444 "$FEEDBACK_SECRET_FILE"
trap 'compose down -v >/dev/null 2>&1; rm -f "$FEEDBACK_SECRET_FILE"' EXIT
compose up -d kafka prepare jobmanager taskmanager serving-a serving-b simulator prometheus

get() { curl -s -m 3 "http://$(compose port "$1" "$2")$3" || true; }
learned() {
  local number
  number=$(get "$1" 8080 /v1/policies | grep -o '"trajectoriesLearned":[0-9]*' | tr -dc '0-9')
  echo "${number:-0}"
}
parts_read() { get prometheus 9090 '/api/v1/targets?state=active' | grep -o '"health":"up"' | wc -l; }

# Two replicas, a job manager and two task managers.
deadline=$((SECONDS + 120))
until [ "$(learned serving-a)" -ge 1000 ] && [ "$(learned serving-b)" -ge 1000 ] && [ "$(parts_read)" -eq 5 ]; do
  if [ $SECONDS -gt $deadline ]; then
    echo "check.sh: expected 1,000 trajectories learned and 5 parts read, found $(learned serving-a), $(learned serving-b) and $(parts_read)" >&2
    compose ps >&2
    compose logs --tail=20 >&2
    exit 1
  fi
  sleep 2
done
echo "compose: $(learned serving-a) trajectories learned and served, $(parts_read) parts read by Prometheus"
