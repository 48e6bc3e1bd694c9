/**
 * {@code status}: who holds, who could take over, and what is wrong, from all that can be asked. A {@link
 * io.vipkeeper.cli.status.Picture} is what was seen, {@link io.vipkeeper.cli.status.Diagnosis} what that means.
 */
package io.vipkeeper.cli.status;
