package io.vipkeeper.sim;

import java.util.List;

/**
 * A world in which, from some moment on, nothing is left to chance: everything takes as little time as it can, kernels are
 * as late as they may be, and an {@link Order} says which of the next events at one place comes first, and what is lost.
 * Events at different places need no such choice: one place learns of another by events only.
 */
final class OrderedWorld extends World {
    private static final int CHOICES = 3;

    /** More than nothing, or a mistake that repeats itself would end time. */
    private static final long INSTANT = MILLI / 50;

    private final Order order;

    OrderedWorld(long seed, Order order) {
        super(seed, true);
        this.order = order;
        troubled = false;
    }

    @Override
    boolean takesPlace(Happening next) {
        Movable movable = next.movable();
        if (movable == null || !order.isOpen() || !movable.matters().getAsBoolean()) {
            return true;
        }
        List<Happening> rivals = rivals(next);
        int choice = order.choose(1 + rivals.size() + (movable.losable() ? 1 : 0));
        if (choice > 0 && choice <= rivals.size()) {
            prefer(next, rivals.subList(0, choice));
        }
        return choice == 0;
    }

    /** What is due so soon after it at the same place that it, and whatever is due between them, may come later. */
    private List<Happening> rivals(Happening next) {
        long[] until = {next.movable().until()};
        return agenda.stream()
                .filter(other -> other.movable() != null
                        && other.movable().place().equals(next.movable().place()))
                .filter(other -> other.movable().matters().getAsBoolean())
                .sorted()
                .limit(CHOICES - 1)
                .takeWhile(other -> {
                    boolean soon = other.at() <= until[0];
                    until[0] = Math.min(until[0], other.movable().until());
                    return soon;
                })
                .toList();
    }

    /** The last of the rivals comes first, when it is due, and all others right after it. */
    private void prefer(Happening next, List<Happening> rivals) {
        Happening first = rivals.getLast();
        agenda.removeAll(rivals);
        agenda.add(new Happening(first.at(), first.order(), first.what(), null));
        putOff(next, first.at());
        rivals.subList(0, rivals.size() - 1).forEach(other -> putOff(other, first.at()));
    }

    private void putOff(Happening late, long at) {
        Movable movable = late.movable();
        schedule(at, late.what(), new Movable(movable.place(), movable.until(), false, movable.matters()));
    }

    @Override
    long between(long least, long most) {
        return order.isBegun() ? Math.max(least, INSTANT) : super.between(least, most);
    }

    @Override
    long lateness(long least, long most) {
        return most;
    }

    @Override
    boolean chance(double probability) {
        return !order.isBegun() && super.chance(probability);
    }
}
