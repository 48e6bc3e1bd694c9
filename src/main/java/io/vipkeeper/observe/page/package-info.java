/**
 * The page for people at {@code /}: what the status document says, drawn. It has no other source, so that it cannot show
 * what a reader of that could not know. The only package that knows Qute.
 */
package io.vipkeeper.observe.page;
