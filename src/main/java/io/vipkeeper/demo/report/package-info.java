/** Measurements of the benchmark as tables, as a file of raw times, and as a picture. Nothing here measures. */
package io.vipkeeper.demo.report;
