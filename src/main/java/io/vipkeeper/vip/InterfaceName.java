package io.vipkeeper.vip;

import java.util.regex.Pattern;

/** The names that an interface can have: the kernel's rule ({@code dev_valid_name}), without control characters. */
public final class InterfaceName {
    public static final Pattern FORM = Pattern.compile("[^\\s/:\\p{Cntrl}]{1,15}");

    private InterfaceName() {}
}
