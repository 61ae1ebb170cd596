package io.millrace.schemas.wire;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.Feature;
import io.millrace.schemas.Generation;
import io.millrace.schemas.evolved.Sighting;
import java.io.File;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** Prints what Avro trusts before and after the first use of a codec. */
public final class UntrustingJvm {

    private UntrustingJvm() {}

    public static void main(String[] args) throws UndecodableException {
        System.out.printf(
                "before: Generation %s, DeadLetterReason %s%n",
                trusted(Generation.class), trusted(DeadLetterReason.class));
        System.out.printf(
                "decoded: %s, %s%n",
                comesBack(Generation.class, Records.generation()), comesBack(DeadLetter.class, Records.deadLetter()));
        System.out.printf(
                "after: Generation %s, Feature %s, DeadLetterReason %s%n",
                trusted(Generation.class), trusted(Feature.class), trusted(DeadLetterReason.class));
        System.out.printf(
                "others: String %s, File %s, Topic %s, Sighting %s%n",
                trusted(String.class), trusted(File.class), trusted(Topic.class), trusted(Sighting.class));
    }

    private static <R extends SpecificRecord> boolean comesBack(Class<R> record, R value) throws UndecodableException {
        RecordCodec<R> codec = RecordCodec.of(record);
        return codec.decode(codec.encode(value)).equals(value);
    }

    private static boolean trusted(Class<?> type) {
        return ClassSecurityValidator.getGlobal().isTrusted(type);
    }
}
