package io.vipkeeper.lease;

/** Who wrote a record, as far as its marks tell ({@link ElectorId}). */
public enum Kinship {
    /** This process holds. */
    OWN,
    /** An earlier process of this node on this machine holds; it is dead, or the identity lock would not be ours. */
    PREVIOUS_LIFE,
    /** A vipkeeper on another machine holds under this node's identity. */
    TWIN,
    /** An elector without our marks holds under this node's identity. */
    NAMESAKE,
    /** A vipkeeper with another identity holds. */
    KEEPER,
    /** An elector without our marks holds. */
    FOREIGN,
    /** Nobody holds; a vipkeeper released, so its address is off. */
    FREED_BY_KEEPER,
    /** Nobody holds; who emptied the Lease is not known. */
    FREED
}
