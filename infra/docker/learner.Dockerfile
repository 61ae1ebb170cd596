# The learner job on Flink: for application mode (compose.yaml, infra/kubernetes). Build it with build.sh, which stages what is
# copied here.
ARG FLINK_IMAGE=flink:2.2.1-java17
FROM ${FLINK_IMAGE}

# ND4J's natives load once in a process, so they are the cluster's and not the job's. Empty: kinds mlp and seq2seq are refused.
COPY --chown=9999:9999 cluster-lib/ /opt/flink/lib/
COPY --chown=9999:9999 job.jar /opt/flink/usrlib/millrace-learner.jar

# Checkpoints, in a volume that takes over who owns it.
USER root
RUN mkdir -p /flink-state && chown 9999:9999 /flink-state
USER 9999:9999
ENV OMP_NUM_THREADS=1
