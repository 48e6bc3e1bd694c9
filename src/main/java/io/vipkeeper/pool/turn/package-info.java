/**
 * The decisions of the one replica that is in charge of addresses. What it decides is stored on the Services
 * themselves, each with a compare-and-swap on its resourceVersion; there is no other state, so that whoever comes next
 * begins with a list of them. {@link io.vipkeeper.pool.turn.AllocationTurn} says how two who both believe to be in
 * charge are kept apart, and how what they did is put right.
 */
package io.vipkeeper.pool.turn;
