/** What the API server must give: credentials, certificates, rights, and answers in time. */
package io.vipkeeper.cli.preflight.api;
