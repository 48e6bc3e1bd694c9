/**
 * The commands, and the one place where everything is put together. Only {@code manager} starts Quarkus; the other
 * commands open no port. Nothing imports this package.
 */
package io.vipkeeper.cli;
