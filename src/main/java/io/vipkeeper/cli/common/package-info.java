/** What several commands share. Imports no command. */
package io.vipkeeper.cli.common;
