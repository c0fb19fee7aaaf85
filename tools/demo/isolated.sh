#!/usr/bin/env bash
# Runs the demo in a network namespace whose only way out is a link that ends in the same namespace, and counts what
# was sent over it: name look-ups and connections to anywhere but this machine would show as packets.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ ${EID_ISOLATED:-} != yes ]]; then
  command -v ip >/dev/null || { echo "iproute2 is missing. As root, run: apt-get install -y iproute2"; exit 1; }
  namespace=(unshare --net)
  [[ $(id -u) == 0 ]] || namespace=(unshare --net --map-root-user)
  EID_ISOLATED=yes exec "${namespace[@]}" "$0" "$@"
fi

ip link set lo up
ip link add out type veth peer name beyond
for side in out beyond; do
  # The kernel's own neighbour discovery would be counted too.
  echo 1 >"/proc/sys/net/ipv6/conf/$side/disable_ipv6"
  ip link set "$side" arp on up
done
ip address add 10.255.255.1/30 dev out
ip route add default via 10.255.255.2 dev out
# Packets sent over `out`, by this namespace's own count.
sent() { awk '$1 == "out:" { print $11 }' /proc/net/dev; }

# The meter itself is checked first: one packet to an outside address has to be seen.
before=$(sent)
(exec 3<>/dev/udp/203.0.113.1/9 && printf x >&3) 2>/dev/null || true
sleep 1.2
[[ $(sent) -gt $before ]] || { echo "the packet meter does not count; nothing is proved"; exit 1; }
sleep 3.5 # unanswered address look-ups of that one packet go on for three seconds

start=$(sent)
status=0
npm run --silent demo || status=$?
left=$(($(sent) - start))
echo "packets that left: $left"
[[ $left == 0 ]] || status=1
exit "$status"
