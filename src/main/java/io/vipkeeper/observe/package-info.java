/**
 * What people and machines see of the running keeper: meters, health, status, log lines. Nothing here decides anything. May
 * import {@code keeper}, {@code lease} and {@code vip}; the only package that knows Micrometer and health checks.
 */
package io.vipkeeper.observe;
