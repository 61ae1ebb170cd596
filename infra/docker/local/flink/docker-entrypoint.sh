#!/bin/bash
# Understands what Apache's image understands, as far as compose.yaml uses it: jobmanager, taskmanager, standalone-job, and
# FLINK_PROPERTIES with further configuration. Flink's own BashJavaUtils computes the memory of the process.
set -euo pipefail

conf=$(mktemp -d)
cp "$FLINK_HOME"/conf/* "$conf"
cat "$FLINK_HOME/conf/config.yaml" <(printf '%s\n' "${FLINK_PROPERTIES:-}") | awk -F': ' '
  /^[[:space:]]*(#|$)/ { next }
  { key = $1; gsub(/^[[:space:]]+/, "", key); if (!(key in value)) order[++n] = key; value[key] = substr($0, index($0, ": ") + 2) }
  END { for (i = 1; i <= n; i++) print order[i] ": " value[order[i]] }' > "$conf/config.yaml"

classpath="$FLINK_HOME/lib/*"
role=$1
shift
case $role in
  jobmanager) main=org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint params=GET_JM_RESOURCE_PARAMS ;;
  standalone-job)
    main=org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint params=GET_JM_RESOURCE_PARAMS ;;
  taskmanager) main=org.apache.flink.runtime.taskexecutor.TaskManagerRunner params=GET_TM_RESOURCE_PARAMS ;;
  *) exec "$role" "$@" ;;
esac

setting() {
  sed -n "s/^$1: *//p" "$conf/config.yaml"
}

mapfile -t computed < <(java -cp "$FLINK_HOME/bin/bash-java-utils.jar:$classpath" \
  org.apache.flink.runtime.util.bash.BashJavaUtils $params --configDir "$conf" |
  sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p')
kind=${role/standalone-job/jobmanager}
# shellcheck disable=SC2086,SC2046 # Several options each.
exec java ${computed[0]} $(setting env.java.opts.all) $(setting "env.java.opts.$kind") \
  -Dlog4j.configurationFile="file:$conf/log4j-console.properties" \
  -cp "$classpath" "$main" --configDir "$conf" ${computed[1]:-} "$@"
