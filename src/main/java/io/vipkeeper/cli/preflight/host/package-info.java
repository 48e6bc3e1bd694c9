/** What this node must give: its interface, kernel, neighbours, and the programs beside the manager. */
package io.vipkeeper.cli.preflight.host;
