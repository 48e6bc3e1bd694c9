/** The demonstration that is looked at, and the benchmark that is read. */
package io.vipkeeper.demo.show;
