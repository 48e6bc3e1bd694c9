/**
 * {@code preflight}: what an operator would otherwise find out at night. Looks, tries what leaves nothing behind, and
 * changes nothing. What it reads of this machine comes in as an argument.
 */
package io.vipkeeper.cli.preflight;
