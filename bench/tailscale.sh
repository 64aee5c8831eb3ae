#!/bin/sh
# A tailscale that is running, as far as Lifeline asks in a healthy round.
case "$1" in
  status) echo '{"BackendState":"Running","TUN":true,"TailscaleIPs":[],"Self":{"DNSName":"","Online":true},"Health":[]}' ;;
  serve) echo '{}' ;;
  *) exit 1 ;;
esac
