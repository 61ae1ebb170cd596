package io.millrace.policy.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * From the bytes of a header to what it says; trusts nothing in them. Members of a tensor that the format does not know
 * are passed over, as the reference implementation does.
 */
final class HeaderReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser parser;
    private final TreeMap<String, String> metadata = new TreeMap<>();
    private final List<TensorEntry> tensors = new ArrayList<>();

    private HeaderReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a header, its padding included.
     *
     * @throws TensorFileException when it is none, or its tensors do not lie side by side
     */
    static Header read(byte[] bytes) {
        String text = text(bytes);
        if (!text.startsWith("{")) {
            throw TensorFileException.of("header", "a JSON object that begins with '{'", start(text));
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return new HeaderReader(parser).header();
        } catch (JsonProcessingException e) {
            throw TensorFileException.of("header", "one JSON object", e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw TensorFileException.of("header", "UTF-8", String.valueOf(e.getMessage()));
        }
    }

    private static String start(String text) {
        return text.isEmpty() ? "nothing" : "'" + text.substring(0, Math.min(20, text.length())) + "'";
    }

    private Header header() throws IOException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            require(parser.nextToken(), JsonToken.START_OBJECT, "'" + name + "'", "an object");
            if (name.equals(Header.METADATA)) {
                readMetadata();
            } else {
                tensors.add(tensor(name));
            }
        }
        if (parser.nextToken() != null) {
            throw TensorFileException.of("header", "one JSON object and spaces after it", "more: " + parser.getText());
        }
        return new Header(metadata, tensors);
    }

    private void readMetadata() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            require(parser.nextToken(), JsonToken.VALUE_STRING, Header.METADATA + " '" + key + "'", "text");
            metadata.put(key, parser.getText());
        }
    }

    private TensorEntry tensor(String name) throws IOException {
        String dtype = "no dtype";
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "dtype" -> {
                    require(parser.currentToken(), JsonToken.VALUE_STRING, "dtype of '" + name + "'", "text");
                    dtype = parser.getText();
                }
                case "shape" -> shape = wholeNumbers("shape of '" + name + "'");
                case "data_offsets" -> offsets = wholeNumbers("data_offsets of '" + name + "'");
                default -> parser.skipChildren();
            }
        }
        if (shape == null) {
            throw TensorFileException.of("shape of '" + name + "'", "a list of whole numbers", "nothing");
        }
        if (offsets == null || offsets.size() != 2) {
            throw TensorFileException.of(
                    "data_offsets of '" + name + "'", "[begin, end]", offsets == null ? "nothing" : offsets.toString());
        }
        return new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    private List<Long> wholeNumbers(String what) throws IOException {
        require(parser.currentToken(), JsonToken.START_ARRAY, what, "a list of whole numbers");
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String expected = "whole numbers from 0 to 2^63 - 1";
            require(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what, expected);
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
                throw TensorFileException.of(what, expected, parser.getText());
            }
            numbers.add(parser.getLongValue());
        }
        return numbers;
    }

    private void require(JsonToken found, JsonToken wanted, String what, String expected) throws IOException {
        if (found != wanted) {
            throw TensorFileException.of(what, expected, found == null ? "nothing" : parser.getText());
        }
    }
}
