package io.vipkeeper.linux;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** In a native executable jnr-ffi cannot make its classes, so nothing may reach it. */
@TargetClass(SystemLibc.class)
final class Target_SystemLibc {
    private Target_SystemLibc() {}

    @Substitute
    public static Libc open() {
        return new NativeLibc();
    }
}
