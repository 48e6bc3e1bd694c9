package io.vipkeeper.e2e.history;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Lawful moves of every kind in random order, as late recorders see them: none is blamed; one wrong step is. */
class RandomHistoryTest {
    private static final int RUNS = 300;
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    /** The steps that break the law, put in when the last of the moves is over. */
    private enum Crime {
        OLD_HOLDER_ANSWERS(Voices.RULE),
        BIND_WITHOUT_LEASE(Binds.RULE),
        ANNOUNCEMENT_WITHOUT_ADDRESS(Voices.RULE),
        ADDRESS_KEPT(Admittance.RULE),
        RETURN_WITHOUT_WRITE(Interleaving.RULE);

        private final String rule;

        Crime(String rule) {
            this.rule = rule;
        }
    }

    private static final class Play {
        private final Random random;
        private final Story story = new Story();
        private long now = 1_000;
        private String holder = "n1";
        private String previous = "n1";

        private Play(long seed) {
            random = new Random(seed);
            take("n1");
            int moves = 2 + random.nextInt(6);
            for (int i = 0; i < moves; i++) {
                hold();
                move();
            }
            hold();
        }

        /** The write, the bind and the first frame, of which the write may be stamped last. */
        private void take(String node) {
            holder = node;
            now += 1 + random.nextInt(30);
            story.lease(now + random.nextInt(40), node);
            story.on(now + 1 + random.nextInt(40), node);
            story.announces(now + 2, node).answers(now + 3, node);
            now += 50;
        }

        private void hold() {
            int renewals = random.nextInt(4);
            for (int i = 0; i < renewals; i++) {
                now += 100 + random.nextInt(900);
                story.lease(now, holder).answers(now + 1, holder);
                if (random.nextInt(4) == 0) {
                    story.off(now + 2, holder).on(now + 3, holder).announces(now + 4, holder);
                }
                now += 5;
            }
        }

        private void move() {
            String next = other(holder);
            switch (random.nextInt(4)) {
                case 0 -> { // released
                    story.off(++now, holder).lease(++now, "");
                }
                case 1 -> { // dead: the address goes, then the lease runs out
                    story.answers(now + 2_000, holder).off(now + 2_900, holder);
                    now += 5_100;
                }
                case 2 -> { // given away by hand
                    story.lease(++now, "somebody-else")
                            .answers(now + 900, holder)
                            .off(now + 1_000, holder);
                    now += 7_600;
                }
                default -> { // deleted, and the holder stays
                    story.leaseDeleted(++now).answers(now + 100, holder);
                    now += 200;
                    story.lease(now, holder).answers(now + 1, holder);
                    story.off(now += 2, holder).lease(++now, "");
                }
            }
            previous = holder;
            take(next);
        }

        private String other(String node) {
            List<String> others =
                    NODES.stream().filter(one -> !one.equals(node)).toList();
            return others.get(random.nextInt(others.size()));
        }

        private Story with(Crime crime) {
            now += 100;
            return switch (crime) {
                case OLD_HOLDER_ANSWERS -> story.answers(now, previous);
                case BIND_WITHOUT_LEASE, ADDRESS_KEPT -> story.on(now, other(holder));
                case ANNOUNCEMENT_WITHOUT_ADDRESS -> story.off(now, holder).announces(now + 1, holder);
                case RETURN_WITHOUT_WRITE -> story.answers(now, previous).answers(now + 1, holder);
            };
        }
    }

    @Test
    void lawfulMovesAreNotBlamed() {
        long seed = System.nanoTime();
        for (int i = 0; i < RUNS; i++) {
            // given
            Play play = new Play(seed + i);

            // then
            assertThat(play.story.verdict().findings()).as("seed " + (seed + i)).isEmpty();
        }
    }

    @Test
    void oneWrongStepIsFoundByItsRule() {
        long seed = System.nanoTime();
        for (int i = 0; i < RUNS; i++) {
            for (Crime crime : Crime.values()) {
                // given
                Story story = new Play(seed + i).with(crime);

                // then
                assertThat(story.broken()).as(crime + ", seed " + (seed + i)).contains(crime.rule);
            }
        }
    }
}
