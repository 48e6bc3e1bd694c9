/** What checks see of this machine's files, and what they say. */
package io.vipkeeper.cli.preflight.finding;
