/**
 * The options of the program: one table ({@link io.vipkeeper.config.Options}) from which flags, help, documentation and
 * parsing come, and one immutable record that is either right in every part or not made at all. A value is taken from
 * the flag, else the environment, else the file, else the default. May import {@code lease} and {@code vip}.
 */
package io.vipkeeper.config;
