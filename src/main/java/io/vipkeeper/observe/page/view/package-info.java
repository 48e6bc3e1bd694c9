/** What the page shows, read from a status document: pure, and every text of others made harmless. */
package io.vipkeeper.observe.page.view;
