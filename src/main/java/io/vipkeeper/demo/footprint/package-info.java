/** What the program itself needs: time to start, memory, CPU. */
package io.vipkeeper.demo.footprint;
