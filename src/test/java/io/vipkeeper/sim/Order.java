package io.vipkeeper.sim;

import java.util.Arrays;

/** What is chosen at each of the first events of a run; beyond what is given, everything comes when it is due. */
final class Order {
    private final byte[] choices;
    private final byte[] possible;
    private boolean begun;
    private boolean open;
    private int events;

    /**
     * @param choices one for each event, 0 for the event that is due
     * @param most how many events there is a choice at
     */
    Order(byte[] choices, int most) {
        this.choices = choices;
        possible = new byte[most];
    }

    /** From now on nothing is left to chance. */
    void begin() {
        begun = true;
    }

    /** From now on there are choices. */
    void open() {
        open = true;
    }

    boolean isBegun() {
        return begun;
    }

    boolean isOpen() {
        return open && events < possible.length;
    }

    int choose(int ways) {
        possible[events] = (byte) ways;
        int choice = events < choices.length ? choices[events] : 0;
        events++;
        return choice;
    }

    byte[] choices() {
        return choices;
    }

    /** How many ways there were to go on at each event, once the run is over. */
    byte[] possible() {
        return Arrays.copyOf(possible, events);
    }

    @Override
    public String toString() {
        return Arrays.toString(choices);
    }
}
