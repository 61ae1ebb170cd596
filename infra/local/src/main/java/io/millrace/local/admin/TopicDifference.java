package io.millrace.local.admin;

/**
 * One setting of an existing topic that is not as the contract has it.
 *
 * @param setting Kafka's name of it, or {@value #PARTITIONS}
 */
public record TopicDifference(String setting, String expected, String found) {

    public static final String PARTITIONS = "partitions";

    /** The command of Kafka that mends it, or why none does. */
    public String remedy(String topic) {
        if (!setting.equals(PARTITIONS)) {
            return "kafka-configs.sh --bootstrap-server HOST:PORT --alter --entity-type topics --entity-name " + topic
                    + " --add-config " + setting + "=" + (expected.contains(",") ? "[" + expected + "]" : expected);
        }
        return Integer.parseInt(expected) > Integer.parseInt(found)
                ? "kafka-topics.sh --bootstrap-server HOST:PORT --alter --topic " + topic + " --partitions " + expected
                : "Kafka takes no partition away: delete the topic and create it anew, or use another --topic-prefix";
    }

    @Override
    public String toString() {
        return setting + ": expected " + expected + ", found " + found;
    }
}
