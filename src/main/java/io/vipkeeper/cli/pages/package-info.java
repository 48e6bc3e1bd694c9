/** Manual pages and shell completion, from the same model as the help. */
package io.vipkeeper.cli.pages;
