/**
 * The composed core: {@link io.vipkeeper.keeper.Keeper} folds events through the election and the address side, and says
 * what to do, what there is to tell, and when to be called next.
 *
 * <p>Pure: what production runs is what the simulation runs. Imports {@code lease}, {@code vip} and {@code grant}.
 */
package io.vipkeeper.keeper;
