/**
 * Runs the core: sources are merged, each event makes one step on one thread, and actions go to the threads that may
 * perform them, whose outcomes come back as events. Nothing waits for what may hang.
 *
 * <p>Imports {@code keeper}, {@code lease}, {@code vip} and {@code grant}, and Mutiny.
 */
package io.vipkeeper.pipeline;
