package io.vipkeeper.demo.probe;

import java.util.Arrays;

/** Ascending times, each with a small number attached. */
final class LongSeries {
    private long[] times = new long[1024];
    private int[] marks = new int[1024];
    private int size;

    /** A time before the last one counts as the last one: two threads may hand over a moment out of order. */
    void add(long time, int mark) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            marks = Arrays.copyOf(marks, 2 * size);
        }
        times[size] = size > 0 && time - times[size - 1] < 0 ? times[size - 1] : time;
        marks[size++] = mark;
    }

    int size() {
        return size;
    }

    long time(int index) {
        return times[index];
    }

    int mark(int index) {
        return marks[index];
    }

    /** The index of the first entry at or after a time; {@link #size} if there is none. */
    int firstAtOrAfter(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] - time < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The longest distance of neighbouring entries that touches the window, whose end counts as an entry. */
    long longestDistance(long from, long to) {
        int index = firstAtOrAfter(from);
        long last = index > 0 ? times[index - 1] : from;
        long longest = 0;
        for (; index < size && times[index] - to <= 0; index++) {
            longest = Math.max(longest, times[index] - last);
            last = times[index];
        }
        return Math.max(longest, to - last);
    }

    /** Forgets all entries before a time but the last of them. */
    void forgetBefore(long time) {
        int first = Math.max(0, firstAtOrAfter(time) - 1);
        System.arraycopy(times, first, times, 0, size - first);
        System.arraycopy(marks, first, marks, 0, size - first);
        size -= first;
    }
}
