#!/usr/bin/env bash
# Builds the images millrace-learner and millrace-serving from what "mvn package" left. Base images, jars and the tag come from
# the environment; with LOCAL=yes the base images are those of local-images.sh, for where no registry can be reached.
set -euo pipefail
cd "$(dirname "$0")/../.."

tag=${TAG:-0.1.0}
if [ "${LOCAL:-no}" = yes ]; then
  FLINK_IMAGE=${FLINK_IMAGE:-millrace-local/flink:2.2.1-java17}
  JAVA_IMAGE=${JAVA_IMAGE:-millrace-local/java:17}
fi
job_jar=${JOB_JAR:-$(ls jobs/learner/target/millrace-learner-*-job.jar)}
cluster_lib=${CLUSTER_LIB:-jobs/neural/target/cluster-lib}
local_jar=$(ls infra/local/target/millrace-local-*.jar)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

mkdir -p "$stage/learner/cluster-lib" "$stage/serving/lib"
cp "$job_jar" "$stage/learner/job.jar"
if [ -d "$cluster_lib" ]; then
  cp "$cluster_lib"/*.jar "$stage/learner/cluster-lib/"
else
  echo "build.sh: no directory $cluster_lib; the learner will refuse policies of the kinds mlp and seq2seq" >&2
fi

cp "$local_jar" "$stage/serving/lib/"
tr ':' '\n' < infra/local/target/runtime/classpath | while read -r jar; do
  cp "$jar" "$stage/serving/lib/"
done
cp infra/docker/serving/millrace infra/docker/serving/healthy "$stage/serving/"
chmod 0755 "$stage/serving/millrace" "$stage/serving/healthy"

docker build -q -t "millrace-learner:$tag" -f infra/docker/learner.Dockerfile \
  ${FLINK_IMAGE:+--build-arg FLINK_IMAGE="$FLINK_IMAGE"} "$stage/learner"
docker build -q -t "millrace-serving:$tag" -f infra/docker/serving.Dockerfile \
  ${JAVA_IMAGE:+--build-arg JAVA_IMAGE="$JAVA_IMAGE"} "$stage/serving"
