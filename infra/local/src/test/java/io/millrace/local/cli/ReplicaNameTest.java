package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReplicaNameTest {

    private static final String VALID = "[a-zA-Z0-9._-]{1,100}";

    @Test
    void tellsContainersApartInWhichEveryProcessIsTheFirst() {
        assertThat(ReplicaName.of("serve", "3f2a9c", 1)).isEqualTo("serve-3f2a9c-1");
        assertThat(ReplicaName.of("serve", "3f2a9d", 1)).isEqualTo("serve-3f2a9d-1");
        assertThat(ReplicaName.ofThisProcess("serve"))
                .startsWith("serve-")
                .endsWith("-" + ProcessHandle.current().pid())
                .matches(VALID);
    }

    @Test
    void isOneThatAReplicaMayHave() {
        String longest = ReplicaName.of("simulator", "a".repeat(250) + "-of-its-own", Long.MAX_VALUE);

        assertThat(longest).matches(VALID).contains("-of-its-own-");
        assertThat(ReplicaName.of("serve", "höst name/1", 7)).isEqualTo("serve-h-st-name-1-7");
    }
}
