package io.millrace.schemas.wire;

import io.millrace.schemas.wire.UndecodableException.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro single-object encoding of one record class, thread-safe: the standard's header with the writer schema's
 * fingerprint, so that a reader resolves every older schema kept in the {@link SchemaHistory} without a registry.
 *
 * <p>Writing goes through Avro's own {@link BinaryMessageEncoder}. Reading does not go through its counterpart, which
 * decodes from a stream, cannot tell how many bytes are left, and so allocates whatever length the bytes claim: here
 * Avro's decoder works on the array, where every length and item count is checked against the bytes that are left.
 */
public final class RecordCodec<R extends SpecificRecord> {

    /** Two marker bytes and the 64-bit CRC fingerprint of the writer schema, little-endian. */
    static final int HEADER_BYTES = 10;

    private static final int MARKER = 0xC301;

    private static final Map<Class<?>, RecordCodec<?>> CODECS = new ConcurrentHashMap<>();

    private static final ThreadLocal<BinaryDecoder> DECODERS =
            ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

    private final Class<R> record;
    private final BinaryMessageEncoder<R> encoder;
    private final Map<Long, DatumReader<R>> readers;

    private RecordCodec(Class<R> record) {
        this.record = record;
        Schema current = SpecificData.get().getSchema(record);
        TrustedRecords.trust(record, current);
        SpecificData model = SpecificData.getForClass(record);
        // The encoder's buffer belongs to the thread and is copied once, into the array that encode returns.
        this.encoder = new BinaryMessageEncoder<>(model, current, false);
        this.readers = readers(model, current);
    }

    /** The codec of a record class; the same one for every call. */
    @SuppressWarnings("unchecked") // The map binds each class to a codec of the same class.
    public static <R extends SpecificRecord> RecordCodec<R> of(Class<R> record) {
        return (RecordCodec<R>) CODECS.computeIfAbsent(record, key -> new RecordCodec<>(record));
    }

    /**
     * Lets whoever else reads this record with Avro in this JVM do so, from now on: Avro by default refuses the classes of
     * the contract. Costs nothing when it has been done.
     */
    public static <R extends SpecificRecord> void trust(Class<R> record) {
        RecordCodec<R> ignored = of(record);
    }

    /**
     * The record as bytes of its current schema.
     *
     * @throws org.apache.avro.AvroRuntimeException when a field that must not be null is
     */
    public byte[] encode(R value) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("encoding into memory failed (" + record.getSimpleName() + ")", e);
        }
    }

    /**
     * The record that the bytes hold, whichever released schema they were written with.
     *
     * @throws UndecodableException for all bytes that are not exactly one such record; nothing else is ever thrown
     */
    public R decode(byte[] bytes) throws UndecodableException {
        DatumReader<R> reader = reader(bytes);
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, DECODERS.get());
        R value = read(reader, decoder, bytes.length);
        int left = decoder.remainingBytes();
        if (left != 0) {
            throw new UndecodableException(
                    Cause.NOT_A_RECORD,
                    "%s refused: expected %d bytes, found %d; bytes after the record's end belong to nothing"
                            .formatted(record.getSimpleName(), bytes.length - left, bytes.length));
        }
        return value;
    }

    private DatumReader<R> reader(byte[] bytes) throws UndecodableException {
        if (bytes.length < HEADER_BYTES || marker(bytes) != MARKER) {
            throw new UndecodableException(
                    Cause.NOT_A_RECORD,
                    "%s refused: expected Avro single-object encoding, which starts with C3 01 and is at least %d bytes,"
                                    .formatted(record.getSimpleName(), HEADER_BYTES)
                            + " found %s; write records with a single-object encoder".formatted(beginning(bytes)));
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES);
        DatumReader<R> reader = readers.get(fingerprint);
        if (reader == null) {
            throw foreign(fingerprint);
        }
        return reader;
    }

    private UndecodableException foreign(long fingerprint) {
        String expected = "%s refused: expected one of its %d known schemas, found "
                .formatted(record.getSimpleName(), readers.size());
        return SchemaHistory.recordOf(fingerprint)
                .map(other -> new UndecodableException(
                        Cause.NOT_A_RECORD, expected + "a " + other + "; was it sent to the wrong topic?"))
                .orElseGet(() -> new UndecodableException(
                        Cause.UNKNOWN_SCHEMA,
                        expected
                                + "fingerprint %016x; upgrade this reader to a release that knows the writer's schema"
                                        .formatted(fingerprint)));
    }

    private R read(DatumReader<R> reader, BinaryDecoder decoder, int length) throws UndecodableException {
        try {
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // Avro answers wrong bytes with whatever its parts run into; to the caller they are all the same.
            throw new UndecodableException(
                    Cause.NOT_A_RECORD,
                    "%s refused: expected a whole record in %d bytes, found one cut short or damaged (%s)"
                            .formatted(record.getSimpleName(), length, e),
                    e);
        }
    }

    private Map<Long, DatumReader<R>> readers(SpecificData model, Schema current) {
        Map<Long, DatumReader<R>> byFingerprint = new HashMap<>();
        for (Schema released : SchemaHistory.versions(record.getSimpleName())) {
            byFingerprint.put(SchemaNormalization.parsingFingerprint64(released), newReader(model, released, current));
        }
        byFingerprint.put(SchemaNormalization.parsingFingerprint64(current), newReader(model, current, current));
        return Map.copyOf(byFingerprint);
    }

    /**
     * Avro's fast reader, complete and so safe to share. The generated {@code customDecode} is no alternative: it
     * allocates arrays of the length that the bytes claim.
     */
    private DatumReader<R> newReader(SpecificData model, Schema writer, Schema current) {
        try {
            return model.getFastReaderBuilder().createDatumReader(writer, current);
        } catch (IOException e) {
            throw new UncheckedIOException("schema history of " + record.getSimpleName() + " is unreadable", e);
        }
    }

    private static int marker(byte[] bytes) {
        return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    }

    private static String beginning(byte[] bytes) {
        return bytes.length < 2
                ? bytes.length + " bytes"
                : bytes.length + " bytes that start with %02X %02X".formatted(bytes[0], bytes[1]);
    }
}
