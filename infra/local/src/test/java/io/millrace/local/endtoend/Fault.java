package io.millrace.local.endtoend;

import io.millrace.local.broker.DisturbedBroker;
import io.millrace.sdk.Millrace;
import java.time.Duration;

/** What goes wrong between a broker and everybody who uses it. */
enum Fault {

    /** Nothing is answered, and no connection breaks. */
    PAUSE {
        @Override
        void begin(DisturbedBroker broker) {
            broker.pause();
        }

        @Override
        void end(DisturbedBroker broker) {
            broker.resume();
        }
    },

    /** Every connection breaks, and no other can be had. */
    DISCONNECT {
        @Override
        void begin(DisturbedBroker broker) {
            broker.connection().cut();
        }

        @Override
        void end(DisturbedBroker broker) {
            broker.connection().mend();
        }
    },

    /** Every answer comes late. */
    LATENCY {
        @Override
        void begin(DisturbedBroker broker) {
            broker.connection().delay(EACH_WAY);
        }

        @Override
        void end(DisturbedBroker broker) {
            broker.connection().delay(Duration.ZERO);
        }

        @Override
        boolean isFelt(Millrace millrace, long refused) {
            long before = System.nanoTime();
            Object unused =
                    millrace.generate(Users.request(BrokerFaultIT.POLICY)).join();
            return System.nanoTime() - before >= 2 * EACH_WAY.toNanos();
        }
    };

    private static final Duration EACH_WAY = Duration.ofMillis(150);

    abstract void begin(DisturbedBroker broker);

    abstract void end(DisturbedBroker broker);

    /**
     * Whether those who are served have felt it.
     *
     * @param refused how many have asked for nothing since it began: an acknowledgement was waited for as long as ever
     */
    boolean isFelt(Millrace millrace, long refused) {
        return refused > 0;
    }
}
