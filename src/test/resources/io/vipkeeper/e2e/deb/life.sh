# The life of the package in a root of its own, which is this machine's with an overlay. Prints sections.
set -e
section() { echo "== $1"; }

mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs tmpfs "$WORK"
mkdir "$WORK/upper" "$WORK/work" "$WORK/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$WORK/upper,workdir=$WORK/work" "$WORK/root"
root=$WORK/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
# Nothing may be unpacked and executed in /tmp.
mount -t tmpfs -o noexec,mode=1777 tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
mkdir -p "$root/usr/lib/jvm/of-the-test" "$root/packages"
mount --bind "$JDK" "$root/usr/lib/jvm/of-the-test"
cp "$PACKAGE" "$root/packages/old.deb"

# The next version: the same with another number.
dpkg-deb -R "$PACKAGE" "$WORK/next"
sed -i 's/^Version: .*/Version: 99.0/' "$WORK/next/DEBIAN/control"
dpkg-deb -Znone -b "$WORK/next" "$root/packages/new.deb" >/dev/null

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }

section installed
inside dpkg -i /packages/old.deb >&2
inside dpkg-query -W -f '${Status}\n' vipkeeper
inside stat -c '%U:%G %a' /etc/vipkeeper
inside id -nG vipkeeper

section archive
inside find /var/cache/vipkeeper -size +1M -name '*.jsa'

section program
head -c 4 "$root/usr/bin/vipkeeper" | tr -d '\177' | head -c 3
echo

section jars
dpkg-deb --fsys-tarfile "$PACKAGE" | tar -t | grep '\.jar$' || true

section oldjava
# A JDK tells its version in the file "release"; a JRE of Java 8 may have none, and is asked.
old_java() {
    mkdir -p "$root/opt/java-$1/bin"
    printf '#!/bin/sh\necho "openjdk version \\"%s\\"" >&2\n' "$2" >"$root/opt/java-$1/bin/java"
    chmod +x "$root/opt/java-$1/bin/java"
    [ -z "$3" ] || printf 'IMPLEMENTOR="nobody"\nJAVA_VERSION="%s"\n' "$3" >"$root/opt/java-$1/release"
    inside JAVA_HOME="/opt/java-$1" vipkeeper version >"$WORK/out" 2>"$WORK/log" || echo "exit $?"
    cat "$WORK/log"
}
old_java 17 17.0.9 17.0.9
old_java 8 1.8.0_402 ""

section version
inside vipkeeper version

section unit
inside systemd-analyze verify --man=no vipkeeper.service 2>&1
inside systemd-analyze security --offline=true --threshold=25 vipkeeper.service >/dev/null
echo verified

section restarts
# What runs after the service has ended, and tells by its own time how soon it is started again.
after=$(sed -n "s/^ExecStopPost=\/bin\/sh -c '\(.*\)'$/\1/p" "$root/usr/lib/systemd/system/vipkeeper.service")
for status in 0 1 3 203 KILL; do
    printf '%s:' "$status"
    EXIT_STATUS=$status sh -c "sleep() { printf ' sleep %s' \"\$1\"; }; ${after//\$\$/\$}"
    echo
done

section pages
# From the package: the dpkg of a slim image leaves pages out.
dpkg-deb --fsys-tarfile "$PACKAGE" | tar -t | sed -n 's#^./usr/share/man/man1/\(..*\)#\1#p'

section completed
inside bash -c 'cd /; source /usr/share/bash-completion/completions/vipkeeper
    COMP_WORDS=(vipkeeper ""); COMP_CWORD=1; _complete_vipkeeper 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"'

section unconfigured
start() {
    chroot "$root" bash -c 'set -a; . /etc/default/vipkeeper; set +a
        exec setpriv --reuid=vipkeeper --regid=vipkeeper --clear-groups --no-new-privs \
            --inh-caps=-all,+net_admin,+net_raw --bounding-set=-all,+net_admin,+net_raw \
            --ambient-caps=-all,+net_admin,+net_raw vipkeeper manager' 2>"$WORK/log"
}
start || echo "exit $?"
cat "$WORK/log"

section started
ip link set lo up
ip link add nic0 type veth peer name peer0
ip link set peer0 up
ip link set nic0 up
ip addr add 192.0.2.11/24 dev nic0
printf 'address=192.0.2.10\nvip_interface=nic0\n' >>"$root/etc/default/vipkeeper"
start &
ask() {
    exec 3<>/dev/tcp/127.0.0.1/2112 || return 1
    printf 'GET /q/health/live HTTP/1.0\r\n\r\n' >&3
    head -n 1 <&3 | tr -d '\r'
}
for attempt in $(seq 300); do
    ask 2>/dev/null && break
    sleep 0.1
done
for attempt in $(seq 300); do
    grep -q campaigning "$WORK/log" && break
    sleep 0.1
done
manager=$!
while child=$(pgrep -P "$manager"); do manager=$child; done
grep -E '^CapEff' "$root/proc/$manager/status"
kill -TERM "$manager"
wait $! || echo "exit $?"
grep -o campaigning "$WORK/log"

section upgraded
inside dpkg -i /packages/new.deb >&2
inside dpkg-query -W -f '${Status} ${Version}\n' vipkeeper
grep ^address= "$root/etc/default/vipkeeper"
inside vipkeeper version | head -n 1

section again
inside /var/lib/dpkg/info/vipkeeper.postinst configure 99.0 && echo configured

section removed
touch "$root/etc/vipkeeper/kubeconfig"
inside dpkg -r vipkeeper >&2
inside find /usr/bin/vipkeeper /usr/lib/vipkeeper /var/cache/vipkeeper /usr/lib/systemd/system/vipkeeper.service 2>/dev/null || true
inside find /etc/default/vipkeeper /etc/vipkeeper

section purged
inside dpkg -P vipkeeper >&2
inside find /etc/default/vipkeeper /etc/vipkeeper 2>/dev/null || true
