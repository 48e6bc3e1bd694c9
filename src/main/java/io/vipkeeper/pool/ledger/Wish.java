package io.vipkeeper.pool.ledger;

import java.util.List;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Family;

/**
 * What a Service wants.
 *
 * @param claim what it has now, as far as that was chosen for it; its ports and its seniority
 * @param requested what its owner asks for instead; empty for an address that is chosen
 * @param families {@code spec.ipFamilies}, the primary one first; empty if it says none
 */
public record Wish(Claim claim, List<Address> requested, List<Family> families, FamilyPolicy policy) {}
