package io.vipkeeper.lease;

/** Why a holder is none any more. */
public enum LossReason {
    /** No renewal succeeded within renewDeadline. */
    RENEW_DEADLINE,
    /** No majority of the candidates has answered for the length of a grant. */
    MAJORITY,
    /** Its API server is unwell and another candidate's is not. */
    API_UNWELL,
    /** The Lease names somebody else. */
    TAKEN,
    /** The Lease names nobody: somebody emptied it. */
    EMPTIED,
    /** A twin holds under this node's identity. */
    TWIN,
    /** The interface can carry no frames. */
    LINK,
    /** This node may not hold any more: a twin on the node, or the address is a Node's own. */
    NOT_ELIGIBLE,
    /** The process was asked to end. */
    STOPPED
}
