package io.vipkeeper.sim;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

/** The order of the events at one place, by what is chosen at each. */
class OrderedWorldTest {

    @Test
    void threeMessagesComeInEachOfTheirSixOrders() {
        // when
        Set<String> heard = new TreeSet<>();
        for (byte first = 0; first < 3; first++) {
            for (byte second = 0; second < 2; second++) {
                heard.add(heardOf("node", first, second));
            }
        }

        // then
        assertThat(heard).containsExactly("abc", "acb", "bac", "bca", "cab", "cba");
    }

    @Test
    void theLastChoiceAtAMessageIsThatItIsLost() {
        // when
        String heard = heardOf("node", (byte) 3);

        // then
        assertThat(heard).isEqualTo("bc");
    }

    @Test
    void whatComesToAnotherPlaceIsNoChoice() {
        // when
        String heard = heardOf("another node", (byte) 1);

        // then
        assertThat(heard).isEqualTo("bac");
    }

    @Test
    void aMessageIsNotOvertakenByOneThatIsDueMuchLater() {
        // given
        Order order = new Order(new byte[0], 1);
        OrderedWorld world = begun(order);

        // when
        world.message(MILLI, "node", false, () -> true, () -> {});
        world.message(200 * MILLI, "node", false, () -> true, () -> {});
        world.runUntil(SECOND, () -> {});

        // then
        assertThat(order.possible()).containsExactly(1);
    }

    private static String heardOf(String thirdPlace, byte... choices) {
        StringBuilder heard = new StringBuilder();
        OrderedWorld world = begun(new Order(choices, 3));
        world.message(MILLI, "node", true, () -> true, () -> heard.append('a'));
        world.message(2 * MILLI, "node", true, () -> true, () -> heard.append('b'));
        world.message(3 * MILLI, thirdPlace, true, () -> true, () -> heard.append('c'));
        world.runUntil(SECOND, () -> {});
        return heard.toString();
    }

    private static OrderedWorld begun(Order order) {
        order.begin();
        order.open();
        return new OrderedWorld(1, order);
    }
}
