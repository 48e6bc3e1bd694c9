/** A real browser inside a lab. */
package io.vipkeeper.e2e.browser;
