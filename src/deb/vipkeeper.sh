#!/bin/sh
# vipkeeper on a JVM: takes $JAVA_HOME, else the newest in /usr/lib/jvm, else the one on the path; 21 or newer.
program=/usr/lib/vipkeeper
archive=/var/cache/vipkeeper/vipkeeper.jsa

# The version that the file "release" of a JDK or JRE tells without starting it.
released() {
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1"
}

# The version that a java command tells.
told() {
    "$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p'
}

# The java command of the newest JDK or JRE.
newest() {
    best=20
    for release in /usr/lib/jvm/*/release; do
        if ! [ -r "$release" ] || ! [ -x "${release%release}bin/java" ]; then
            continue
        fi
        version=$(released "$release")
        if [ "${version:-0}" -gt "$best" ]; then
            best=$version
            found=${release%release}bin/java
        fi
    done
    if [ -z "$found" ] && command -v java >/dev/null; then
        version=$(told java)
        [ "${version:-0}" -le "$best" ] || found=java
    fi
}

found=
if [ -n "$JAVA_HOME" ]; then
    if ! [ -x "$JAVA_HOME/bin/java" ]; then
        echo "vipkeeper: JAVA_HOME=$JAVA_HOME has no bin/java: let it name a Java 21 or newer, or unset it" >&2
        exit 2
    fi
    found=$JAVA_HOME/bin/java
    version=
    [ ! -r "$JAVA_HOME/release" ] || version=$(released "$JAVA_HOME/release")
    version=${version:-$(told "$found")}
    # One that does not tell is tried.
    if [ "${version:-21}" -lt 21 ]; then
        echo "vipkeeper: JAVA_HOME=$JAVA_HOME is Java $version: let it name a Java 21 or newer, or unset it" >&2
        exit 2
    fi
else
    newest
fi
if [ -z "$found" ]; then
    echo "vipkeeper: no Java 21 or newer is in /usr/lib/jvm or on the path: install openjdk-21-jre-headless or newer, or set JAVA_HOME" >&2
    exit 2
fi

# Mapped where it was made for, or 23 MiB of it would be private memory. Another JVM may not know the option.
mapped="-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
[ ! -r "$archive" ] || VIPKEEPER_JAVA_OPTS="-XX:SharedArchiveFile=$archive $mapped $VIPKEEPER_JAVA_OPTS"
# shellcheck disable=SC2086
exec "$found" -XX:+UseSerialGC -Xms8m -Xmx48m -Xss256k -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    -XX:+ExitOnOutOfMemoryError -Xlog:cds=off -Xlog:cds+dynamic=off -Djffi.boot.library.path="$program/jni" \
    $VIPKEEPER_JAVA_OPTS -jar "$program/quarkus-run.jar" "$@"
