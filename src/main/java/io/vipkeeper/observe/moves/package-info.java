/** How the address came to this node, and how long each stage of that took. */
package io.vipkeeper.observe.moves;
