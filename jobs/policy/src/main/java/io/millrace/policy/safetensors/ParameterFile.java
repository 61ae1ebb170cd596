package io.millrace.policy.safetensors;

import io.millrace.policy.parameters.Checksums;
import io.millrace.policy.parameters.ParameterLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * θ as a file in the safetensors format, with the names and shapes of its layout's tensors.
 *
 * <p>The format (README of github.com/huggingface/safetensors, section "Format"; limits as in its {@code tensor.rs}):
 *
 * <ol>
 *   <li>8 bytes: the length N of the header, unsigned and little-endian, at most {@value #MAX_HEADER_BYTES};
 *   <li>N bytes: a JSON object in UTF-8 that begins with '{', padded with spaces to a multiple of {@value #ALIGNMENT}. Each
 *       member is a tensor, {@code "name": {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}},
 *       its offsets counted from the end of the header; {@code __metadata__} holds text by text. No key comes twice;
 *   <li>the values, row-major and little-endian: no hole, no overlap, nothing after the last.
 * </ol>
 *
 * <p>A file from elsewhere needs the tensors only; of its metadata, {@code checksum} must be right where it is there.
 *
 * @param metadata where θ came from: policy, kind, epoch, version, checksum (CRC-32C of θ in the layout's order, 8 hex
 *     digits)
 * @param theta [layout.size()]
 */
public record ParameterFile(SortedMap<String, String> metadata, float[] theta) {

    static final int MAX_HEADER_BYTES = 100_000_000;

    static final int ALIGNMENT = 8;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final String CHECKSUM = "checksum";

    public ParameterFile {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** θ of a policy at a version. */
    public static ParameterFile of(String policy, String kind, long epoch, long version, float[] theta) {
        var metadata = new TreeMap<String, String>();
        metadata.put("policy", policy);
        metadata.put("kind", kind);
        metadata.put("epoch", Long.toString(epoch));
        metadata.put("version", Long.toString(version));
        metadata.put(CHECKSUM, checksum(theta));
        return new ParameterFile(metadata, theta);
    }

    private static String checksum(float[] theta) {
        return "%08x".formatted(Checksums.of(theta));
    }

    /** CRC-32C of θ, 8 hex digits. */
    public String checksum() {
        return checksum(theta);
    }

    /** Where the metadata says that θ came from, such as {@code shop 1700000000123.41}; empty: nothing. */
    public String origin() {
        String policy = metadata.get("policy");
        return policy == null ? "" : policy + " " + metadata.get("epoch") + "." + metadata.get("version");
    }

    /** Writes the file; the stream stays open. */
    public void write(ParameterLayout layout, OutputStream out) throws IOException {
        if (theta.length != layout.size()) {
            throw new IllegalArgumentException(
                    "tensor file: expected " + layout.size() + " parameters as in the layout, found " + theta.length);
        }
        var places = new TensorPlaces(layout);
        Header header = places.header(metadata);
        byte[] json = HeaderWriter.write(header);
        byte[] length = new byte[Long.BYTES];
        littleEndian(length).putLong(json.length);
        out.write(length);
        out.write(json);
        for (TensorEntry entry : header.tensors()) {
            TensorPlaces.Place place = places.of(entry);
            writeFloats(place.at(), place.tensor().size(), out);
        }
    }

    private void writeFloats(int from, int count, OutputStream out) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        FloatBuffer floats = littleEndian(bytes).asFloatBuffer();
        for (int done = 0; done < count; done += floats.capacity()) {
            int next = Math.min(floats.capacity(), count - done);
            floats.put(0, theta, from + done, next);
            out.write(bytes, 0, next * Float.BYTES);
        }
    }

    /**
     * Reads a file of exactly the layout's tensors, in any order; the stream must end with it.
     *
     * @throws TensorFileException when the file is damaged, hostile, of another model, or holds numbers that are not finite
     */
    public static ParameterFile read(ParameterLayout layout, InputStream in) throws IOException {
        Header header = HeaderReader.read(headerBytes(in));
        var places = new TensorPlaces(layout);
        places.requireAllOf(header);
        float[] theta = new float[layout.size()];
        for (TensorEntry entry : header.tensors()) {
            readFloats(entry, places.of(entry), theta, in);
        }
        if (in.read() >= 0) {
            throw TensorFileException.of("length", "the end of the file after the last tensor", "more bytes");
        }
        String expected = header.metadata().getOrDefault(CHECKSUM, checksum(theta));
        if (!expected.equals(checksum(theta))) {
            throw TensorFileException.of(
                    "parameters",
                    "CRC-32C " + expected + " as the metadata says",
                    checksum(theta) + "; where the change is meant, remove 'checksum' from the metadata");
        }
        return new ParameterFile(header.metadata(), theta);
    }

    private static byte[] headerBytes(InputStream in) throws IOException {
        byte[] prefix = in.readNBytes(Long.BYTES);
        if (prefix.length < Long.BYTES) {
            throw TensorFileException.of("length", "8 bytes of the header's length", prefix.length + " bytes");
        }
        long length = littleEndian(prefix).getLong();
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw TensorFileException.of(
                    "header's length",
                    "at most " + MAX_HEADER_BYTES + " bytes",
                    Long.toUnsignedString(length) + "; is it a safetensors file?");
        }
        // Grows with what is really there: a short file cannot make us allocate a long header.
        byte[] header = in.readNBytes((int) length);
        if (header.length < length) {
            throw TensorFileException.of("header", length + " bytes", header.length + ": the file is cut off");
        }
        return header;
    }

    private static void readFloats(TensorEntry entry, TensorPlaces.Place place, float[] theta, InputStream in)
            throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        FloatBuffer floats = littleEndian(bytes).asFloatBuffer();
        int end = place.at() + place.tensor().size();
        for (int at = place.at(); at < end; at += floats.capacity()) {
            int next = Math.min(floats.capacity(), end - at);
            if (in.readNBytes(bytes, 0, next * Float.BYTES) < next * Float.BYTES) {
                throw TensorFileException.of(
                        "values of '" + entry.name() + "'",
                        (entry.end() - entry.begin()) + " bytes",
                        "fewer: the file is cut off");
            }
            floats.get(0, theta, at, next);
            requireFinite(theta, at, at + next, entry);
        }
    }

    private static void requireFinite(float[] theta, int from, int to, TensorEntry entry) {
        for (int i = from; i < to; i++) {
            if (!Float.isFinite(theta[i])) {
                throw TensorFileException.of("values of '" + entry.name() + "'", "finite numbers", "" + theta[i]);
            }
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
