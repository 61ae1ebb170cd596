package io.millrace.local.admin;

import io.millrace.policy.wire.ImportedParameters;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.UndecodableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of a policy that can be rolled back to: those of which the snapshots topic still holds every chunk. */
public final class KeptVersions {

    private static final Logger LOG = LoggerFactory.getLogger(KeptVersions.class);

    private static final int SHOWN = 10;

    private final KafkaAccess kafka;

    public KeptVersions(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    private static final class Chunks {
        private final ParameterSnapshot first;
        private final BitSet seen = new BitSet();

        Chunks(ParameterSnapshot first) {
            this.first = first;
        }

        boolean complete() {
            return seen.cardinality() == first.getChunks();
        }
    }

    private record Identity(long epoch, long version, int slot) {}

    /** All of them, newest first. */
    public List<KeptVersion> of(String policy) {
        Topic<ParameterSnapshot> topic = kafka.topics().snapshots();
        Map<Identity, Chunks> snapshots = new HashMap<>();
        new TopicScan(kafka).scan(topic, record -> {
            if (record.value() == null || !record.key().startsWith(policy + "/")) {
                return;
            }
            try {
                ParameterSnapshot chunk = topic.codec().decode(record.value());
                if (!ImportedParameters.isImported(chunk)) {
                    snapshots
                            .computeIfAbsent(
                                    new Identity(chunk.getEpoch(), chunk.getVersion(), chunk.getSlot()),
                                    id -> new Chunks(withoutPayload(chunk)))
                            .seen
                            .set(chunk.getChunk());
                }
            } catch (UndecodableException e) {
                LOG.warn("{} at offset {} skipped: {}", topic.name(), record.offset(), e.getMessage());
            }
        });
        return snapshots.values().stream()
                .filter(Chunks::complete)
                .map(chunks -> version(chunks.first))
                .sorted(Comparator.comparingLong(KeptVersion::epoch)
                        .thenComparingLong(KeptVersion::version)
                        .reversed())
                .collect(Collectors.collectingAndThen(Collectors.toList(), KeptVersions::once));
    }

    /**
     * The one that is meant.
     *
     * @param epoch needed only where epochs have other parameters under the same version
     * @throws IllegalArgumentException when there is none, or more than one; the message names those that there are
     */
    public KeptVersion choose(String policy, long version, OptionalLong epoch) {
        List<KeptVersion> kept = of(policy);
        List<KeptVersion> fitting = kept.stream()
                .filter(candidate -> candidate.version() == version)
                .filter(candidate -> epoch.isEmpty() || epoch.getAsLong() == candidate.epoch())
                .toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("--to-version: expected one of the versions of policy '" + policy
                    + "' that Kafka still holds, " + show(kept) + ", found "
                    + (epoch.isPresent() ? epoch.getAsLong() + "." : "") + version);
        }
        // A learner that was restored publishes the version that it goes on from again: the same parameters.
        if (fitting.stream().mapToInt(KeptVersion::checksum).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "--to-version: expected one version, found " + show(fitting) + ", which differ; add --epoch");
        }
        return fitting.get(0);
    }

    private static String show(List<KeptVersion> versions) {
        if (versions.isEmpty()) {
            return "(there are none: a learner that runs keeps one every publish.snapshot-every)";
        }
        String shown = versions.stream().limit(SHOWN).map(KeptVersion::id).collect(Collectors.joining(", "));
        return versions.size() > SHOWN ? shown + " and " + (versions.size() - SHOWN) + " older" : shown;
    }

    private static List<KeptVersion> once(List<KeptVersion> sorted) {
        List<KeptVersion> once = new ArrayList<>();
        for (KeptVersion version : sorted) {
            if (once.isEmpty() || !once.get(once.size() - 1).id().equals(version.id())) {
                once.add(version);
            }
        }
        return List.copyOf(once);
    }

    private static KeptVersion version(ParameterSnapshot chunk) {
        return new KeptVersion(
                chunk.getEpoch(),
                chunk.getVersion(),
                chunk.getChecksum(),
                chunk.getTrajectoriesTotal(),
                chunk.getCreatedAt());
    }

    private static ParameterSnapshot withoutPayload(ParameterSnapshot chunk) {
        return ParameterSnapshot.newBuilder(chunk)
                .setPayload(ByteBuffer.allocate(0))
                .build();
    }
}
