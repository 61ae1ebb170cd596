package io.millrace.simulator.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EditDistanceProperties {

    @Property
    void equalsTheTextbookRecurrence(
            @ForAll("references") List<String> reference, @ForAll("outputs") List<String> output) {
        assertThat(EditDistance.between(reference, output)).isEqualTo(textbook(reference, output));
    }

    @Property
    void scoresLieBetweenZeroAndOneAndOnlyTheReferenceIsPerfect(
            @ForAll("references") List<String> reference, @ForAll("outputs") List<String> output) {
        double score = new Word(List.of("a", "b"), reference).score(output);

        assertThat(score).isBetween(0.0, 1.0);
        assertThat(score == 1.0).isEqualTo(reference.equals(output));
    }

    @Provide
    Arbitrary<List<String>> references() {
        return tokens().list().ofMinSize(1).ofMaxSize(EditDistance.MAX_REFERENCE);
    }

    @Provide
    Arbitrary<List<String>> outputs() {
        return tokens().list().ofMaxSize(2 * EditDistance.MAX_REFERENCE);
    }

    /** Few, so that many are equal. */
    private static Arbitrary<String> tokens() {
        return Arbitraries.of("AA", "B", "K", "IH");
    }

    private static int textbook(List<String> reference, List<String> output) {
        int[][] distance = new int[reference.size() + 1][output.size() + 1];
        for (int i = 0; i <= reference.size(); i++) {
            for (int j = 0; j <= output.size(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int change = reference.get(i - 1).equals(output.get(j - 1)) ? 0 : 1;
                distance[i][j] =
                        Math.min(distance[i - 1][j - 1] + change, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
            }
        }
        return distance[reference.size()][output.size()];
    }
}
