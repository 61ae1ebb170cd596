#!/usr/bin/env bash
# Builds stand-ins for the base images where no image registry can be reached, on Debian as root: Java from Debian's packages,
# Kafka from Maven's jars (with Apache's own KafkaDockerWrapper, so that it is configured as apache/kafka is), Flink from the
# PyPI package apache-flink-libraries, Prometheus from Debian. Give the names of those wanted; default: all.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

flink=2.2.1
kafka=$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$root/pom.xml")
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

require() {
  command -v "$1" >/dev/null || { echo "local-images.sh: expected $1, found none; apt-get install $2" >&2; exit 1; }
}

java_image() {
  require mmdebstrap mmdebstrap
  # shellcheck disable=SC2016 # mmdebstrap's hooks expand $1
  mmdebstrap --quiet --variant=minbase --include=openjdk-17-jre-headless,ca-certificates \
    --essential-hook='mkdir -p "$1/usr/share/man/man1"' \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" - /etc/apt/sources.list.d/debian.sources |
    docker import -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8' - millrace-local/java:17
}

kafka_image() {
  mkdir -p "$stage/kafka"
  cp -r "$here/local/kafka/." "$stage/kafka/"
  mvn -q -B -ntp -f "$here/local/kafka" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$stage/kafka/lib"
  docker build -q -t "millrace-local/kafka:$kafka" "$stage/kafka"
}

flink_image() {
  require pip3 python3-pip
  local wheel=${FLINK_WHEEL:-}
  if [ -z "$wheel" ]; then
    pip3 download -q --no-deps -d "$stage" "apache-flink-libraries==$flink"
    wheel=$(ls "$stage"/apache_flink_libraries-*.whl)
  fi
  mkdir -p "$stage/flink"
  python3 - "$wheel" "$stage/flink/dist" <<'PYTHON'
import sys, zipfile
wanted = ("lib/flink-dist", "lib/log4j", "lib/flink-connector-files", "bin/", "plugins/metrics-prometheus", "opt/flink-s3")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith("pyflink/") and name[len("pyflink/"):].startswith(wanted):
            wheel.extract(name, sys.argv[2])
PYTHON
  cp "$here"/local/flink/* "$stage/flink/"
  docker build -q -t "millrace-local/flink:$flink-java17" -f "$stage/flink/Dockerfile" "$stage/flink"
}

prometheus_image() {
  require prometheus prometheus
  mkdir -p "$stage/prometheus"
  cp "$(command -v prometheus)" "$here/local/prometheus/Dockerfile" "$stage/prometheus/"
  docker build -q -t millrace-local/prometheus:debian "$stage/prometheus"
}

for image in "${@:-java kafka flink prometheus}"; do
  # shellcheck disable=SC2086 # The default is several names.
  for name in $image; do
    echo "local-images.sh: $name" >&2
    "${name}_image"
  done
done
