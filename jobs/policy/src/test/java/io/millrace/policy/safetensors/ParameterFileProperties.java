package io.millrace.policy.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.parameters.ParameterLayout;
import io.millrace.policy.parameters.ParameterLayout.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;

final class ParameterFileProperties {

    @Provide
    Arbitrary<ParameterLayout> layouts() {
        Arbitrary<Tensor> tensors = Combinators.combine(
                        Arbitraries.strings()
                                .ofMinLength(1)
                                .ofMaxLength(6)
                                .filter(name -> !name.isBlank() && utf8(name)),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 7))
                .as(Tensor::new);
        return tensors.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .uniqueElements(Tensor::name)
                .map(list -> new ParameterLayout(list, 1));
    }

    /** Lone surrogates are no text. */
    private static boolean utf8(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBackBitForBit(
            @ForAll("layouts") ParameterLayout layout, @ForAll Map<String, @AlphaChars String> texts, @ForAll long seed)
            throws IOException {
        var random = new SplittableRandom(seed);
        float[] theta = new float[layout.size()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = finite(random);
        }
        var metadata = new TreeMap<String, String>();
        texts.forEach((key, value) -> {
            if (utf8(key) && !key.equals("checksum")) {
                metadata.put(key, value);
            }
        });

        ParameterFile read = read(layout, bytes(layout, new ParameterFile(metadata, theta)));

        assertThat(bits(read.theta())).isEqualTo(bits(theta));
        assertThat(read.metadata()).isEqualTo(metadata);
    }

    @Property(tries = 500)
    void noChangedByteGetsThrough(@ForAll("layouts") ParameterLayout layout, @ForAll long seed) throws IOException {
        var random = new SplittableRandom(seed);
        float[] theta = new float[layout.size()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = finite(random);
        }
        ParameterFile file = ParameterFile.of("p", "choice", 1, 2, theta);
        byte[] bytes = bytes(layout, file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        try {
            // A changed letter of a free text is the only change that nobody can notice.
            assertThat(bits(read(layout, bytes).theta())).isEqualTo(bits(theta));
        } catch (TensorFileException refused) {
            assertThat(refused).hasMessageStartingWith("Tensor file refused: ");
        }
    }

    private static float finite(SplittableRandom random) {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : 0f;
    }

    private static List<Integer> bits(float[] theta) {
        List<Integer> bits = new ArrayList<>();
        for (float value : theta) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    private static byte[] bytes(ParameterLayout layout, ParameterFile file) throws IOException {
        var out = new ByteArrayOutputStream();
        file.write(layout, out);
        return out.toByteArray();
    }

    private static ParameterFile read(ParameterLayout layout, byte[] bytes) throws IOException {
        return ParameterFile.read(layout, new ByteArrayInputStream(bytes));
    }
}
