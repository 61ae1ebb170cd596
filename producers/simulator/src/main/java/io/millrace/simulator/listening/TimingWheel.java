package io.millrace.simulator.listening;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things to do later, in constant time each, for one thread.
 *
 * <p>A hashed wheel with unsorted lists (G. Varghese, T. Lauck, Hashed and hierarchical timing wheels, SOSP 1987, scheme
 * 6): a slot holds what is due in its tick of this turn and of later ones. With 40,000 things outstanding a heap would
 * compare sixteen times for each; this hashes once.
 */
final class TimingWheel<T> {

    private static final class Entry<T> {
        final long tick;
        final T item;
        final @Nullable Entry<T> next;

        Entry(long tick, T item, @Nullable Entry<T> next) {
            this.tick = tick;
            this.item = item;
            this.next = next;
        }
    }

    private final long tickNanos;
    private final long startNanos;
    private final @Nullable Entry<T>[] slots;
    private long currentTick;
    private int size;

    /**
     * @param slots number of ticks in a turn, a power of two
     * @param startNanos time of tick 0
     */
    // An array of a generic type can only be made raw; nothing but entries of T is ever put in.
    @SuppressWarnings({"unchecked", "rawtypes"})
    TimingWheel(long tickNanos, int slots, long startNanos) {
        if (Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots: expected a power of two, found " + slots);
        }
        this.tickNanos = tickNanos;
        this.startNanos = startNanos;
        this.slots = new Entry[slots];
    }

    int size() {
        return size;
    }

    /** Adds {@code item}, due at the first tick that ends at or after {@code dueNanos} and has not come yet. */
    void add(long dueNanos, T item) {
        long tick = Math.max(currentTick + 1, tickAtOrAfter(dueNanos));
        push(new Entry<>(tick, item, slots[slot(tick)]));
        size++;
    }

    /** Hands over all that is due at {@code nowNanos}, tick after tick; it may add more. */
    void advance(long nowNanos, Consumer<? super T> due) {
        long target = (nowNanos - startNanos) / tickNanos;
        while (currentTick < target && size > 0) {
            currentTick++;
            expire(due);
        }
        currentTick = Math.max(currentTick, target);
    }

    private void expire(Consumer<? super T> due) {
        Entry<T> entry = slots[slot(currentTick)];
        slots[slot(currentTick)] = null;
        while (entry != null) {
            if (entry.tick == currentTick) {
                size--;
                due.accept(entry.item);
            } else {
                push(new Entry<>(entry.tick, entry.item, slots[slot(entry.tick)]));
            }
            entry = entry.next;
        }
    }

    private void push(Entry<T> entry) {
        slots[slot(entry.tick)] = entry;
    }

    private long tickAtOrAfter(long nanos) {
        return (nanos - startNanos + tickNanos - 1) / tickNanos;
    }

    private int slot(long tick) {
        return (int) (tick & (slots.length - 1));
    }
}
