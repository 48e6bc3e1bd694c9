/** How this node stands, as one JSON document over HTTP. */
package io.vipkeeper.observe.status;
