/**
 * What a cluster's Services ask for, as one plan that every node draws from the same objects in the same way: which
 * address, under which Lease, on which nodes, and which Services are refused. Pure. Imports {@code vip} alone.
 */
package io.vipkeeper.service.plan;
