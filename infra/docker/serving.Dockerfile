# The millrace command: serving replicas, simulated users, administration. Build it with build.sh, which stages what is copied
# here. Its root file system may be read-only; it writes to /tmp alone.
ARG JAVA_IMAGE=eclipse-temurin:17-jre
FROM ${JAVA_IMAGE}

COPY lib/ /opt/millrace/lib/
COPY millrace /usr/local/bin/millrace
COPY healthy /usr/local/bin/healthy

# A number: Kubernetes can then see that it is not root.
USER 10001:10001
WORKDIR /tmp
ENV MILLRACE_HEAP="-XX:MaxRAMPercentage=60" OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=6 CMD ["healthy"]
ENTRYPOINT ["millrace"]
CMD ["serve", "--host", "0.0.0.0"]
